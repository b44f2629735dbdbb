/**
 * Methods that write: drafts, paragraphs, stories and links, connections.
 *
 * @module
 */
import { storyIdFromHex } from "../../../kernel/brand.ts";
import { bytesFromHex } from "../../../kernel/bytes.ts";
import { CodedError } from "../../../kernel/errors.ts";
import type { Provenance } from "../../../kernel/paragraph.ts";
import { parseInvite } from "../../invite-link.ts";
import { draftBuiltin } from "../../mining/builtin-draft.ts";
import type { DraftInput } from "../../story/drafts.ts";
import { HUMAN } from "../../story/drafts.ts";
import { provenanceView } from "../../views.ts";
import { requireWallet } from "../../wallet/require-wallet.ts";
import type { Handlers } from "../handlers.ts";
import type { DraftView } from "../shapes.ts";
import { restartAtDifficulty, startStory, storyLink } from "./new-story.ts";

/** A round of a minute: a paragraph a person can read before the next one comes. */
const DEFAULT_PACE_MS = 60_000;

function provenanceOf(view: DraftView["provenance"] | undefined): Provenance {
  if (view === undefined) return HUMAN;
  return {
    writer: view.writer,
    model: view.model,
    algorithmHash: bytesFromHex(view.algorithmHash),
    seed: BigInt(view.seed),
  };
}

function draftInput(params: {
  readonly text: string;
  readonly chapter?: string | null | undefined;
  readonly provenance?: DraftView["provenance"] | undefined;
}): DraftInput {
  return {
    // Consensus does not normalise (ENC-5); the writer's client does, so that equal texts are equal bytes.
    text: params.text.normalize("NFC").trim(),
    chapter: params.chapter ?? null,
    provenance: provenanceOf(params.provenance),
  };
}

type StoryMethod =
  | "submit_paragraph"
  | "draft_paragraph"
  | "get_draft"
  | "save_draft"
  | "rebase_draft"
  | "discard_draft"
  | "create_story"
  | "set_difficulty"
  | "open_story"
  | "list_stories"
  | "get_link"
  | "retry_connections"
  | "set_gate";

/** Handlers around the open story. */
export const storyMethods: Handlers<StoryMethod> = {
  async submit_paragraph(core, params) {
    requireWallet(core).requireSigner();
    return { draft: await core.session().drafts.offer(draftInput(params), params.follow ?? false) };
  },
  async draft_paragraph(core, params) {
    const writer = await core.ports.loadBuiltin();
    const seed = params?.seed === undefined ? null : BigInt.asUintN(64, BigInt(params.seed));
    const { paragraph } = await draftBuiltin(core.session().context, writer, seed);
    return { text: paragraph.text, provenance: provenanceView(paragraph.provenance) };
  },
  get_draft: (core) => ({ draft: core.session().drafts.current() }),
  async save_draft(core, params) {
    const input = { ...draftInput(params), text: params.text };
    return { draft: await core.session().drafts.save(input) };
  },
  async rebase_draft(core, params) {
    return { draft: await core.session().drafts.rebase(params?.offer ?? false) };
  },
  async discard_draft(core) {
    await core.session().drafts.discard();
    return { ok: true };
  },
  create_story: (core, params) =>
    startStory(core, {
      network: params.network ?? "live",
      title: params.title.normalize("NFC").trim(),
      premise: params.premise.normalize("NFC").trim(),
      language: params.language ?? "en",
      paceMs: params.paceMs ?? DEFAULT_PACE_MS,
      maxWords: params.maxWords ?? 140,
      chapterLength: params.chapterLength ?? 0,
      contentRating: params.contentRating ?? "everyone",
      rules: (params.rules ?? "").normalize("NFC").trim(),
    }),
  set_difficulty: (core, { value }) => restartAtDifficulty(core, value),
  async open_story(core, params) {
    const { story, link } = params;
    if (story === undefined && link === undefined) {
      throw new CodedError("bad-params", {
        method: "open_story",
        path: "",
        problem: "name a story or a link",
      });
    }
    const invite =
      link === undefined
        ? { story: storyIdFromHex(story ?? ""), block: null, genesis: null, via: [] }
        : parseInvite(link);
    const session = await core.openInvite(invite);
    const { chain } = session.context;
    return { story: chain.storyId, title: chain.genesis.title };
  },
  list_stories(core) {
    const current = core.openSession()?.context.chain.storyId;
    return {
      stories: core.stories.list().map(({ story, title, openedMs }) => ({
        story,
        title,
        openedMs,
        current: story === current,
      })),
    };
  },
  get_link: (core, params) => ({
    link: storyLink(core, params?.block, false),
    short: storyLink(core, params?.block, true),
  }),
  retry_connections(core) {
    core.ports.network.retryNow();
    return { ok: true };
  },
  set_gate(core, { allow }) {
    core.ports.network.setGate(allow);
    return { ok: true };
  },
};

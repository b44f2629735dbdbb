/**
 * The one kept draft of a story (journey 5): it survives reloads, knows which page it was written for,
 * and is never lost because somebody else was faster.
 *
 * @module
 */
import { blockIdFromHex } from "../../kernel/brand.ts";
import { bytesFromHex } from "../../kernel/bytes.ts";
import { CodedError } from "../../kernel/errors.ts";
import { checkParagraph, type Paragraph, type Provenance } from "../../kernel/paragraph.ts";
import { describeFault } from "../log.ts";
import type { DraftView } from "../rpc/shapes.ts";
import { provenanceView } from "../views.ts";
import { canonEntries } from "./chain-facts.ts";
import type { StoryContext } from "./context.ts";

/** What a person or a script hands in. */
export interface DraftInput {
  readonly text: string;
  readonly chapter: string | null;
  readonly provenance: Provenance;
}

/** The kept draft. */
export interface Drafts {
  current(): DraftView | null;
  save(input: DraftInput): Promise<DraftView>;
  /** Checks the text and offers it on the present tip; throws the paragraph's codes. */
  offer(input: DraftInput, follow: boolean): Promise<DraftView>;
  rebase(offer: boolean): Promise<DraftView>;
  discard(): Promise<void>;
  /** The paragraph to mine on the present tip, if one is offered for it. */
  offered(): Paragraph | null;
  /** The best block changed. */
  tipChanged(): void;
  onOffer(listener: () => void): void;
}

interface Kept {
  readonly draft: DraftView;
  readonly follow: boolean;
}

/** Provenance of text that a person typed. */
export const HUMAN: Provenance = {
  writer: "human",
  model: "",
  algorithmHash: new Uint8Array(32),
  seed: 0n,
};

function toParagraph(draft: DraftView): Paragraph {
  return {
    text: draft.text,
    chapter: draft.chapter,
    provenance: {
      writer: draft.provenance.writer,
      model: draft.provenance.model,
      algorithmHash: bytesFromHex(draft.provenance.algorithmHash),
      seed: BigInt(draft.provenance.seed),
    },
  };
}

function isKept(value: unknown): value is Kept {
  return typeof value === "object" && value !== null && "draft" in value && "follow" in value;
}

/** Opens the kept draft of the story. */
export async function openDrafts(context: StoryContext): Promise<Drafts> {
  const { chain, ports, hub, log } = context;
  const key = `draft:${chain.storyId}`;
  const found = await ports.keep.get(key);
  let kept: Kept | null = isKept(found) ? found : null;
  const listeners: (() => void)[] = [];

  const store = async (next: Kept | null): Promise<void> => {
    kept = next;
    hub.emit("draft", { draft: next?.draft ?? null });
    for (const listener of listeners) listener();
    if (next === null) await ports.keep.delete(key);
    else await ports.keep.put(key, next);
  };
  const storeLater = (next: Kept): void => {
    store(next).catch((reason: unknown) => {
      const { code, detail } = describeFault(reason);
      log.add("error", code, detail);
    });
  };

  const make = (input: DraftInput, state: DraftView["state"]): DraftView => {
    const tip = chain.tip();
    return {
      text: input.text,
      chapter: input.chapter,
      provenance: provenanceView(input.provenance),
      parent: tip.id,
      parentHeight: tip.height,
      state,
      block: null,
      savedMs: ports.clock.now(),
    };
  };

  const check = (draft: DraftView): void => {
    checkParagraph(toParagraph(draft), chain.genesis.maxWords);
  };

  /** My paragraph, if the canon holds it above the page it was written for. */
  const findOwn = async (draft: DraftView): Promise<string | null> => {
    const entries = canonEntries(chain, draft.parentHeight + 1, 500);
    const own = new Set<string>(context.wallet?.accounts().map(({ address }) => address));
    const mine = entries.filter((entry) => own.has(entry.author ?? ""));
    const blocks = await chain.readBlocks(mine.map((entry) => entry.id));
    const at = blocks.findIndex(
      (block) =>
        block?.body.paragraph.kind === "text" && block.body.paragraph.paragraph.text === draft.text,
    );
    return mine[at]?.id ?? null;
  };

  const settle = async (before: Kept): Promise<void> => {
    const { draft, follow } = before;
    if (draft.state === "canon") {
      // A reorganisation can take it out again: then it is a draft once more, and nothing is lost.
      if (draft.block !== null && chain.isCanon(blockIdFromHex(draft.block))) return;
    }
    // A displaced draft too: a second reorganisation can bring its paragraph back.
    const own = draft.state === "editing" ? null : await findOwn(draft);
    if (kept !== before) return;
    if (own !== null) {
      storeLater({ follow, draft: { ...draft, state: "canon", block: own } });
    } else if (draft.state === "canon") {
      storeLater({ follow: false, draft: { ...draft, state: "displaced", block: null } });
    } else if (draft.state === "offered" && draft.parent !== chain.tip().id) {
      const tip = chain.tip();
      storeLater(
        follow
          ? { follow, draft: { ...draft, parent: tip.id, parentHeight: tip.height } }
          : { follow, draft: { ...draft, state: "displaced" } },
      );
    }
  };

  const tipChanged = (): void => {
    if (kept === null) return;
    settle(kept).catch((reason: unknown) => {
      log.add("error", "internal", String(reason));
    });
  };
  // The last run may have ended between a block and its draft.
  tipChanged();

  return {
    current: () => kept?.draft ?? null,
    async save(input) {
      const before = kept?.draft;
      const draft = make(input, "editing");
      // Typing on does not move the draft to a newer page by itself: the person decides that.
      const tied =
        before !== undefined && before.state !== "canon"
          ? {
              ...draft,
              parent: before.parent,
              parentHeight: before.parentHeight,
              state: before.state === "displaced" ? ("displaced" as const) : ("editing" as const),
            }
          : draft;
      await store({ draft: tied, follow: false });
      return tied;
    },
    async offer(input, follow) {
      const draft = make(input, "offered");
      check(draft);
      await store({ draft, follow });
      return draft;
    },
    async rebase(offer) {
      if (kept === null) throw new CodedError("no-draft");
      const { draft, follow } = kept;
      const tip = chain.tip();
      const next: DraftView = {
        ...draft,
        parent: tip.id,
        parentHeight: tip.height,
        state: offer ? "offered" : "editing",
        block: null,
        savedMs: ports.clock.now(),
      };
      if (offer) check(next);
      await store({ draft: next, follow });
      return next;
    },
    discard: () => store(null),
    offered() {
      if (kept === null || kept.draft.state !== "offered") return null;
      return kept.draft.parent === chain.tip().id ? toParagraph(kept.draft) : null;
    },
    tipChanged,
    onOffer(listener) {
      listeners.push(listener);
    },
  };
}

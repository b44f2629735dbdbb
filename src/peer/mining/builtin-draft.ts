/**
 * The built-in writer on this story's present tip, with a provenance from which any peer can replay
 * the text (PAR-2), and that replay. Both read the same things: the key blocks' texts, and the codex as
 * it was after the last of them.
 *
 * @module
 */
import type { BuiltinWriter } from "../../authoring/builtin/builtin-writer.ts";
import { builtinAsWriter, canReplay, type Replay, replayBuiltin } from "../../authoring/writer.ts";
import type { CodexNote, WritingContext } from "../../authoring/writing-context.ts";
import type { Chain } from "../../chain/create-chain.ts";
import type { HeaderEntry } from "../../chain/header-entry.ts";
import type { BlockId } from "../../kernel/brand.ts";
import { CodedError, isCoded } from "../../kernel/errors.ts";
import type { Paragraph } from "../../kernel/paragraph.ts";
import { type CodexEntry, codexEntries } from "../../ledger/modules/codex.ts";
import type { PeerPorts } from "../ports.ts";
import type { StoryContext } from "../story/context.ts";

/** The writer looks back this far; a replay must look exactly as far. */
const CONTEXT_PARAGRAPHS = 12;

/** A paragraph and the page it follows. */
export interface BuiltinDraft {
  readonly parent: BlockId;
  readonly paragraph: Paragraph;
}

/**
 * What a writer is told after a key block; rejects with `body-missing` {id} when a page's text is not at
 * hand, and with `state-unavailable` when the state of that block is not.
 */
async function writingContext(chain: Chain, parent: HeaderEntry): Promise<WritingContext> {
  const ids: BlockId[] = [];
  for (
    let entry = parent;
    entry.keyParent !== null && ids.length < CONTEXT_PARAGRAPHS;
    entry = entry.keyParent
  ) {
    ids.unshift(entry.id);
  }
  const blocks = await chain.readBlocks(ids);
  const { title, premise, maxWords } = chain.genesis;
  return {
    title,
    premise,
    maxWords,
    canon: blocks.map((block, index) => {
      const slot = block?.body.paragraph;
      if (slot?.kind !== "text") throw new CodedError("body-missing", { id: ids[index] });
      return slot.paragraph.text;
    }),
    codex: await codexAfter(chain, parent),
  };
}

async function codexAfter(chain: Chain, parent: HeaderEntry): Promise<readonly CodexNote[]> {
  const entries = codexBefore(chain, parent) ?? codexEntries(await chain.stateAt(parent.id));
  return entries.map(({ kind, name, text }) => ({ kind, name, text }));
}

/**
 * The codex after a key block of the canon, told from the newest one: the list only grows, and each entry
 * says when it was last changed. Null when that does not decide it. It spares a reader who opens an old
 * page the way back to its state, which reads the whole chain.
 */
function codexBefore(chain: Chain, parent: HeaderEntry): readonly CodexEntry[] | null {
  if (!chain.isCanon(parent.id)) return null;
  const entries = codexEntries(chain.headState());
  // At the same height it may stand in the key block, or in a microblock on it.
  const isDecided = entries.every(
    ({ height, revision }) => height < parent.height || (height > parent.height && revision === 1),
  );
  return isDecided ? entries.filter(({ height }) => height < parent.height) : null;
}

/** Writes a paragraph for the present tip; a fresh seed where none is given. Rejects as `writingContext` does. */
export async function draftBuiltin(
  context: Pick<StoryContext, "chain"> & { readonly ports: Pick<PeerPorts, "randomBytes"> },
  writer: BuiltinWriter,
  seed: bigint | null,
): Promise<BuiltinDraft> {
  const tip = context.chain.tip();
  const chosen = seed ?? new DataView(context.ports.randomBytes(8).buffer).getBigUint64(0);
  const page = await writingContext(context.chain, tip);
  const draft = await builtinAsWriter(writer).draft(page, { seed: chosen });
  return { parent: tip.id, paragraph: { ...draft, chapter: null } };
}

/**
 * PAR-2: writes the paragraph again from its parent's canon, codex and seed, and compares; `not-checked`
 * also when this peer has not everything that the writer was told.
 */
export async function replayParagraph(
  context: Pick<StoryContext, "chain">,
  writer: BuiltinWriter,
  parent: HeaderEntry,
  paragraph: Paragraph,
): Promise<Replay> {
  const { provenance, text } = paragraph;
  if (!canReplay(writer, provenance.algorithmHash)) return "not-checked";
  try {
    return replayBuiltin(writer, await writingContext(context.chain, parent), provenance, text);
  } catch (error) {
    if (isCoded(error) && NOT_AT_HAND.has(error.code)) return "not-checked";
    throw error;
  }
}

const NOT_AT_HAND: ReadonlySet<string> = new Set(["body-missing", "state-unavailable"]);

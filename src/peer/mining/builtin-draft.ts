/**
 * The built-in writer on this story's present tip, with a provenance from which any peer can replay
 * the text (PAR-2), and that replay.
 *
 * @module
 */
import type { BuiltinWriter, WritingContext } from "../../authoring/builtin/builtin-writer.ts";
import { builtinAsWriter, replayBuiltin } from "../../authoring/writer.ts";
import type { HeaderEntry } from "../../chain/header-entry.ts";
import type { BlockId } from "../../kernel/brand.ts";
import { equalBytes } from "../../kernel/bytes.ts";
import type { Paragraph } from "../../kernel/paragraph.ts";
import type { StoryContext } from "../story/context.ts";

/** The writer looks back this far; a replay must look exactly as far. */
const CONTEXT_PARAGRAPHS = 12;

/** A paragraph and the page it follows. */
export interface BuiltinDraft {
  readonly parent: BlockId;
  readonly paragraph: Paragraph;
}

async function writingContext(context: StoryContext, parent: HeaderEntry): Promise<WritingContext> {
  const { chain } = context;
  const ids: BlockId[] = [];
  for (
    let entry = parent;
    entry.keyParent !== null && ids.length < CONTEXT_PARAGRAPHS;
    entry = entry.keyParent
  ) {
    ids.unshift(entry.id);
  }
  const blocks = await chain.readBlocks(ids);
  return {
    title: chain.genesis.title,
    premise: chain.genesis.premise,
    maxWords: chain.genesis.maxWords,
    canon: blocks.flatMap((block) =>
      block?.body.paragraph.kind === "text" ? [block.body.paragraph.paragraph.text] : [],
    ),
  };
}

/** Writes a paragraph for the present tip; a fresh seed where none is given. */
export async function draftBuiltin(
  context: StoryContext,
  writer: BuiltinWriter,
  seed: bigint | null,
): Promise<BuiltinDraft> {
  const tip = context.chain.tip();
  const chosen = seed ?? new DataView(context.ports.randomBytes(8).buffer).getBigUint64(0);
  const draft = await builtinAsWriter(writer).draft(await writingContext(context, tip), {
    seed: chosen,
  });
  return { parent: tip.id, paragraph: { ...draft, chapter: null } };
}

/** PAR-2: writes the paragraph again from its parent's canon and seed, and compares. */
export async function replayParagraph(
  context: StoryContext,
  writer: BuiltinWriter,
  parent: HeaderEntry,
  paragraph: Paragraph,
): Promise<"verified" | "differs" | "not-checked"> {
  if (!equalBytes(paragraph.provenance.algorithmHash, writer.algorithmHash)) return "not-checked";
  const page = await writingContext(context, parent);
  return replayBuiltin(writer, page, paragraph.provenance.seed, paragraph.text);
}

/**
 * The canon as the app holds it, as the lab's blocks.
 *
 * @module
 */
import type { LiveBlock } from "../../../lab/live/live-block.ts";
import type { ParagraphView } from "../../../peer/rpc/shapes.ts";

/** A block that can be looked up. */
export interface LiveParagraphBlock extends LiveBlock {
  /** Its id, hex. */
  readonly block: string;
}

/**
 * The blocks of paragraphs by rising height. The first one on screen and the first of the story are left out:
 * nobody knows since when somebody looked for them.
 */
export function liveBlocks(paragraphs: readonly ParagraphView[]): readonly LiveParagraphBlock[] {
  return paragraphs.flatMap(({ block, height, author, work, timestampMs }, index) => {
    const before = paragraphs[index - 1];
    if (before === undefined) return [];
    const solveMs = Math.max(0, timestampMs - before.timestampMs);
    return [{ block, height, author, after: before.author, solveMs, work: Number(work) }];
  });
}

/** The same from the first paragraph of the story on, counted from its creation; `null` where it is not on screen. */
export function wholeStory(
  paragraphs: readonly ParagraphView[],
  createdMs: number,
): readonly LiveParagraphBlock[] | null {
  const [first] = paragraphs;
  if (first?.height !== 1) return null;
  const { block, height, author, work, timestampMs } = first;
  const solveMs = Math.max(0, timestampMs - createdMs);
  return [
    { block, height, author, after: "", solveMs, work: Number(work) },
    ...liveBlocks(paragraphs),
  ];
}

/**
 * The canon as the app holds it, as the lab's blocks.
 *
 * @module
 */
import type { LiveBlock } from "../../../lab/live/live-block.ts";
import type { ParagraphView } from "../../../peer/rpc/shapes.ts";

/** The blocks of paragraphs by rising height; the first of the story follows the genesis, of this time. */
export function liveBlocks(
  paragraphs: readonly ParagraphView[],
  createdMs: number,
): readonly LiveBlock[] {
  return paragraphs.flatMap((paragraph, index) => {
    const before = paragraphs[index - 1];
    // Of a paragraph whose predecessor is not here, nobody knows how long it took.
    if (before === undefined && paragraph.height !== 1) return [];
    const { height, author, work, timestampMs } = paragraph;
    return [
      {
        height,
        author,
        after: before?.author ?? null,
        solveMs: Math.max(0, timestampMs - (before?.timestampMs ?? createdMs)),
        work: Number(work),
      },
    ];
  });
}

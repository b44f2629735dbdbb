/**
 * The canon as the app holds it, as the lab's blocks.
 *
 * @module
 */
import type { LiveBlock } from "../../../lab/live/live-block.ts";
import type { ParagraphView } from "../../../peer/rpc/shapes.ts";

/**
 * The blocks of paragraphs by rising height. The first one on screen and the first of the story are left out:
 * nobody knows since when somebody looked for them.
 */
export function liveBlocks(paragraphs: readonly ParagraphView[]): readonly LiveBlock[] {
  return paragraphs.flatMap(({ height, author, work, timestampMs }, index) => {
    const before = paragraphs[index - 1];
    if (before === undefined) return [];
    const solveMs = Math.max(0, timestampMs - before.timestampMs);
    return [{ height, author, after: before.author, solveMs, work: Number(work) }];
  });
}

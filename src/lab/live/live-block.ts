/**
 * A stretch of the live chain as the lab needs it, and the times in it in which somebody could mine.
 *
 * @module
 */
import { acceptableFrom, earliestTimestamp } from "../../ledger/times.ts";

/** One key block of the canon. */
export interface LiveBlock {
  readonly height: number;
  /** Address of the author. */
  readonly author: string;
  /** Author of the block before. */
  readonly after: string;
  /** Between the timestamps of the block before and of this one. */
  readonly solveMs: number;
  /** Expected hashes of its target. */
  readonly work: number;
}

/** Rest of an author after its own block, in paces (TRK-1). */
const REST_PACES = 2;

/** Time before a block in which nobody could find one that others accept yet (HDR-6), in ms. */
function deadTimeMs(paceMs: number): number {
  return Math.max(0, acceptableFrom(paceMs, earliestTimestamp(paceMs, 0)));
}

/** How long `author` could look for this block, in ms: without the dead time, and without its rest. */
export function searchMs(block: LiveBlock, author: string, paceMs: number): number {
  const idleMs = block.after === author ? REST_PACES * paceMs : deadTimeMs(paceMs);
  return Math.max(0, block.solveMs - idleMs);
}

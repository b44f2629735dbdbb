/**
 * With which block of a stretch its replay can begin, and at which target. The replay's genesis stands for the
 * block before the first one, but has no author and no solve time (DIF-1, TRK-1), so not every beginning gives
 * the story's targets again.
 *
 * @module
 */
import {
  compactFromTarget,
  targetFromCompact,
  targetOfWork,
  workOfTarget,
} from "../../kernel/target.ts";
import { reliefDoublings, requiredTarget } from "../../ledger/retarget.ts";
import type { LiveBlock } from "./live-block.ts";

/** A block whose target is perhaps known. */
export interface TracedBlock extends LiveBlock {
  /** Compact, as its header states it; that of its work without. */
  readonly target?: number;
}

/** What the beginning depends on; targets are compact. */
export interface TraceStory {
  readonly paceMs: number;
  /** Oldest first. */
  readonly blocks: readonly TracedBlock[];
  /** What the genesis states; with it a stretch from height 1 on is exact. */
  readonly initialTarget?: number;
  /** Target that nothing exceeds, as the genesis states it. */
  readonly maxTarget: number;
}

/** Where the replay begins. */
export interface TraceStart {
  /** Index of its first block. */
  readonly from: number;
  /** Compact target for the replay's genesis. */
  readonly initialTarget: number;
  /** Whether the rule then asks of all blocks what the story asked. */
  readonly isExact: boolean;
  /** Whether the replay begins where the story did, from the same genesis target. */
  readonly isWholeStory: boolean;
}

/** The genesis, as the rule sees it. */
const GENESIS = { timestampMs: 0, target: 0, author: null, solveTimeMs: null, sameAuthor: false };

function workOf(compact: number): number {
  return Number(workOfTarget(targetFromCompact(compact)));
}

/** Target for the genesis from which the rule asks of this block, as its first, what it states. */
function initialTargetFor(block: TracedBlock, story: TraceStory): number {
  if (block.height === 1 && story.initialTarget !== undefined) return story.initialTarget;
  const { target, work, solveMs } = block;
  const { maxTarget, paceMs } = story;
  // At the cap relief had no more to give, and how much of it was taken cannot be told.
  if (target === maxTarget || (target === undefined && work <= workOf(maxTarget))) return maxTarget;
  const stated =
    target === undefined ? targetOfWork(BigInt(Math.round(work))) : targetFromCompact(target);
  const base = stated >> BigInt(reliefDoublings(paceMs, solveMs));
  return compactFromTarget(base > 0n ? base : 1n);
}

function states({ target, work }: TracedBlock, asked: number): boolean {
  return target === undefined ? work === workOf(asked) : target === asked;
}

/**
 * Whether a replay from this block on has all of the story's targets. What the rule asks depends on the block
 * below alone, so that the first two decide; the second only where the author of the first had to rest
 * before it, which the replay does not know.
 */
function isExactFrom(index: number, story: TraceStory): boolean {
  const [block, next] = [story.blocks[index], story.blocks[index + 1]];
  if (block === undefined) return false;
  const { paceMs, maxTarget } = story;
  const parameters = { paceMs, maxTarget, initialTarget: initialTargetFor(block, story) };
  const target = requiredTarget(parameters, GENESIS, block.solveMs);
  if (!states(block, target)) return false;
  if (block.author !== block.after) return true;
  if (next === undefined) return false;
  const { author, solveMs: solveTimeMs } = block;
  const below = { timestampMs: 0, target, author, solveTimeMs, sameAuthor: false };
  return states(next, requiredTarget(parameters, below, next.solveMs));
}

/** The first block from which the replay is exact, else the first one of all; `null` without any. */
export function traceStart(story: TraceStory): TraceStart | null {
  const exact = story.blocks.findIndex((_, index) => isExactFrom(index, story));
  const from = Math.max(0, exact);
  const block = story.blocks[from];
  if (block === undefined) return null;
  return {
    from,
    initialTarget: initialTargetFor(block, story),
    isExact: exact !== -1,
    isWholeStory: block.height === 1 && story.initialTarget !== undefined,
  };
}

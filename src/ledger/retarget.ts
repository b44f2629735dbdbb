/**
 * Retarget with relief (DIF-1, DIF-2): the one target that a key block must state. Pure integer
 * arithmetic over plain facts, so that the lab runs the very same code on its churn traces.
 *
 * @module
 */
import { compactFromTarget, targetFromCompact } from "../kernel/target.ts";

/** The genesis parameters that the rule reads; targets are compact. */
export interface RetargetParameters {
  readonly paceMs: number;
  readonly initialTarget: number;
  readonly maxTarget: number;
}

/** What the rules of time, rest and target need to know of the key block below. */
export interface KeyParentFacts {
  readonly timestampMs: number;
  /** Compact target that it states. */
  readonly target: number;
  /** Its author; `null` for the genesis, which has none. */
  readonly author: string | null;
  /** Its time over its own keyParent; `null` for the genesis. */
  readonly solveTimeMs: number | null;
  /** True when its keyParent had the same author. */
  readonly sameAuthor: boolean;
}

/** Rounds without a block before relief begins (DIF-2), and the cap on the solve time (DIF-1), in paces. */
const RELIEF_AFTER_PACES = 4;
/** Doubling a 256-bit target more often than this only meets the cap. */
const MAX_DOUBLINGS = 256;

/** Number of doublings that relief gives at an age of the keyParent (DIF-2): 0 below 4P, then one more each P. */
export function reliefDoublings(paceMs: number, ageMs: number): number {
  const reliefAfterMs = RELIEF_AFTER_PACES * paceMs;
  return ageMs < reliefAfterMs ? 0 : 1 + Math.floor((ageMs - reliefAfterMs) / paceMs);
}

/**
 * Base target after a key block (DIF-1), before relief: the genesis' initial target on the genesis,
 * else stated × (1 + (solveTime − P)/(4P)) = ⌊stated · (3P + solveTime) / (4P)⌋, where the solve time
 * counts for at most 4P, less ⌊5P/4⌋ when its author had to rest before it. At least 1, at most maxTarget.
 */
export function baseTarget(parameters: RetargetParameters, keyParent: KeyParentFacts): bigint {
  const maxTarget = targetFromCompact(parameters.maxTarget);
  if (keyParent.solveTimeMs === null) {
    return smaller(targetFromCompact(parameters.initialTarget), maxTarget);
  }
  const { paceMs } = parameters;
  const restMs = keyParent.sameAuthor ? Math.floor((5 * paceMs) / 4) : 0;
  const countedMs = Math.min(keyParent.solveTimeMs, RELIEF_AFTER_PACES * paceMs) - restMs;
  const pace = BigInt(paceMs);
  const target =
    (targetFromCompact(keyParent.target) * (3n * pace + BigInt(countedMs))) / (4n * pace);
  return smaller(target < 1n ? 1n : target, maxTarget);
}

/** The compact target that a key block with this timestamp must state, no easier and no harder (DIF-1, DIF-2). */
export function requiredTarget(
  parameters: RetargetParameters,
  keyParent: KeyParentFacts,
  timestampMs: number,
): number {
  const doublings = reliefDoublings(parameters.paceMs, timestampMs - keyParent.timestampMs);
  const eased = baseTarget(parameters, keyParent) << BigInt(Math.min(doublings, MAX_DOUBLINGS));
  return compactFromTarget(smaller(eased, targetFromCompact(parameters.maxTarget)));
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

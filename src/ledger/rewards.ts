/**
 * What a key block pays (RWD-1, RWD-1b, RWD-2). Pure functions of numbers, so that the lab and the
 * property tests can run them over any sequence of work and time.
 *
 * @module
 */
import type { TokenPair } from "./state.ts";

/** Cap of each token in micro-units: 20 million tokens of 1,000,000 units (RWD-1). */
export const MAX_SUPPLY: bigint = 20_000_000_000_000n;
/** The reward is this fraction of what is left: a decay of 0.99995 a block that never rounds away early (RWD-1). */
export const EMISSION_DIVISOR = 20_000n;
/** How slowly the reference work follows the blocks' work (RWD-1b). */
export const REFERENCE_WORK_DIVISOR = 256n;
/** The old tracker's share of the pot: 40 % (RWD-2). */
const TRACKER_SHARE = { numerator: 2n, denominator: 5n };

/** ⌊a / b⌋ for b > 0, also for negative a: BigInt division truncates towards zero, the rules say floor. */
export function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a < 0n && quotient * b !== a ? quotient - 1n : quotient;
}

/** Full reward of one token, in micro-units, before scaling by work: ⌊(max − emitted) / 20,000⌋ (RWD-1). */
export function fullReward(emitted: bigint): bigint {
  return (MAX_SUPPLY - emitted) / EMISSION_DIVISOR;
}

/** ⌊reward · min(work, reference) / reference⌋: blocks at relief's easy targets earn little (RWD-1b). */
export function scaledReward(reward: bigint, work: bigint, referenceWork: bigint): bigint {
  return work >= referenceWork ? reward : (reward * work) / referenceWork;
}

/**
 * Reference work after a block: reference + ⌊(work − reference)/256⌋ (RWD-1b). The floor of a negative
 * difference is below it, so the reference reaches a lower work exactly and stops up to 255 short of a
 * higher one; it never falls below the lowest work seen, hence never below 1.
 */
export function nextReferenceWork(referenceWork: bigint, work: bigint): bigint {
  return referenceWork + floorDivide(work - referenceWork, REFERENCE_WORK_DIVISOR);
}

/** Newly emitted units of both tokens for a block of the given work (RWD-1, RWD-1b). */
export function rewardFor(emitted: TokenPair, work: bigint, referenceWork: bigint): TokenPair {
  return {
    consumer: scaledReward(fullReward(emitted.consumer), work, referenceWork),
    industrial: scaledReward(fullReward(emitted.industrial), work, referenceWork),
  };
}

/** How the pot is paid out: ⌊40 %⌋ to the old tracker, the rest to the block's author (RWD-2); all to the author when nobody was tracker. */
export function splitPot(pot: bigint, hasTracker: boolean): { tracker: bigint; author: bigint } {
  const tracker = hasTracker ? (pot * TRACKER_SHARE.numerator) / TRACKER_SHARE.denominator : 0n;
  return { tracker, author: pot - tracker };
}

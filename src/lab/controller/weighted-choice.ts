/**
 * The controller's lot: each miner with a probability in proportion to its hash rate. Integers only, so that
 * the choice is exact and the same on every engine.
 *
 * @module
 */
import type { Random } from "../random/random.ts";

/** Hash rates count in millionths of a per cent. */
const UNITS_PER_PER_CENT = 1_000_000;
/** What `below` draws from. */
const MAX_TOTAL = 2 ** 32;

/** A choice, and the probability that each of the others had. */
export interface Choice {
  readonly index: number;
  /** In the order of the hash rates; their sum is 1 but for rounding. */
  readonly probabilities: readonly number[];
}

/** Chooses one of these hash rates, in per cent of anything; throws `bad-bound` when nobody has any. */
export function chooseByHashrate(hashrates: readonly number[], random: Random): Choice {
  const weights = integerWeights(hashrates);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let left = random.below(total);
  let index = 0;
  for (const weight of weights) {
    if (left < weight) break;
    left -= weight;
    index++;
  }
  return { index, probabilities: weights.map((weight) => weight / total) };
}

function integerWeights(hashrates: readonly number[]): readonly number[] {
  const sum = hashrates.reduce((total, hashrate) => total + hashrate, 0);
  if (sum <= 0) return hashrates.map(() => 0);
  // Far more than 100 per cent together: coarser units, so that the total stays within what is drawn from.
  const units = Math.min(UNITS_PER_PER_CENT, (MAX_TOTAL - hashrates.length) / sum);
  return hashrates.map((hashrate) => Math.round(hashrate * units));
}

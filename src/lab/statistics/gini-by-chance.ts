/**
 * How unevenly blocks are spread when chance alone decides: few blocks are never spread as evenly as the chances to
 * find them.
 *
 * @module
 */
import { createRandom, type Random } from "../random/random.ts";
import { giniOf } from "./gini.ts";
import type { Band } from "./proportions.ts";

/** The least and the greatest of 40 hold 95 % of them; that will do for many miners, whose coefficient hardly varies. */
const DRAWS_MIN = 40;
const DRAWS_MAX = 400;
/** Of single miners, in all draws: a run under way is summarised again and again. */
const COUNTS = 8_000;

/** The same stream for every run, so that its figures follow from its blocks alone. */
const SEED = 1;
/** So many successes or failures are counted one by one; of more the normal approximation is good enough here. */
const COUNTED_TO = 12;
const UNIFORMS = 12;
const TWO_32 = 2 ** 32;

/** Approximately normal with mean 0 and variance 1, without logarithm and cosine: a sum of uniforms. */
function nearlyNormal(random: Random): number {
  let sum = 0;
  for (let draw = 0; draw < UNIFORMS; draw += 1) sum += random.nextUint32();
  return sum / TWO_32 - UNIFORMS / 2;
}

/**
 * Successes among `trials` of probability `p`: where few are expected, by the gaps between them (L. Devroye,
 * Non-Uniform Random Variate Generation (1986), § X.4.3), else by the normal approximation.
 */
function binomial(random: Random, trials: number, p: number): number {
  if (p > 0.5) return trials - binomial(random, trials, 1 - p);
  if (trials <= 0 || p <= 0) return 0;
  if (trials * p > COUNTED_TO) {
    const drawn = trials * p + nearlyNormal(random) * Math.sqrt(trials * p * (1 - p));
    return Math.min(trials, Math.max(0, Math.round(drawn)));
  }
  const bound = -Math.log1p(-p);
  let sum = 0;
  for (let successes = 0; successes < trials; successes += 1) {
    sum += random.exponential() / (trials - successes);
    if (sum > bound) return successes;
  }
  return trials;
}

/** One way in which chance shares out `blocks`. */
function shareOut(random: Random, blocks: number, shares: readonly number[]): Float64Array {
  let left = blocks;
  let chance = shares.reduce((sum, share) => sum + share, 0);
  return Float64Array.from(shares, (share) => {
    const count = binomial(random, left, chance > 0 ? Math.min(1, share / chance) : 0);
    left -= count;
    chance -= share;
    return count;
  });
}

/**
 * Where the Gini coefficient of blocks lies in 95 of 100 runs, if `blocks` are shared out by chance and a miner's is
 * each of them with the probability `shares` says; `null` without blocks or chances. The draws are the same each
 * time. Where the probabilities change from block to block, as with rest, the range is a little wide.
 */
export function giniByChance(blocks: number, shares: readonly number[]): Band | null {
  if (blocks === 0 || !shares.some((share) => share > 0)) return null;
  const random = createRandom(SEED, "gini");
  const affordable = Math.floor(COUNTS / shares.length / DRAWS_MIN) * DRAWS_MIN;
  const count = Math.max(DRAWS_MIN, Math.min(DRAWS_MAX, affordable));
  const draws = Float64Array.from(
    { length: count },
    () => giniOf(shareOut(random, blocks, shares)) ?? 0,
  ).sort();
  const beyond = count / DRAWS_MIN - 1;
  return { low: draws[beyond] ?? 0, high: draws[count - 1 - beyond] ?? 1 };
}

/**
 * Shares and what chance does to them: bands around an expected share, an interval around a measured one,
 * and the difference of two.
 *
 * @module
 */
import { binomialQuantile, normalTail } from "./tails.ts";

/** Bounds of a share, 0…1. */
export interface Band {
  readonly low: number;
  readonly high: number;
}

/** Two-sided 95 % point of the standard normal distribution. */
export const NORMAL_95 = 1.959963984540054;
/** From so many expected blocks on, and as many of others, the normal band is used. */
const NORMAL_FROM = 20;

/**
 * Where the share of blocks of one miner lies in 95 of 100 runs.
 *
 * @param blocks - blocks that are shared out
 * @param share - mean probability that one of them is this miner's
 * @param variance - mean of p(1 − p) of the same probabilities. It is less than share · (1 − share) when
 * they change from block to block (Poisson binomial), as with rest.
 *
 * Normal where at least 20 blocks are expected on either side, else by the binomial quantiles of `share`,
 * which are a little wide when the probabilities change.
 */
export function expectedBand(blocks: number, share: number, variance: number): Band {
  if (blocks === 0) return { low: 0, high: 1 };
  if (Math.min(share, 1 - share) * blocks < NORMAL_FROM) {
    return {
      low: binomialQuantile(0.025, blocks, share) / blocks,
      high: binomialQuantile(0.975, blocks, share) / blocks,
    };
  }
  const reach = NORMAL_95 * Math.sqrt(variance / blocks);
  return { low: Math.max(0, share - reach), high: Math.min(1, share + reach) };
}

/**
 * 95 % interval of the probability behind a count. Source: E. B. Wilson, Journal of the American
 * Statistical Association 22 (1927), 209–212.
 */
export function wilsonInterval(successes: number, trials: number): Band {
  if (trials === 0) return { low: 0, high: 1 };
  const share = successes / trials;
  const z2 = NORMAL_95 ** 2 / trials;
  const centre = (share + z2 / 2) / (1 + z2);
  const reach =
    (NORMAL_95 * Math.sqrt((share * (1 - share)) / trials + z2 / (4 * trials))) / (1 + z2);
  // Rounding would leave a trace of what is exactly 0 or 1.
  return {
    low: successes === 0 ? 0 : Math.max(0, centre - reach),
    high: successes === trials ? 1 : Math.min(1, centre + reach),
  };
}

/** A count out of so many. */
export interface Proportion {
  readonly count: number;
  readonly of: number;
}

/**
 * How often chance alone gives two shares that differ at least this much: the two-sided z-test with the
 * pooled share. `null` when there is nothing to compare.
 */
export function proportionsTest(
  a: Proportion,
  b: Proportion,
): { readonly z: number; readonly pValue: number } | null {
  if (a.of === 0 || b.of === 0) return null;
  const pooled = (a.count + b.count) / (a.of + b.of);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / a.of + 1 / b.of));
  if (error === 0) return { z: 0, pValue: 1 };
  const z = (b.count / b.of - a.count / a.of) / error;
  return { z, pValue: normalTail(z) };
}

/**
 * How often chance alone gives a figure at least this extreme: the tails of the distributions used here.
 *
 * @module
 */
import { incompleteBeta, upperGamma } from "./special-functions.ts";

/** P(χ² ≥ statistic) with `df` ≥ 1 degrees of freedom. */
export function chiSquareTail(statistic: number, df: number): number {
  return upperGamma(df / 2, statistic / 2);
}

/** P(|T| ≥ |t|) of Student's t with `df` > 0 degrees of freedom, not necessarily whole. */
export function studentTail(t: number, df: number): number {
  return incompleteBeta(df / (df + t * t), df / 2, 0.5);
}

/** The t with P(|T| ≥ t) = 0.05 of Student's distribution with `df` ≥ 1 degrees of freedom: 12.7 for 1, 1.96 for many. */
export function studentPoint95(df: number): number {
  let low = 0;
  let high = 16;
  // Halved until no double is between.
  for (let middle = 8; low < middle && middle < high; middle = (low + high) / 2) {
    if (studentTail(middle, df) > 0.05) low = middle;
    else high = middle;
  }
  return high;
}

/** P(|Z| ≥ |z|) of the standard normal distribution. */
export function normalTail(z: number): number {
  return upperGamma(0.5, (z * z) / 2);
}

/** P(X ≤ k) of the binomial distribution, by I_{1−p}(n − k, k + 1). */
export function binomialBelow(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  return k >= n ? 1 : incompleteBeta(1 - p, n - k, k + 1);
}

/** The smallest k with P(X ≤ k) ≥ `level` of the binomial distribution. */
export function binomialQuantile(level: number, n: number, p: number): number {
  let low = 0;
  let high = n;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (binomialBelow(middle, n, p) >= level) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Below this the one series of the limit converges at once, above it the other. */
const SERIES_CHANGE = 1.18;
const TERMS = 20;

/**
 * P(K ≥ λ) of Kolmogorov's limit distribution. Both series are his; Press et al., Numerical Recipes, 3rd
 * ed., §6.14.12.
 */
export function kolmogorovTail(lambda: number): number {
  if (lambda <= 0) return 1;
  let sum = 0;
  if (lambda < SERIES_CHANGE) {
    for (let j = 1; j <= TERMS; j += 1) {
      sum += Math.exp((-((2 * j - 1) ** 2) * Math.PI ** 2) / (8 * lambda * lambda));
    }
    return 1 - (Math.sqrt(2 * Math.PI) / lambda) * sum;
  }
  for (let j = 1; j <= TERMS; j += 1) {
    sum += (j % 2 === 1 ? 1 : -1) * Math.exp(-2 * j * j * lambda * lambda);
  }
  return 2 * sum;
}

/**
 * Blocks of a steady hash rate and a fixed difficulty come after exponential waiting times. How well do
 * measured ones fit?
 *
 * @module
 */
import { kolmogorovTail } from "./tails.ts";

/** Outcome of the test. */
export interface FitTest {
  /** Greatest distance between the measured and the expected distribution function. */
  readonly statistic: number;
  /** How often chance alone gives a distance at least this large. */
  readonly pValue: number;
  /** Mean of the exponential distribution compared with. */
  readonly expectedMeanMs: number;
}

/**
 * Kolmogorov–Smirnov test of waiting times against the exponential distribution of a known mean; the tail
 * is the asymptotic one with the correction of Stephens, Journal of the Royal Statistical Society B 32
 * (1970), 115–122, good from 5 values on. `null` with fewer. A mean that was fitted to the same values
 * would make the p-value too large; so it is given.
 */
export function testExponential(waits: ArrayLike<number>, meanMs: number): FitTest | null {
  const n = waits.length;
  if (n < 5 || meanMs <= 0) return null;
  let distance = 0;
  Float64Array.from(waits)
    .sort()
    .forEach((wait, index) => {
      const below = -Math.expm1(-Math.max(0, wait) / meanMs);
      distance = Math.max(distance, below - index / n, (index + 1) / n - below);
    });
  const root = Math.sqrt(n);
  const pValue = kolmogorovTail((root + 0.12 + 0.11 / root) * distance);
  return { statistic: distance, pValue, expectedMeanMs: meanMs };
}

/**
 * Do two samples have different means, or is the difference chance? Welch's t-test, which does not ask for
 * equal variances. Source: B. L. Welch, Biometrika 34 (1947), 28–35.
 *
 * @module
 */
import { studentTail } from "./tails.ts";

/** All that the test needs of a sample; variance with n − 1. */
export interface SampleMoments {
  readonly count: number;
  readonly mean: number;
  readonly variance: number;
}

/** Outcome of the test. */
export interface WelchTest {
  /** Mean of b − mean of a. */
  readonly difference: number;
  /** `null` when neither sample varies, so that nothing can be tested; so are `df` and `effect`. */
  readonly t: number | null;
  /** Degrees of freedom by Welch and Satterthwaite. */
  readonly df: number | null;
  /** How often chance alone gives a difference at least this large; 0 or 1 when neither sample varies. */
  readonly pValue: number;
  /** Cohen's d with the mean of both variances: the difference in standard deviations. */
  readonly effect: number | null;
}

/** Compares two means; `null` when a sample has fewer than two values. */
export function welchTest(a: SampleMoments, b: SampleMoments): WelchTest | null {
  if (a.count < 2 || b.count < 2) return null;
  const difference = b.mean - a.mean;
  const errorA = a.variance / a.count;
  const errorB = b.variance / b.count;
  const error = errorA + errorB;
  if (error === 0) {
    return { difference, t: null, df: null, pValue: difference === 0 ? 1 : 0, effect: null };
  }
  const t = difference / Math.sqrt(error);
  const df = error ** 2 / (errorA ** 2 / (a.count - 1) + errorB ** 2 / (b.count - 1));
  const effect = difference / Math.sqrt((a.variance + b.variance) / 2);
  return { difference, t, df, pValue: studentTail(t, df), effect };
}

/** Moments of several samples put together. */
export function pooledMoments(samples: readonly SampleMoments[]): SampleMoments | null {
  const count = samples.reduce((sum, sample) => sum + sample.count, 0);
  if (count === 0) return null;
  const mean = samples.reduce((sum, sample) => sum + sample.mean * sample.count, 0) / count;
  const squares = samples.reduce(
    (sum, sample) =>
      sum + sample.variance * (sample.count - 1) + sample.count * (sample.mean - mean) ** 2,
    0,
  );
  return { count, mean, variance: count > 1 ? squares / (count - 1) : 0 };
}

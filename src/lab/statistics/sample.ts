/**
 * A sample in a few figures: enough to print, and to compare two runs by Welch's test without the values.
 *
 * @module
 */
import { mean, medianSorted, quantileSorted, sampleVariance } from "simple-statistics";

/** What is told of a sample; in its own unit. */
export interface Sample {
  readonly count: number;
  readonly mean: number;
  /** With n − 1; 0 for a single value. */
  readonly variance: number;
  /** Standard deviation: the root of `variance`. */
  readonly deviation: number;
  readonly min: number;
  readonly max: number;
  readonly median: number;
  /** Quantiles by linear interpolation (type 7 of Hyndman and Fan). */
  readonly p5: number;
  readonly p95: number;
}

/** The figures of a sample; `null` for an empty one. */
export function sampleOf(values: ArrayLike<number>): Sample | null {
  if (values.length === 0) return null;
  const sorted = Array.from(Float64Array.from(values).sort());
  const variance = sorted.length > 1 ? sampleVariance(sorted) : 0;
  return {
    count: sorted.length,
    mean: mean(sorted),
    variance,
    deviation: Math.sqrt(variance),
    min: quantileSorted(sorted, 0),
    max: quantileSorted(sorted, 1),
    median: medianSorted(sorted),
    p5: quantileSorted(sorted, 0.05),
    p95: quantileSorted(sorted, 0.95),
  };
}

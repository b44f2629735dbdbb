/**
 * Histograms of times, with bins that a person would choose.
 *
 * @module
 */

/** One bar. */
export interface Bin {
  readonly fromMs: number;
  /** `null` for the last one, which holds all that is longer. */
  readonly toMs: number | null;
  readonly count: number;
}

/** Bars up to the mean. */
const BINS_TO_MEAN = 8;
/** The last bar begins at so many means: of exponential times 0.7 % are longer. */
const MEANS = 5;

/** The next of 1, 2, 5, 10, 20, … at or above a figure > 0. */
export function niceStep(figure: number): number {
  let step = 1;
  while (step < figure) step *= 10;
  while (step / 10 >= figure) step /= 10;
  for (const part of [5, 2]) if (step / part >= figure) return step / part;
  return step;
}

/** Upper bounds of the bins but the last for times of this mean. */
export function binWidth(meanMs: number): { readonly width: number; readonly bins: number } {
  const width = niceStep(Math.max(meanMs, 1) / BINS_TO_MEAN);
  return { width, bins: Math.ceil((MEANS * Math.max(meanMs, 1)) / width) };
}

/** Counts times ≥ 0 in `bins` bins of a width, and one for all that is longer. */
export function histogramOf(
  values: ArrayLike<number>,
  { width, bins }: { readonly width: number; readonly bins: number },
): readonly Bin[] {
  const counts = Array.from({ length: bins + 1 }, () => 0);
  for (let index = 0; index < values.length; index += 1) {
    const bin = Math.min(bins, Math.max(0, Math.floor((values[index] ?? 0) / width)));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts.map((count, index) => ({
    fromMs: index * width,
    toMs: index === bins ? null : (index + 1) * width,
    count,
  }));
}

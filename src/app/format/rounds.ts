/**
 * What a row of round times says in two figures.
 *
 * @module
 */

/** Median and longest of the given times in milliseconds; null for none. */
export function roundSummary(
  solveTimesMs: readonly number[],
): { readonly medianMs: number; readonly longestMs: number } | null {
  const sorted = [...solveTimesMs].sort((a, b) => a - b);
  const longestMs = sorted.at(-1);
  if (longestMs === undefined) return null;
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? longestMs;
  const lower = sorted.length % 2 === 0 ? (sorted[half - 1] ?? upper) : upper;
  return { medianMs: (upper + lower) / 2, longestMs };
}

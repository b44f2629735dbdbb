/**
 * Courses that several runs are compared by, brought onto one axis.
 *
 * @module
 */
import type { SeriesRecord } from "../../../../lab/run.ts";

/** Time that a rate is taken over, in paces, and how much of it must have passed for one. */
const WINDOW_PACES = 30;
const LEAST_WINDOW = 0.5;

/**
 * Blocks in the last 30 paces ÷ 30, at each sample: 1 where blocks come at the pace. `null` before half of that
 * time has passed.
 */
export function blockRates(
  { atMs, height }: Pick<SeriesRecord, "atMs" | "height">,
  paceMs: number,
): readonly (number | null)[] {
  const windowMs = WINDOW_PACES * paceMs;
  let from = 0;
  return Array.from(atMs, (nowMs, index) => {
    while (from < index && (atMs[from + 1] ?? nowMs) <= nowMs - windowMs) from += 1;
    // Samples farther apart than the window: the rate since the last one.
    const start = from === index ? index - 1 : from;
    const passedMs = nowMs - (atMs[start] ?? nowMs);
    if (start < 0 || passedMs < LEAST_WINDOW * windowMs) return null;
    return ((height[index] ?? 0) - (height[start] ?? 0)) / (passedMs / paceMs);
  });
}

/** The value that holds at each place of `grid`, where `xs` rise; `null` before the first and after the last. */
export function onGrid(
  xs: ArrayLike<number>,
  values: ArrayLike<number | null>,
  grid: readonly number[],
): readonly (number | null)[] {
  let index = -1;
  const last = xs[xs.length - 1] ?? Number.NEGATIVE_INFINITY;
  return grid.map((at) => {
    while ((xs[index + 1] ?? Number.POSITIVE_INFINITY) <= at) index += 1;
    return at > last ? null : (values[index] ?? null);
  });
}

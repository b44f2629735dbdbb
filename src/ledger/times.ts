/**
 * When a key block may be (HDR-6): not before a quarter of the pace has passed, which bounds every
 * rush, and not far ahead of the clock, so that nobody borrows time from the future.
 *
 * @module
 */

/** Farthest a timestamp may be ahead of the local clock for stories of a pace above it (HDR-6). */
const MAX_AHEAD_MS = 10_000;

/** Earliest timestamp on a key block: keyParent + ⌊P/4⌋ (HDR-6). */
export function earliestTimestamp(paceMs: number, keyParentTimestampMs: number): number {
  return keyParentTimestampMs + Math.floor(paceMs / 4);
}

/** Local time from which a timestamp is no longer "from the future": timestamp − min(10 s, P) (HDR-6). */
export function acceptableFrom(paceMs: number, timestampMs: number): number {
  return timestampMs - Math.min(MAX_AHEAD_MS, paceMs);
}

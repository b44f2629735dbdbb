/**
 * When a block may be (HDR-6, HDR-6b): a key block not before a quarter of the pace has passed, which bounds every
 * rush, and not far ahead of the clock, so that nobody borrows time from the future.
 *
 * @module
 */
import type { BlockKind } from "../kernel/header.ts";

/** Least time between two microblocks of a round (HDR-6b): payments settle once a second, not more often. */
export const MICRO_SPACING_MS = 1_000;
/** Farthest a timestamp may be ahead of the local clock for stories of a pace above it (HDR-6). */
const MAX_AHEAD_MS = 10_000;

/** Earliest timestamp on a key block: keyParent + ⌊P/4⌋ (HDR-6). */
export function earliestTimestamp(paceMs: number, keyParentTimestampMs: number): number {
  return keyParentTimestampMs + Math.floor(paceMs / 4);
}

/** Earliest timestamp of a microblock: its parent's + 1 s; the first of a round at its key block's (HDR-6b). */
export function earliestMicroTimestamp(parent: {
  readonly kind: BlockKind;
  readonly timestampMs: number;
}): number {
  return parent.kind === "key" ? parent.timestampMs : parent.timestampMs + MICRO_SPACING_MS;
}

/** Local time from which a timestamp is no longer "from the future": timestamp − min(10 s, P) (HDR-6). */
export function acceptableFrom(paceMs: number, timestampMs: number): number {
  return timestampMs - Math.min(MAX_AHEAD_MS, paceMs);
}

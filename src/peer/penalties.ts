/**
 * Verdict and penalty belong to the error code (NET-2): what an honest peer can send by bad luck is
 * ignored, what only a broken or hostile one sends costs its sender. At 100 points it is cut off.
 *
 * @module
 */
import type { Verdict } from "../chain/ports/network.ts";

/** What a code means for the message and for its sender. */
export interface Consequence {
  readonly verdict: Verdict;
  readonly points: number;
}

/** Codes that honest peers produce: lateness, clocks, gaps. */
const NO_BLAME: ReadonlySet<string> = new Set([
  "known",
  "orphan",
  "future",
  "peer-gone",
  "request-timeout",
  "store-full",
  "store-closed",
  "store-failed",
  "store-timeout",
]);

/** Codes that cost less than a cut-off, because a flaky link or an older version may produce them. */
const LIGHT: ReadonlyMap<string, number> = new Map([
  ["replayed", 10],
  ["orphan-unresolved", 20],
  ["block-not-served", 10],
  ["record-stale", 5],
  ["tracker-list-stale", 5],
]);

/** The consequence of a refusal; an unlisted code is a broken rule and costs the connection. */
export function consequenceOf(code: string): Consequence {
  if (NO_BLAME.has(code)) return { verdict: "ignore", points: 0 };
  const points = LIGHT.get(code);
  if (points !== undefined) return { verdict: "ignore", points };
  return { verdict: "reject", points: 100 };
}

/**
 * The end of a run whose height was asked for in place of the written end.
 *
 * @module
 */
import { DURATION_MAX_MS, DURATION_WITHOUT_ONE_PACES } from "./limits.ts";
import type { Scenario } from "./scenario.ts";

/** Ends at `blocks`, or when they take absurdly long; a written duration no longer counts, but the end of a trace does. */
export function stopAt(
  { paceMs, trace, stop }: Pick<Scenario, "paceMs" | "trace" | "stop">,
  blocks: number,
): Scenario["stop"] {
  if (trace !== null) return { blocks, durationMs: stop.durationMs };
  const patienceMs = blocks * paceMs * DURATION_WITHOUT_ONE_PACES;
  return { blocks, durationMs: Math.min(DURATION_MAX_MS, patienceMs) };
}

/**
 * What a scenario must be so that real peers can play it. The consensus of a real peer is not exchangeable:
 * whoever wants another retarget rule, no rest or an attacker takes the autonomous engine.
 *
 * @module
 */
import { CodedError } from "../../kernel/errors.ts";
import { PACE_MIN_MS } from "../../kernel/limits.ts";
import type { Scenario } from "../scenario/scenario.ts";

/** Real peers in one run: each is linked with each and asks each where it stands every ten seconds. */
export const MAX_CONTROLLER_PEERS = 64;

/** The interval is this many quarters of the story's pace. */
const PACE_QUARTERS = 9;

/**
 * Pace of a run's story: 4/9 of the interval. An author who is chosen twice in a row has rested 2P by then
 * (TRK-1), and its solve time of 2¼ P, less the 1¼ P of its rest, is one pace (DIF-1): whoever is chosen,
 * nobody is refused and the target stays where it is.
 */
export function storyPaceMs(intervalMs: number): number {
  return Math.floor((intervalMs * 4) / PACE_QUARTERS);
}

/** Shortest interval: below it the pace would be less than a story may have (GEN-1). */
export const MIN_INTERVAL_MS: number = Math.ceil((PACE_MIN_MS * PACE_QUARTERS) / 4);

/**
 * Throws `controller-interval-too-short` {intervalMs, minMs}, `controller-too-many-peers` {peers, max},
 * `controller-no-miners`, `controller-needs-autonomous` {agent, attack}, {retarget} or {key}: these need the
 * autonomous engine.
 */
export function checkForController(scenario: Scenario): void {
  if (scenario.paceMs < MIN_INTERVAL_MS) {
    const { paceMs: intervalMs } = scenario;
    throw new CodedError("controller-interval-too-short", { intervalMs, minMs: MIN_INTERVAL_MS });
  }
  if (scenario.peers > MAX_CONTROLLER_PEERS) {
    const { peers } = scenario;
    throw new CodedError("controller-too-many-peers", { peers, max: MAX_CONTROLLER_PEERS });
  }
  if (!scenario.agents.some(({ isMiner }) => isMiner)) throw new CodedError("controller-no-miners");
  for (const { id, attack } of scenario.agents) {
    if (attack === null) continue;
    throw new CodedError("controller-needs-autonomous", { agent: id, attack: attack.kind });
  }
  const { trace, initialTarget } = scenario;
  if (trace !== null) throw new CodedError("controller-needs-autonomous", { key: "lab.trace" });
  if (initialTarget !== null) {
    throw new CodedError("controller-needs-autonomous", { key: "lab.initial_target" });
  }
  // `fixed` is what a target that never leaves its cap comes to.
  if (scenario.retarget !== "relief" && scenario.retarget !== "fixed") {
    throw new CodedError("controller-needs-autonomous", { retarget: scenario.retarget });
  }
}

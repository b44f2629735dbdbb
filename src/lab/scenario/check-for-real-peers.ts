/**
 * What real peers cannot do, told with its line before the controller's engine would refuse it.
 *
 * @module
 */
import { MAX_CONTROLLER_PEERS, MIN_INTERVAL_MS } from "../controller/check-scenario.ts";
import type { LabSection } from "./lab-schema.ts";
import type { Problems } from "./problems.ts";
import type { Located, Section } from "./reader.ts";

/** Reports everything for which a scenario needs `engine: autonomous`. */
export function checkForRealPeers(
  lab: Section<LabSection>,
  peers: Located<number>,
  pace: Located<number> | undefined,
  problems: Problems,
): void {
  if (peers.value > MAX_CONTROLLER_PEERS) {
    const message = `The controller drives whole peers, at most ${String(MAX_CONTROLLER_PEERS)}; more need engine: autonomous.`;
    problems.error("too-many-peers", peers.at, "lab.peers", message);
  }
  if (pace !== undefined && pace.value < MIN_INTERVAL_MS) {
    const message = `The controller's interval is at least ${String(MIN_INTERVAL_MS)} ms; a shorter one needs engine: autonomous.`;
    problems.error("out-of-range", pace.at, "lab.pace", message);
  }
  const attacker = lab.attackers?.value[0];
  if (attacker !== undefined) {
    const message = "Real peers are honest; attackers need engine: autonomous.";
    problems.error("needs-autonomous", attacker.at, "lab.attackers", message);
  }
  const { trace, initial_target: target } = lab;
  if (trace !== undefined) {
    const message = "The controller chooses who finds; a trace needs engine: autonomous.";
    problems.error("needs-autonomous", trace.at, "lab.trace", message);
  }
  if (target !== undefined) {
    const message =
      "Real peers begin with a target of a few hashes; this one needs engine: autonomous.";
    problems.error("needs-autonomous", target.at, "lab.initial_target", message);
  }
  const { retarget } = lab;
  if (retarget.value !== "relief" && retarget.value !== "fixed") {
    const message = "Real peers follow the story's own rule; this one needs engine: autonomous.";
    problems.error("needs-autonomous", retarget.at, "lab.retarget", message);
  }
}

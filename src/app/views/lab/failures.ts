/**
 * Words of what can go wrong in the lab.
 *
 * @module
 */
import { isCoded } from "../../../kernel/errors.ts";
import { NOT_LOADED } from "../../../lab/host/lab-client.ts";
import { formatCount } from "../../format/numbers.ts";
import { errorCode, messageOf } from "../../messages.ts";

const WORDS: Readonly<Record<string, string>> = {
  cancelled: "The run was cancelled. What it had measured until then is shown.",
  "lab-busy": "Another run is still under way. Cancel it first, or wait for its end.",
  "scenario-invalid": "This scenario cannot run yet; what is wrong is listed below it.",
  "bad-request": "The seed or the number of blocks is out of range.",
  "bad-scenario-link":
    "The scenario in this link is damaged: it cannot be unpacked. Copy the link again in full.",
  "run-gone": "This run is no longer kept for reports. Run it again.",
  "nothing-to-replay": "The live chain has no paragraphs to replay yet.",
  "sweep-no-axis": "A sweep needs at least one list of values.",
  "sweep-attacker": "Exactly one miner of the scenario must attack, and others must mine.",
  "no-trace": "This scenario has no trace of real finds.",
  "lab-stalled":
    "The run came to a standstill. This is a fault of the program, not of the scenario.",
  "controller-no-miners": "The block controller needs at least one miner.",
  "controller-needs-autonomous":
    "The block controller tells real peers when to mine, by the story’s own rules. For attackers and other difficulty rules write engine: autonomous under lab.",
};

/** One sentence for whatever a call of the lab threw. */
export function failureText(error: unknown): string {
  const code = errorCode(error);
  const data = isCoded(error) ? error.data : {};
  const figure = (name: string): string => {
    const value = data[name];
    return typeof value === "number" ? formatCount(value) : "?";
  };
  switch (code) {
    case "thread-gone":
      if (data["reason"] === NOT_LOADED) {
        return "The simulation could not be loaded. Check the connection once; afterwards it works offline.";
      }
      return `The simulation stopped unexpectedly (${String(data["reason"] ?? "no reason given")}). The next run starts it anew; story and wallet are not touched by it. A smaller scenario may do.`;
    case "run-too-large": {
      const peers = data["peers"] === undefined ? "" : ` with ${figure("peers")} peers`;
      return `This run is too large: ${figure("blocks")} blocks${peers}, where ${figure("max")} blocks fit. Ask for fewer blocks, peers or seeds.`;
    }
    case "run-too-busy":
      return `More than ${figure("max")} messages would be under way at once. Ask for shorter delays, fewer peers, links or payments, or a slower pace.`;
    case "controller-interval-too-short":
      return `For the block controller ${figure("intervalMs")} ms between blocks are too short; at least ${figure("minMs")} ms. Or write engine: autonomous under lab.`;
    case "controller-too-many-peers":
      return `The block controller drives whole peers: at most ${figure("max")}, not ${figure("peers")}. Write engine: autonomous under lab for more.`;
    case "sweep-too-many-points":
      return `These lists make ${figure("points")} points; a sweep has at most ${figure("max")}.`;
    case "sweep-value": {
      const unit = data["axis"] === "attacker" ? " %" : " ms";
      return `${String(data["axis"])} ${figure("value")}${unit} does not do for this scenario: from ${figure("min")} to ${figure("max")}${unit}.`;
    }
    case "too-few-to-replay":
      return `Hash rates are told from at least ${figure("least")} paragraphs; here are ${figure("blocks")}.`;
    case "scenario-too-long":
      return "This scenario is too long for the lab or for a link.";
    default:
      return WORDS[code] ?? messageOf(error).text;
  }
}

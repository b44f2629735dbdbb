/**
 * Words of the lab.
 *
 * @module
 */
import type { ResultPart } from "../../../lab/experiments/experiment.ts";
import type { Outline } from "../../../lab/host/protocol.ts";
import { durationText } from "../../../lab/report/format.ts";
import type { RetargetName } from "../../../lab/scenario/scenario.ts";
import { formatCount, plural } from "../../format/numbers.ts";

/** Fixed words. */
export const LAB = {
  title: "The lab",
  lead: "Whole mining networks, simulated in this tab on the rules of the real chain. Nothing here touches your story or your wallet.",
  shelf: "Five experiments",
  shelfLead: "Each asks a question; a run of some seconds answers it.",
  scenario: "Scenario",
  scenarioLead: "Who mines, how fast, and what happens. Change it as you like, then run it.",
  aside: "The scenario you had changed was put aside.",
  takeBack: "Bring it back",
  notOfTheLink: "What stands in the editor is not from it.",
  nothingYet: "Nothing has run yet",
  nothingYetText:
    "Run the scenario as it stands, or begin with one of the experiments. Figures appear here while it runs.",
  goesOn: "The run goes on while you look at other pages of this tab.",
  simulated: "Simulated",
  simulatedHint: "These figures come from a simulation, not from the live chain.",
  studyCancelled: "It was cancelled; nothing of it is kept.",
  partial: "Not finished: figures up to here",
} as const;

/** Headings of the results. */
export const PARTS: Readonly<Record<ResultPart, string>> = {
  shares: "Who found the blocks",
  selfish: "Selfish mining",
  times: "Block times",
  course: "Pace and difficulty",
  forks: "Forks and lost blocks",
  propagation: "How fast blocks spread",
  presence: "Who is online",
  rewards: "Rewards",
  payments: "Payments",
};

/** Difficulty rules by name. */
export const RULES: Readonly<Record<RetargetName, string>> = {
  relief: "The story’s rule",
  average: "Average of 120",
  "mean-target": "Mean target of 120",
  asert: "ASERT",
  "asert-relief": "ASERT with relief",
  fixed: "Never changes",
};

/** One line about a scenario that can be run. */
export function outlineText(outline: Outline): string {
  const { engine, miners, peers, paceMs, seeds, blocks, durationMs } = outline;
  const end =
    blocks * paceMs <= durationMs
      ? plural(blocks, "block")
      : `${durationText(durationMs)} of the story’s time`;
  const runs = seeds.length === 1 ? `seed ${seeds[0]}` : `${formatCount(seeds.length)} seeds`;
  const by = engine === "controller" ? "block controller" : "autonomous miners";
  return `${plural(miners, "miner")} among ${plural(peers, "peer")} · a block every ${durationText(paceMs)} · ${end} · ${by} · ${runs}`;
}

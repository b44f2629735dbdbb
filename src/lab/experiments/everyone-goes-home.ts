/**
 * Experiment 5: what a difficulty rule does when nearly everybody leaves at once.
 *
 * @module
 */
import { durationText, percentText } from "../report/format.ts";
import type { RunSummary } from "../statistics/summary.ts";
import type { Experiment } from "./experiment.ts";

function yaml(name: string, retarget: string): string {
  return `lab:
  name: "${name}"
  description: "Twenty mine by day. At night a twentieth of their power is left; in the morning all of it is back."
  pace: 60
  duration: 24h
  seed: 9
  retarget: ${retarget}
  phases:
    - at: 8h
      label: "Everyone goes home"
      hashrate_factor: 0.05
    - at: 16h
      label: "Morning"
      hashrate_factor: 1
agents:
  user_agents:
    - is_miner: true
      count: 20
      attributes:
        hashrate: "5"
`;
}

function gap({ stability }: RunSummary): string {
  return durationText(stability.worstGapMs);
}

/** The experiment. */
export const EVERYONE_GOES_HOME: Experiment = {
  id: "everyone-goes-home",
  title: "What if everyone goes home?",
  text: "Twenty computers mine through the day, and the difficulty has grown to fit them. At night nineteen twentieths of the power go dark. The twentieth that is left must still find numbers meant for all of it: each paragraph takes twenty times as long, until the difficulty notices. How soon it does is a matter of the rule. Three rules run on the same day: the story's own, whose difficulty halves while nobody comes; the average of the last 120 paragraphs, which old chains use; and ASERT, which keeps a steady schedule.",
  question: "How long is the longest silence under each rule, and who wakes up first?",
  variants: [
    { id: "relief", label: "The story’s rule", yaml: yaml("The story’s own rule", "relief") },
    { id: "average", label: "Average of 120", yaml: yaml("The average of 120 blocks", "average") },
    { id: "asert", label: "ASERT", yaml: yaml("ASERT", "asert") },
  ],
  parts: ["course", "times"],
  answer(runs) {
    const [relief, average, asert] = runs.map(({ summary }) => summary);
    if (relief === undefined || average === undefined || asert === undefined) return [];
    return [
      `The longest silence was ${gap(relief)} under the story's own rule, ${gap(average)} under the average of 120 blocks, and ${gap(asert)} under ASERT.`,
      `Time without a paragraph for more than four paces made up ${percentText(relief.stability.silentShare)} of the day, ${percentText(average.stability.silentShare)} and ${percentText(asert.stability.silentShare)}.`,
      "A rule that looks only at paragraphs that exist must wait for one before it can learn that people have left. The story's rule makes a page easier while it is still empty, so that a single reader at night can go on; the price is that a lucky or patient miner meets easier pages.",
    ];
  },
};

/**
 * Experiment 5: what a difficulty rule does when nearly everybody leaves at once.
 *
 * @module
 */
import type { RunView } from "../host/protocol.ts";
import { countText, durationText } from "../report/format.ts";
import type { Experiment } from "./experiment.ts";
import { blocksBetween } from "./figures.ts";

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

const HOUR = 3_600_000;
const NIGHT = [8 * HOUR, 16 * HOUR] as const;
const DAWN = [16 * HOUR, 16.5 * HOUR] as const;

function gap({ summary }: RunView): string {
  return durationText(summary.stability.worstGapMs);
}

/** The experiment. */
export const EVERYONE_GOES_HOME: Experiment = {
  id: "everyone-goes-home",
  title: "What if everyone goes home?",
  text: "Twenty computers mine through the day, and the difficulty has grown to fit them. At night nineteen twentieths of the power go dark. The twentieth that is left must still find numbers meant for all of it: each paragraph takes twenty times as long, until the difficulty notices. How soon it does is a matter of the rule. Three rules run on the same day: the story's own, whose difficulty halves while nobody comes; the average of the last 120 paragraphs, as old chains use it; and ASERT, which keeps to a timetable.",
  question: "How many paragraphs are written at night under each rule, and what happens at dawn?",
  variants: [
    { id: "relief", label: "The story’s rule", yaml: yaml("The story’s own rule", "relief") },
    { id: "average", label: "Average of 120", yaml: yaml("The average of 120", "mean-target") },
    { id: "asert", label: "ASERT", yaml: yaml("ASERT", "asert") },
  ],
  chart: { kind: "pace", title: "How fast paragraphs came" },
  parts: ["course", "times"],
  answer(runs) {
    const [relief, average, asert] = runs;
    if (relief === undefined || average === undefined || asert === undefined) return [];
    const night = (view: RunView): string => countText(blocksBetween(view, ...NIGHT));
    const dawn = (view: RunView): string => countText(blocksBetween(view, ...DAWN));
    return [
      `At a paragraph a minute the night has 480. ${night(relief)} were written under the story's own rule, ${night(average)} under the average of 120, ${night(asert)} under ASERT. The longest silences of the day were ${gap(relief)}, ${gap(average)} and ${gap(asert)}.`,
      `The first half hour of the morning should have 30. There were ${dawn(relief)}, ${dawn(average)} and ${dawn(asert)}: the average still has the difficulty of the night, and ASERT makes up for the time that the night lost. In such a rush the paragraphs are cheap, and so are their rewards.`,
      "A rule that looks only at paragraphs that exist must wait for one before it can learn that people have left. The story's rule makes a page easier while it is still empty, so that a single reader at night can go on; the price is that a patient miner meets easier pages, too.",
    ];
  },
};

/**
 * Experiment 2: two good blocks at the same time are a matter of distance and pace.
 *
 * @module
 */
import { countText, durationText, percentText } from "../report/format.ts";
import type { Experiment } from "./experiment.ts";

function yaml(name: string, pace: string, min: string, max: string): string {
  return `lab:
  name: "${name}"
  description: "Ten miners in a ring: a block must travel from each to the next."
  pace: ${pace}
  blocks: 1500
  seed: 5
  rest: false
  topology: ring
  latency:
    min: ${min}
    max: ${max}
agents:
  user_agents:
    - is_miner: true
      count: 10
      attributes:
        hashrate: "10"
`;
}

/** The experiment. */
export const WHY_FORKS: Experiment = {
  id: "why-forks",
  title: "Why are there forks?",
  text: "News travels. When somebody finds a paragraph, those far away go on looking for the same page until they hear of it, and sometimes one of them finds another. Both are valid, nobody cheated, and for a moment there are two stories: a fork. The next paragraph decides which one goes on; the other is lost work and becomes apocrypha. Here ten miners sit in a ring and pass on what they hear. Only two things change between the cases: how long news takes, and how quickly paragraphs should follow each other.",
  question: "What makes forks more frequent: slow news, a quick pace, or something of both?",
  variants: [
    {
      id: "quick-far",
      label: "Every 5 s, slow news",
      yaml: yaml("A block every 5 s, slow news", "5", "200ms", "600ms"),
    },
    {
      id: "calm-far",
      label: "Every 60 s, slow news",
      yaml: yaml("A block every 60 s, slow news", "60", "200ms", "600ms"),
    },
    {
      id: "quick-near",
      label: "Every 5 s, quick news",
      yaml: yaml("A block every 5 s, quick news", "5", "5ms", "20ms"),
    },
  ],
  chart: { kind: "stale", title: "Lost blocks as the story grows" },
  parts: ["forks", "propagation"],
  answer(runs) {
    const [far, calm, near] = runs.map(({ summary }) => summary);
    if (far === undefined || calm === undefined || near === undefined) return [];
    const news = durationText(far.propagation?.median ?? 0);
    return [
      `It is the one measured by the other. With a block every 5 s and news that takes ${news} to reach half of the miners, ${percentText(far.forks.staleRate)} of all blocks were lost: ${countText(far.forks.stale)} of ${countText(far.found)}.`,
      `The same slow news did much less harm at a block every 60 s: ${percentText(calm.forks.staleRate)}. And the same quick pace did little harm with quick news (${durationText(near.propagation?.median ?? 0)}): ${percentText(near.forks.staleRate)}.`,
      "A rule of thumb: the share of lost blocks is about the time that news takes, divided by the pace. That is why a story for the whole world has a calm pace.",
    ];
  },
};

/**
 * Experiment 3: a secret branch pays only for whoever outruns everybody else together.
 *
 * @module
 */
import { countText, percentText } from "../report/format.ts";
import type { Experiment } from "./experiment.ts";
import { shareOf } from "./figures.ts";

function yaml(percent: number): string {
  const each = (100 - percent) / 4;
  return `lab:
  name: "An attacker with ${percent} %"
  description: "After an hour one miner stops telling what it finds, and shows its branch once it is the heavier one."
  pace: 60
  blocks: 500
  seed: 5
  rest: false
  attackers:
    - agent: attacker
      kind: majority
      from: 1h
      depth: 6
agents:
  user_agents:
    - id: attacker
      is_miner: true
      attributes:
        hashrate: "${percent}"
    - id: honest
      is_miner: true
      count: 4
      attributes:
        hashrate: "${each}"
`;
}

/** The experiment. */
export const FIFTY_ONE: Experiment = {
  id: "fifty-one",
  title: "What can 51 % do?",
  text: "The chain with the most work behind it is the story. So whoever has more computing power than all others together can write a secret version and show it later: as soon as it carries more work, every honest computer must take it, and paragraphs that everybody had read are gone. In these runs one miner begins to do that after an hour; it waits until the public story has six more paragraphs, so that people feel safe. It breaks no rule that a computer could check. Only its share of the power differs.",
  question:
    "Six paragraphs deep, is a page safe from somebody with 30 % of the power? And with 60 %?",
  variants: [
    { id: "thirty", label: "30 % of the power", yaml: yaml(30) },
    { id: "sixty", label: "60 % of the power", yaml: yaml(60) },
  ],
  chart: { kind: "share", title: "How much of the story that stands is the attacker’s" },
  parts: ["forks", "shares"],
  answer(runs) {
    const [thirty, sixty] = runs;
    if (thirty === undefined || sixty === undefined) return [];
    const [small, large] = [thirty.summary.forks, sixty.summary.forks];
    return [
      `With 60 % nothing is safe: the deepest change took ${countText(large.deepest)} paragraphs back at once, and ${percentText(shareOf(sixty, "attacker"))} of the story that stands is the attacker's.`,
      `With 30 % the secret branch falls further and further behind: the deepest change was ${countText(small.deepest)}, and the attacker got ${percentText(shareOf(thirty, "attacker"))} of the story for all its work. Honest, it would have had about 30 %.`,
      "Still, it could only take back and leave out. Signatures held: it could not write in somebody else's name, spend anybody else's tokens, or pay itself more than a block's reward.",
    ];
  },
};

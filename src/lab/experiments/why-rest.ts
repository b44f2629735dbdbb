/**
 * Experiment 4: whoever wrote the last paragraph lets another one come first.
 *
 * @module
 */
import { percentText } from "../report/format.ts";
import type { Experiment } from "./experiment.ts";
import { shareOf } from "./figures.ts";

function yaml(name: string, rest: boolean, attacker: boolean): string {
  const attack = attacker
    ? `  attackers:
    - agent: large
      kind: many-keys
`
    : "";
  return `lab:
  name: "${name}"
  description: "One miner with 60 % of the power among eight with 5 % each."
  pace: 60
  blocks: 1500
  seed: 7
  rest: ${rest}
${attack}agents:
  user_agents:
    - id: large
      is_miner: true
      attributes:
        hashrate: "60"
    - id: small
      is_miner: true
      count: 8
      attributes:
        hashrate: "5"
`;
}

/** The experiment. */
export const WHY_REST: Experiment = {
  id: "why-rest",
  title: "Why does the tracker rest?",
  text: "Whoever writes a paragraph becomes the round's tracker: it keeps the list of peers and seals payments, but it may not write the next paragraph, unless nobody else comes for two paces. Here one machine has 60 % of all computing power, and eight others have 5 % each. Without the rest it would write most of the book, often page after page. The third case is honest about the limits of such a rule: the large one signs every paragraph with a fresh key, so that nobody can tell that it is always the same.",
  question:
    "How much of the book does the large one write with the rest, without it, and with many keys?",
  variants: [
    { id: "rest", label: "With the rest", yaml: yaml("With the rest", true, false) },
    { id: "no-rest", label: "Without it", yaml: yaml("Without the rest", false, false) },
    {
      id: "many-keys",
      label: "Rest, but many keys",
      yaml: yaml("Rest, but many keys", true, true),
    },
  ],
  chart: { kind: "share", title: "How much of the book the large one wrote" },
  parts: ["shares", "rewards"],
  answer(runs) {
    const [rest, none, keys] = runs;
    if (rest === undefined || none === undefined || keys === undefined) return [];
    return [
      `With the rest the large one wrote ${percentText(shareOf(rest, "large"))} of the book, and two paragraphs in a row only where nobody else had come for two paces; without it ${percentText(shareOf(none, "large"))}, as its share of the power says.`,
      `With a fresh key for each paragraph it wrote ${percentText(shareOf(keys, "large"))}: the rest is gone, because no computer can see who is behind a key.`,
      "So the rest is no wall against a determined cheat. It is a good habit that keeps a story of honest people many-voiced, and a cheat gives up its name and its handle for it.",
    ];
  },
};

/**
 * Experiment 1: more machines do not bring more blocks.
 *
 * @module
 */
import { durationText, figureText } from "../report/format.ts";
import type { Experiment } from "./experiment.ts";
import { meanTimeBetween, meanWorkBetween } from "./figures.ts";

const MINUTE = 60_000;
const JOINED = 90 * MINUTE;
const LEFT = 180 * MINUTE;
const END = 270 * MINUTE;
/** From then on the difficulty has found its new level. */
const SETTLED = 20 * MINUTE;
const FIRST = 3 * MINUTE;
const SLOW = 15 * MINUTE;

const YAML = `lab:
  name: "What is difficulty?"
  description: "Five friends mine. After an hour and a half there is eight times the power; at three hours it is gone."
  pace: 60
  duration: 270m
  seed: 3
  phases:
    - at: 90m
      label: "Eight times the power"
      hashrate_factor: 8
    - at: 180m
      label: "As before"
      hashrate_factor: 1
agents:
  user_agents:
    - is_miner: true
      count: 5
      attributes:
        hashrate: "20"
`;

/** The experiment. */
export const WHAT_IS_DIFFICULTY: Experiment = {
  id: "what-is-difficulty",
  title: "What is difficulty?",
  text: "To write the next paragraph, a computer must find a number that fits, and there is no way but to try. How many tries it takes on average is the difficulty. The story wants one paragraph a minute. In this run five friends mine; after an hour and a half there is suddenly eight times as much computing power, and as long again later it is gone. Nobody is in charge of the difficulty: every computer works it out by itself, from how long the last paragraph took.",
  question: "Eight times as much power: do paragraphs come eight times as fast, and for how long?",
  variants: [{ id: "run", label: "One run", yaml: YAML }],
  chart: null,
  parts: ["course"],
  answer(runs) {
    const [view] = runs;
    if (view === undefined) return [];
    const before = meanWorkBetween(view, SETTLED, JOINED);
    const busy = meanWorkBetween(view, JOINED + SETTLED, LEFT);
    const usual = durationText(meanTimeBetween(view, 0, JOINED));
    const first = durationText(meanTimeBetween(view, JOINED, JOINED + FIRST));
    const later = durationText(meanTimeBetween(view, JOINED + SETTLED, LEFT));
    const slow = durationText(meanTimeBetween(view, LEFT, LEFT + SLOW));
    const end = durationText(meanTimeBetween(view, LEFT + SETTLED, END));
    return [
      `For some minutes they were faster: just after the power came, a paragraph took ${first}, where it had taken ${usual}. Then each quick paragraph made the next one harder, and from the twentieth minute on one took ${later}.`,
      `What grew was the difficulty: a paragraph now cost ${figureText(busy / before)} times as many tries as before. More power buys a story that is harder to rewrite, not more of it.`,
      `When the power went, paragraphs were slow for a while, ${slow} on average in the first quarter of an hour, until the difficulty had come down; then one took ${end} again. Around these means every single paragraph is luck, and the difficulty sways with it.`,
    ];
  },
};

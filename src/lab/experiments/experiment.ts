/**
 * What a guided experiment is: a question that one or a few small runs answer.
 *
 * @module
 */
import type { RunView } from "../host/protocol.ts";

/** Sections of the results. */
export type ResultPart =
  | "shares"
  | "selfish"
  | "times"
  | "course"
  | "forks"
  | "propagation"
  | "presence"
  | "payments"
  | "rewards";

/** One run of an experiment; what differs from the others is in its label. */
export interface Variant {
  readonly id: string;
  readonly label: string;
  readonly yaml: string;
}

/** What a chart of all cases shows: blocks a pace, share of lost blocks, or the first miner's share of the best chain. */
export interface CaseChart {
  readonly kind: "pace" | "stale" | "share";
  readonly title: string;
}

/** A guided experiment. */
export interface Experiment {
  readonly id: string;
  readonly title: string;
  /** About 80 words for somebody who has never seen a chain. */
  readonly text: string;
  readonly question: string;
  /** Run one after the other; at least one. */
  readonly variants: readonly [Variant, ...Variant[]];
  /** A line for each case; `null` where there is only one. */
  readonly chart: CaseChart | null;
  /** Which results answer the question, most important first. */
  readonly parts: readonly ResultPart[];
  /** The answer in sentences that quote the runs, given in the order of the variants. */
  readonly answer: (runs: readonly RunView[]) => readonly string[];
}

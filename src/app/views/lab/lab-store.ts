/**
 * What the lab holds: the scenario in the editor, the run under way, and the runs that are shown. It outlives
 * the view, so that a run goes on while other pages are looked at.
 *
 * @module
 */
import { create, type StoreApi, type UseBoundStore } from "zustand";
import type { HostProgress, Outline, RuleStudy, RunView } from "../../../lab/host/protocol.ts";
import type { LiveBlock } from "../../../lab/live/live-block.ts";
import type { Replay } from "../../../lab/live/replay-scenario.ts";
import { EXAMPLES } from "../../../lab/scenario/examples.ts";
import type { Problem } from "../../../lab/scenario/problems.ts";
import type { RunSummary } from "../../../lab/statistics/summary.ts";
import type { SweepResult } from "../../../lab/sweep/sweep-result.ts";

/** A stretch of the live chain behind a scenario. */
export interface LiveStretch extends Replay {
  readonly blocks: readonly LiveBlock[];
  /** Its finds are given and not drawn. */
  readonly isTrace: boolean;
}

/** A run on screen. */
export interface ShownRun {
  /** Counts runs of this tab; names a run in lists. */
  readonly number: number;
  readonly yaml: string;
  /** Where it belongs to an experiment. */
  readonly experiment: { readonly id: string; readonly variant: string } | null;
  readonly stretch: LiveStretch | null;
  /** Null until the first figures are there. */
  readonly view: RunView | null;
  /** One for each seed; empty until the run has ended. */
  readonly summaries: readonly RunSummary[];
  /** For reports; null unless it ended. */
  readonly report: number | null;
  readonly state: "running" | "done" | "cancelled" | "failed";
}

/** A scenario run in many ways, in place of one run. */
export type Study =
  | { readonly kind: "rules"; readonly result: RuleStudy }
  | { readonly kind: "sweep"; readonly yaml: string; readonly result: SweepResult };

/** How far the running runs are. */
export interface Running {
  readonly progress: HostProgress | null;
  /** Runs of one experiment follow each other; from 1. */
  readonly step: number;
  readonly steps: number;
}

/** Everything. */
export interface LabState {
  readonly text: string;
  /** The text as it was opened: what differs from it was typed. */
  readonly opened: string;
  readonly aside: string | null;
  readonly link: string | null;
  readonly experiment: string | null;
  readonly stretch: LiveStretch | null;
  readonly strict: boolean;
  /** As typed. */
  readonly seed: string;
  readonly blocks: string;
  readonly problems: readonly Problem[];
  readonly outline: Outline | null;
  /** The text that `problems` and `outline` are about; null before the first reading. */
  readonly readText: string | null;
  readonly running: Running | null;
  /** Newest last: those of the last click. */
  readonly runs: readonly ShownRun[];
  /** Number of the run that is looked at. */
  readonly shown: number | null;
  /** What the last click gave, if it asked for more than runs. */
  readonly study: Study | null;
  /** The run to compare with, and whether it was chosen by hand. */
  readonly before: ShownRun | null;
  readonly isBeforeChosen: boolean;
  /** Why the last thing that was asked for failed. */
  readonly failure: string | null;
}

/** What a newcomer finds: the plainest example. */
export const FIRST_EXAMPLE = "equal-miners";

function exampleText(id: string): string {
  return EXAMPLES.find((example) => example.id === id)?.yaml ?? "";
}

/** Before anything was asked for. */
export const INITIAL_LAB: LabState = {
  text: exampleText(FIRST_EXAMPLE),
  opened: exampleText(FIRST_EXAMPLE),
  aside: null,
  link: null,
  experiment: null,
  stretch: null,
  strict: false,
  seed: "",
  blocks: "",
  problems: [],
  outline: null,
  readText: null,
  running: null,
  runs: [],
  shown: null,
  study: null,
  before: null,
  isBeforeChosen: false,
  failure: null,
};

/** The store. */
export const useLab: UseBoundStore<StoreApi<LabState>> = create<LabState>()(() => INITIAL_LAB);

/** The run that is looked at. */
export function shownRun({ runs, shown }: LabState): ShownRun | null {
  return runs.find(({ number }) => number === shown) ?? null;
}

/** Changes one run. */
export function patchRun(number: number, change: Partial<ShownRun>): void {
  useLab.setState(({ runs }) => ({
    runs: runs.map((run) => (run.number === number ? { ...run, ...change } : run)),
  }));
}

/** A number field: null when empty, NaN when it is no whole number from 0 to `most`. */
export function wholeNumber(typed: string, most: number): number | null {
  const text = typed.replaceAll(/[\s,]/g, "");
  if (text === "") return null;
  if (!/^\d{1,10}$/.test(text)) return Number.NaN;
  return Number(text) <= most ? Number(text) : Number.NaN;
}

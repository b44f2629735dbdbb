/**
 * What the page and the lab's worker say to each other, over the typed bridge of `src/threads`. All values are
 * plain; the largest, a `RunView`, is at most about 100 kB however long the run.
 *
 * @module
 */
import type { DrivenProgress } from "../drive-run.ts";
import type { TraceInput, TraceReplay } from "../live/trace-scenario.ts";
import type { RuleComparison } from "../retarget/compare-rules.ts";
import type { SeriesRecord } from "../run.ts";
import type { Problem } from "../scenario/problems.ts";
import type { EngineName, RetargetName } from "../scenario/scenario.ts";
import type { SchemaHelp } from "../scenario/schema-help.ts";
import type { Comparison } from "../statistics/compare-runs.ts";
import type { RunSummary } from "../statistics/summary.ts";
import type { SweepAxis } from "../sweep/expand-sweep.ts";
import type { SweepResult } from "../sweep/sweep-result.ts";

/** How a configuration is read and run. */
export interface RunRequest {
  readonly yaml: string;
  /** Warnings are errors. */
  readonly strict: boolean;
  /** In place of the scenario's seeds; `null` for those. */
  readonly seed: number | null;
  /** In place of the scenario's height; `null` for that. */
  readonly blocks: number | null;
}

/** What a configuration that can be run comes to, for a line of words. */
export interface Outline {
  readonly name: string;
  readonly engine: EngineName;
  readonly miners: number;
  readonly agents: number;
  readonly attackers: number;
  readonly peers: number;
  readonly paceMs: number;
  readonly seeds: readonly number[];
  readonly blocks: number;
  readonly durationMs: number;
}

/** Outcome of reading a configuration. */
export interface Reading {
  readonly problems: readonly Problem[];
  /** `null` if and only if a problem is an error. */
  readonly outline: Outline | null;
}

/** A course for a chart; same length each. */
export interface Course {
  readonly atMs: Float64Array;
  readonly value: Float64Array;
}

/** A run as it is shown: its figures, and what charts draw. Complete at every moment of the run. */
export interface RunView {
  readonly summary: RunSummary;
  readonly series: SeriesRecord;
  /** Mean time of the last 20 blocks, at most 400 points. */
  readonly meanTimes: Course;
  /** Share that the first miner of the configuration has of the best chain up to a height, at most 100 points. */
  readonly firstShare: { readonly height: Float64Array; readonly value: Float64Array };
  /** Quantiles of the propagation delay in ms, in steps of 1 %; empty without any. */
  readonly propagationMs: Float64Array;
  readonly phases: readonly { readonly atMs: number; readonly label: string }[];
}

/** What is left of a run that ended. */
export interface FinishedRun {
  /** For `report`. */
  readonly run: number;
  /** Of the first seed. */
  readonly view: RunView;
  /** One for each seed, in their order. */
  readonly summaries: readonly [RunSummary, ...RunSummary[]];
}

/** Progress of a request: `done` and `etaMs` are over all of its runs, the rest is about the one under way. */
export interface HostProgress extends DrivenProgress {
  /** From 1. */
  readonly run: number;
  readonly runs: number;
  /** What the run under way is, where there are several. */
  readonly label: string;
}

/** A scenario at many points. */
export interface SweepRequest extends RunRequest {
  readonly axes: readonly SweepAxis[];
}

/** What a rule made of the first seed, over the time of the run; same length each. */
export interface RuleCourse extends Pick<SeriesRecord, "atMs" | "height" | "work"> {
  readonly rule: RetargetName;
}

/** A scenario under each difficulty rule. */
export interface RuleStudy {
  readonly comparison: RuleComparison;
  /** In the order of the rules. */
  readonly courses: readonly RuleCourse[];
  /** As the scenario names it; the rules are compared on autonomous miners in any case. */
  readonly engine: EngineName;
  readonly phases: RunView["phases"];
}

/** A stretch of the live chain to be replayed find by find. */
export interface TraceRequest extends Omit<TraceInput, "nameOf"> {
  /** What authors are called, by address. */
  readonly names: ReadonlyMap<string, string>;
}

/** What a difficulty rule asks of each find of a trace; same length each. */
export interface AskedWork {
  readonly rule: RetargetName;
  /** Timestamp of the block, in ms since the start of the run. */
  readonly atMs: Float64Array;
  /** Expected hashes, rounded to a double. */
  readonly work: Float64Array;
}

/** Kinds of report. */
export type ReportFormat = "html" | "csv" | "json";

/** Served by the worker. Every call rejects with `bad-request` for values that the page never sends. */
export type LabWorkerApi = {
  /** Rejects only with `scenario-too-long`. */
  readonly validate: (request: Pick<RunRequest, "yaml" | "strict">) => Promise<Reading>;
  /**
   * Resolves when the run has ended. Rejects with `lab-busy` while another one is under way, `scenario-invalid`,
   * `cancelled`, `run-too-large`, and with what an engine refuses.
   */
  readonly run: (request: RunRequest) => Promise<FinishedRun>;
  /** Resolves when all have ended; rejects as `run` does. Nothing of it is kept for reports. */
  readonly rules: (request: RunRequest) => Promise<RuleStudy>;
  /** The same for a sweep; rejects as `expandSweep` throws, too. */
  readonly sweep: (request: SweepRequest) => Promise<SweepResult>;
  /** The text of a sweep's report; the result is the page's. */
  readonly sweepReport: (wanted: {
    readonly yaml: string;
    readonly result: SweepResult;
    readonly format: ReportFormat;
  }) => string;
  /** Ends what is under way, if anything is. */
  readonly cancel: (nothing: null) => void;
  /** The text of a report; rejects with `run-gone` when the run is no longer kept. */
  readonly report: (wanted: {
    readonly run: number;
    readonly format: ReportFormat;
  }) => Promise<string>;
  readonly compare: (sides: {
    readonly a: readonly RunSummary[];
    readonly b: readonly RunSummary[];
  }) => Promise<Comparison>;
  /** The live stretch as a scenario; rejects as `traceScenario` throws. */
  readonly trace: (request: TraceRequest) => Promise<TraceReplay>;
  /** Rejects as `run` does, and with `no-trace` for a scenario without one. */
  readonly askedWork: (request: RunRequest) => Promise<readonly AskedWork[]>;
  readonly help: (nothing: null) => readonly SchemaHelp[];
};

/** Served by the page, told without waiting. */
export type LabPageApi = {
  /** At most ten times a second. */
  readonly progress: (progress: HostProgress) => void;
  /** At most four times a second, and never for more than a tenth of the worker's time. */
  readonly snapshot: (view: RunView) => void;
};

/**
 * Runs as JSON: what `fabula lab run --json` prints and `fabula lab compare` reads.
 *
 * @module
 */
import { overSeeds, type ShareOverSeeds, type StaleOverSeeds } from "../statistics/over-seeds.ts";
import type { ForkSummary, RunSummary } from "../statistics/summary.ts";

/** Forks of the first run, and with several seeds what all of them lost. */
export interface ForkReport extends ForkSummary {
  readonly overSeeds?: StaleOverSeeds;
}

/** The first run; with several seeds, all of them too, and what they come to together. */
export interface RunReport extends RunSummary {
  readonly forks: ForkReport;
  readonly runs?: readonly RunSummary[];
  readonly sharesOverSeeds?: readonly ShareOverSeeds[];
}

/** The report of a scenario's runs, in the order of their seeds. */
export function jsonReport(summaries: readonly [RunSummary, ...RunSummary[]]): RunReport {
  const [first] = summaries;
  if (summaries.length === 1) return first;
  const { shares, stale } = overSeeds(summaries);
  const forks = { ...first.forks, overSeeds: stale };
  return { ...first, forks, sharesOverSeeds: shares, runs: summaries };
}

/** The runs of a report. */
export function runsOf(report: RunReport): readonly RunSummary[] {
  return report.runs ?? [report];
}

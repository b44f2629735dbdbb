/**
 * Runs as JSON: what `fabula lab run --json` prints and `fabula lab compare` reads.
 *
 * @module
 */
import { mean, sampleStandardDeviation } from "simple-statistics";
import { significant } from "../statistics/figures.ts";
import type { RunSummary } from "../statistics/summary.ts";

/** Share of the best chain of one miner over several seeds. */
export interface ShareOverSeeds {
  readonly id: string;
  readonly mean: number;
  readonly deviation: number;
}

/** The first run; with several seeds, all of them too, and their shares. */
export interface RunReport extends RunSummary {
  readonly runs?: readonly RunSummary[];
  readonly sharesOverSeeds?: readonly ShareOverSeeds[];
}

/** The report of a scenario's runs, in the order of their seeds. */
export function jsonReport(summaries: readonly [RunSummary, ...RunSummary[]]): RunReport {
  const [first] = summaries;
  if (summaries.length === 1) return first;
  const sharesOverSeeds = first.miners.map(({ id }, index) => {
    const shares = summaries.map(({ miners }) => miners[index]?.share ?? 0);
    return {
      id,
      mean: significant(mean(shares)),
      deviation: significant(sampleStandardDeviation(shares)),
    };
  });
  return { ...first, sharesOverSeeds, runs: summaries };
}

/** The runs of a report. */
export function runsOf(report: RunReport): readonly RunSummary[] {
  return report.runs ?? [report];
}

/**
 * Runs a sweep: each point with each seed of the scenario, one after the other.
 *
 * @module
 */
import type { Scenario } from "../scenario/scenario.ts";
import { withShortFigures } from "../statistics/figures.ts";
import type { RunSummary } from "../statistics/summary.ts";
import type { Sweep } from "./expand-sweep.ts";
import { figuresOf, type SweepResult, type SweepRow, type SweepRun } from "./sweep-result.ts";
import { valuesText } from "./sweep-text.ts";

/**
 * Runs a scenario with a seed to its end; `label` names the run for people. How it is driven, watched and cancelled
 * is the host's (`driveRun`).
 */
export type RunPoint = (scenario: Scenario, seed: number, label: string) => Promise<RunSummary>;

/** How many runs a sweep is. */
export function sweepRuns({ points, scenario }: Sweep): number {
  return points.length * scenario.seeds.length;
}

/** Runs everything; rejects as `run` does, and then nothing is kept. */
export async function runSweep(sweep: Sweep, run: RunPoint): Promise<SweepResult> {
  const { name, description, engine, paceMs, retarget, rest, peers, seeds } = sweep.scenario;
  const rows: SweepRow[] = [];
  const runs: SweepRun[] = [];
  for (const { values, scenario } of sweep.points) {
    const summaries: RunSummary[] = [];
    for (const seed of seeds) {
      const summary = await run(scenario, seed, `${valuesText(values)}, seed ${seed}`);
      summaries.push(summary);
      runs.push({ values, seed, logHash: summary.logHash, ...figuresOf([summary]) });
    }
    rows.push({ values, ...figuresOf(summaries) });
  }
  return withShortFigures<SweepResult>({
    format: "fabula-lab-sweep/1",
    scenario: { name, description, engine, paceMs, retarget, rest, peers },
    seeds,
    axes: sweep.axes,
    rows,
    runs,
  });
}

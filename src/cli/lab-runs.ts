/**
 * Runs a scenario for all its seeds, so that it can be watched and stopped.
 *
 * @module
 */
import { setImmediate } from "node:timers/promises";
import { CodedError, isCoded } from "../kernel/errors.ts";
import { createRun } from "../lab/create-run.ts";
import { driveRun } from "../lab/drive-run.ts";
import type { ReportedRun } from "../lab/report/html-report.ts";
import type { Scenario } from "../lab/scenario/scenario.ts";
import { summarise } from "../lab/statistics/summarise.ts";
import { createProgressLine } from "./lab-progress.ts";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** At least one run. */
export type ReportedRuns = readonly [ReportedRun, ...ReportedRun[]];

async function runSeed(
  scenario: Scenario,
  seed: number,
  name: string,
  signal: AbortSignal,
): Promise<ReportedRun> {
  const now = (): number => performance.now();
  const line = createProgressLine(process.stderr, now, name);
  try {
    const run = await createRun(scenario, seed);
    const record = await driveRun(run, {
      now,
      pause: () => setImmediate(),
      onProgress: (progress) => line.show(progress),
      signal,
    });
    return { record, summary: summarise(record) };
  } finally {
    line.clear();
  }
}

/** Runs a scenario with a seed; `label` names it on the line of progress. */
export type Runner = (scenario: Scenario, seed: number, label: string) => Promise<ReportedRun>;

/**
 * A runner for so many runs, one after the other. It rejects with `lab-stopped` {done, runs} once `signal`
 * aborts, and with the engine's refusals.
 */
export function createRunner(runs: number, signal: AbortSignal): Runner {
  let done = 0;
  return async (scenario, seed, label) => {
    const name = runs === 1 ? "" : `${label} (${done + 1} of ${runs}): `;
    try {
      const run = await runSeed(scenario, seed, name, signal);
      done += 1;
      return run;
    } catch (error) {
      if (!isCoded(error, "cancelled")) throw error;
      throw new CodedError("lab-stopped", { done, runs });
    }
  };
}

/** All runs of a scenario, in the order of its seeds; rejects as a `Runner`. */
export async function runScenario(scenario: Scenario, signal: AbortSignal): Promise<ReportedRuns> {
  const { seeds } = scenario;
  const run = createRunner(seeds.length, signal);
  const runs: ReportedRun[] = [];
  for (const seed of seeds) runs.push(await run(scenario, seed, `seed ${seed}`));
  const [first, ...others] = runs;
  if (first === undefined) throw new CodedError("lab-no-seeds");
  return [first, ...others];
}

/** Does something that SIGINT and SIGTERM end in order; a second one ends the program at once. */
export async function stoppable<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  for (const signal of SIGNALS) process.once(signal, onSignal);
  try {
    return await work(stop.signal);
  } finally {
    for (const signal of SIGNALS) process.removeListener(signal, onSignal);
  }
}

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

/**
 * All runs of a scenario, in the order of its seeds. Rejects with `lab-stopped` {done, runs} once `signal`
 * aborts, and with the engine's refusals.
 */
export async function runScenario(scenario: Scenario, signal: AbortSignal): Promise<ReportedRuns> {
  const runs: ReportedRun[] = [];
  const { seeds } = scenario;
  try {
    for (const [index, seed] of seeds.entries()) {
      const name = seeds.length === 1 ? "" : `seed ${seed} (${index + 1} of ${seeds.length}): `;
      runs.push(await runSeed(scenario, seed, name, signal));
    }
  } catch (error) {
    if (!isCoded(error, "cancelled")) throw error;
    throw new CodedError("lab-stopped", { done: runs.length, runs: seeds.length });
  }
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

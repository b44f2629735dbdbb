/**
 * The worker's side of the lab: reads configurations, drives one run at a time, tells how far it is, and keeps
 * the last few runs for reports. The clock and the pause are the worker's; nothing of them reaches a run.
 *
 * @module
 */
import { CodedError } from "../../kernel/errors.ts";
import type { Bridge } from "../../threads/bridge.ts";
import { createRun } from "../create-run.ts";
import { driveRun } from "../drive-run.ts";
import { csvReport } from "../report/csv-report.ts";
import { htmlReport, type ReportedRun } from "../report/html-report.ts";
import { jsonReport } from "../report/json-report.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { SCHEMA_HELP } from "../scenario/schema-help.ts";
import { compareRuns } from "../statistics/compare-runs.ts";
import { summarise } from "../statistics/summarise.ts";
import type { RunSummary } from "../statistics/summary.ts";
import type { FinishedRun, LabPageApi, LabWorkerApi, ReportFormat } from "./protocol.ts";
import { outlineOf, readRequest, readText } from "./read-request.ts";
import { runViewOf } from "./run-view.ts";

const PROGRESS_EVERY_MS = 100;
const SNAPSHOT_EVERY_MS = 250;
/** After a snapshot that took so long, the next one waits ten times that. */
const SNAPSHOT_SHARE = 10;
/** Runs that are kept for reports: those of an experiment, and one to compare with. */
const RUNS_KEPT = 6;
const SUMMARIES_MAX = 64;

/** What the worker gives. */
export interface HostPorts {
  readonly now: () => number;
  readonly pause: () => Promise<void>;
}

interface KeptRun {
  readonly yaml: string;
  readonly runs: readonly [ReportedRun, ...ReportedRun[]];
}

function isFilled<T>(list: readonly T[]): list is readonly [T, ...T[]] {
  return list.length > 0;
}

function report({ yaml, runs }: KeptRun, format: ReportFormat): string {
  const [first, ...rest] = runs;
  switch (format) {
    case "html":
      return htmlReport(yaml, runs);
    case "csv":
      return csvReport(runs.map(({ record }) => record));
    case "json":
      return `${JSON.stringify(jsonReport([first.summary, ...rest.map(({ summary }) => summary)]), null, 2)}\n`;
  }
}

/** Creates the host; `page` is asked for when there is something to tell. */
export function createLabHost(page: () => Bridge<LabPageApi>, ports: HostPorts): LabWorkerApi {
  const { now, pause } = ports;
  const kept = new Map<number, KeptRun>();
  let current: AbortController | null = null;
  let nextRun = 1;

  async function runSeed(
    scenario: Scenario,
    seedIndex: number,
    signal: AbortSignal,
  ): Promise<ReportedRun> {
    const run = await createRun(scenario, scenario.seeds[seedIndex] ?? 0);
    let progressFromMs = 0;
    let snapshotFromMs = now() + SNAPSHOT_EVERY_MS;
    const record = await driveRun(run, {
      now,
      pause,
      signal,
      onProgress(progress) {
        const atMs = now();
        if (atMs >= progressFromMs) {
          progressFromMs = atMs + PROGRESS_EVERY_MS;
          const seeds = scenario.seeds.length;
          page().notify("progress", { ...progress, seedNumber: seedIndex + 1, seeds });
        }
        if (atMs < snapshotFromMs || seedIndex > 0) return;
        page().notify("snapshot", runViewOf(run.record()));
        const tookMs = now() - atMs;
        snapshotFromMs = now() + Math.max(SNAPSHOT_EVERY_MS, SNAPSHOT_SHARE * tookMs);
      },
    });
    return { record, summary: summarise(record) };
  }

  async function runAll(yaml: string, scenario: Scenario): Promise<FinishedRun> {
    const abort = new AbortController();
    current = abort;
    try {
      const runs: ReportedRun[] = [];
      for (let index = 0; index < scenario.seeds.length; index += 1) {
        runs.push(await runSeed(scenario, index, abort.signal));
      }
      if (!isFilled(runs)) throw new CodedError("bad-request");
      const number = nextRun++;
      kept.set(number, { yaml, runs });
      kept.delete(number - RUNS_KEPT);
      const [first, ...rest] = runs;
      return {
        run: number,
        view: runViewOf(first.record),
        summaries: [first.summary, ...rest.map(({ summary }) => summary)],
      };
    } finally {
      current = null;
    }
  }

  return {
    async validate(request) {
      const { scenario, problems } = readText(request);
      return { problems, outline: scenario === null ? null : outlineOf(scenario) };
    },
    async run(request) {
      if (current !== null) throw new CodedError("lab-busy");
      return runAll(request.yaml, readRequest(request));
    },
    cancel: () => current?.abort(),
    async report({ run, format }) {
      const found = kept.get(run);
      if (found === undefined) throw new CodedError("run-gone", { run });
      return report(found, format);
    },
    async compare({ a, b }) {
      const sizes = [a, b].map((side: readonly RunSummary[]) => side.length);
      if (sizes.some((size) => size === 0 || size > SUMMARIES_MAX))
        throw new CodedError("bad-request");
      return compareRuns(a, b);
    },
    help: () => SCHEMA_HELP,
  };
}

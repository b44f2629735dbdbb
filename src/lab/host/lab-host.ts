/**
 * The worker's side of the lab: reads configurations, drives one request at a time, tells how far it is, and keeps
 * the last few runs for reports. The clock and the pause are the worker's; nothing of them reaches a run.
 *
 * @module
 */
import { CodedError } from "../../kernel/errors.ts";
import type { Bridge } from "../../threads/bridge.ts";
import { traceScenario } from "../live/trace-scenario.ts";
import { csvReport } from "../report/csv-report.ts";
import { htmlReport, type ReportedRun } from "../report/html-report.ts";
import { jsonReport } from "../report/json-report.ts";
import { COMPARED_RULES } from "../retarget/compare-rules.ts";
import type { RunRecord } from "../run.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { SCHEMA_HELP } from "../scenario/schema-help.ts";
import { compareRuns } from "../statistics/compare-runs.ts";
import { summarise } from "../statistics/summarise.ts";
import type { RunSummary } from "../statistics/summary.ts";
import { expandSweep } from "../sweep/expand-sweep.ts";
import { sweepRuns } from "../sweep/run-sweep.ts";
import { askedWorkOf } from "./asked-work.ts";
import { createDrive, type Drive, type HostPorts } from "./drive-runs.ts";
import type {
  FinishedRun,
  HostProgress,
  LabPageApi,
  LabWorkerApi,
  ReportFormat,
} from "./protocol.ts";
import { outlineOf, readRequest, readText } from "./read-request.ts";
import { studyRules } from "./rule-study.ts";
import { runViewOf } from "./run-view.ts";
import { studySweep, sweepReport } from "./sweep-study.ts";

/** Runs that are kept for reports: those of an experiment, and one to compare with. */
const RUNS_KEPT = 6;
const SUMMARIES_MAX = 64;

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
  const kept = new Map<number, KeptRun>();
  let current: AbortController | null = null;
  let nextRun = 1;

  /** Does something that `cancel` ends; rejects with `lab-busy` while something else is under way. */
  async function exclusively<T>(runs: number, work: (drive: Drive) => Promise<T>): Promise<T> {
    if (current !== null) throw new CodedError("lab-busy");
    current = new AbortController();
    const { signal } = current;
    const onProgress = (progress: HostProgress): void => page().notify("progress", progress);
    try {
      return await work(createDrive({ ...ports, runs, signal, onProgress }));
    } finally {
      current = null;
    }
  }

  async function runSeeds(yaml: string, scenario: Scenario, drive: Drive): Promise<FinishedRun> {
    const runs: ReportedRun[] = [];
    for (const [index, seed] of scenario.seeds.entries()) {
      const onSnapshot =
        index === 0
          ? (record: RunRecord): void => page().notify("snapshot", runViewOf(record))
          : undefined;
      const record = await drive(scenario, seed, `seed ${seed}`, onSnapshot);
      runs.push({ record, summary: summarise(record) });
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
  }

  return {
    async validate(request) {
      const { scenario, problems } = readText(request);
      return { problems, outline: scenario === null ? null : outlineOf(scenario) };
    },
    async run(request) {
      const scenario = readRequest(request);
      return exclusively(scenario.seeds.length, (drive) => runSeeds(request.yaml, scenario, drive));
    },
    async rules(request) {
      const scenario = readRequest(request);
      return exclusively(COMPARED_RULES.length * scenario.seeds.length, (drive) =>
        studyRules(scenario, drive),
      );
    },
    async sweep({ axes, ...request }) {
      const sweep = expandSweep(readRequest(request), axes);
      return exclusively(sweepRuns(sweep), (drive) => studySweep(sweep, drive));
    },
    sweepReport: ({ yaml, result, format }) => sweepReport(yaml, result, format),
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
    async trace({ names, ...stretch }) {
      return traceScenario({ ...stretch, nameOf: (author) => names.get(author) ?? "" });
    },
    askedWork: async (request) => askedWorkOf(readRequest(request), ports),
    help: () => SCHEMA_HELP,
  };
}

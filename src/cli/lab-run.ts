/**
 * `lab run`: runs a scenario and says what came of it.
 *
 * @module
 */
import { csvReport } from "../lab/report/csv-report.ts";
import { htmlReport } from "../lab/report/html-report.ts";
import { jsonReport } from "../lab/report/json-report.ts";
import { type OutputFile, openOutput } from "./lab-files.ts";
import { type ReportedRuns, runScenario, stoppable } from "./lab-runs.ts";
import { type LoadedScenario, loadScenario, type ScenarioOptions } from "./lab-scenario.ts";
import { runText } from "./lab-text.ts";
import type { JsonOptions } from "./options.ts";
import { type Output, writeResult } from "./output.ts";

/** Options of `lab run`. */
export interface LabRunOptions extends JsonOptions, ScenarioOptions {
  readonly report?: string;
  readonly csv?: string;
}

interface OpenReport {
  readonly path: string;
  readonly file: OutputFile;
  readonly textOf: (yaml: string, runs: ReportedRuns) => string;
}

/** Opens what will be written, so that a path that cannot be is told before the run and not after it. */
async function openReports({ report, csv }: LabRunOptions): Promise<readonly OpenReport[]> {
  const wanted = [
    { path: report, textOf: htmlReport },
    {
      path: csv,
      textOf: (_yaml: string, runs: ReportedRuns) => csvReport(runs.map(({ record }) => record)),
    },
  ];
  const opened: OpenReport[] = [];
  try {
    for (const { path, textOf } of wanted) {
      if (path !== undefined) opened.push({ path, file: await openOutput(path), textOf });
    }
  } catch (error) {
    for (const { file } of opened) await file.discard();
    throw error;
  }
  return opened;
}

async function runAndWrite(
  { yaml, scenario }: LoadedScenario,
  options: LabRunOptions,
  output: Output,
  signal: AbortSignal,
): Promise<void> {
  const reports = await openReports(options);
  try {
    const runs = await runScenario(scenario, signal);
    const [first, ...others] = runs;
    const report = jsonReport([first.summary, ...others.map(({ summary }) => summary)]);
    // Files first: whoever reads stdout may have enough and end the program, as head does.
    const written = await Promise.allSettled(
      reports.map(({ file, textOf }) => file.write(textOf(yaml, runs))),
    );
    writeResult(output, options.json, report, runText(report));
    for (const [index, result] of written.entries()) {
      if (result.status === "rejected") throw result.reason;
      output.message(`written: ${reports[index]?.path}`);
    }
  } finally {
    for (const { file } of reports) await file.discard();
  }
}

/** Runs the command; rejects as what it is made of. */
export async function labRun(path: string, options: LabRunOptions, output: Output): Promise<void> {
  const loaded = await loadScenario(path, options, output);
  await stoppable((signal) => runAndWrite(loaded, options, output, signal));
}

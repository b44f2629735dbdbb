/**
 * `lab run`: runs a scenario and says what came of it.
 *
 * @module
 */
import { csvReport } from "../lab/report/csv-report.ts";
import { htmlReport } from "../lab/report/html-report.ts";
import { jsonReport } from "../lab/report/json-report.ts";
import { withReports } from "./lab-reports.ts";
import { type ReportedRuns, runScenario, stoppable } from "./lab-runs.ts";
import { loadScenario, type ScenarioOptions } from "./lab-scenario.ts";
import { runText } from "./lab-text.ts";
import type { JsonOptions } from "./options.ts";
import { type Output, writeResult } from "./output.ts";

/** Options of `lab run`. */
export interface LabRunOptions extends JsonOptions, ScenarioOptions {
  readonly report?: string;
  readonly csv?: string;
}

/** Runs the command; rejects as what it is made of. */
export async function labRun(path: string, options: LabRunOptions, output: Output): Promise<void> {
  const { yaml, scenario } = await loadScenario(path, options, output);
  await stoppable((signal) =>
    withReports<ReportedRuns>({
      input: path,
      wanted: [
        { path: options.report, textOf: (runs) => htmlReport(yaml, runs) },
        { path: options.csv, textOf: (runs) => csvReport(runs.map(({ record }) => record)) },
      ],
      work: () => runScenario(scenario, signal),
      tell([first, ...others]) {
        const report = jsonReport([first.summary, ...others.map(({ summary }) => summary)]);
        writeResult(output, options.json, report, runText(report));
      },
      output,
    }),
  );
}

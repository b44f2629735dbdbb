/**
 * A sweep and its reports.
 *
 * @module
 */
import { sweepCsvReport } from "../report/sweep-csv-report.ts";
import { sweepHtmlReport } from "../report/sweep-html-report.ts";
import { summarise } from "../statistics/summarise.ts";
import type { Sweep } from "../sweep/expand-sweep.ts";
import { runSweep } from "../sweep/run-sweep.ts";
import type { SweepResult } from "../sweep/sweep-result.ts";
import type { Drive } from "./drive-runs.ts";
import type { ReportFormat } from "./protocol.ts";

/** Runs it; rejects as `drive` does. */
export function studySweep(sweep: Sweep, drive: Drive): Promise<SweepResult> {
  return runSweep(sweep, async (scenario, seed, label) =>
    summarise(await drive(scenario, seed, label)),
  );
}

/** Its report, of one or two axes. */
export function sweepReport(yaml: string, result: SweepResult, format: ReportFormat): string {
  switch (format) {
    case "html":
      return sweepHtmlReport(yaml, result);
    case "csv":
      return sweepCsvReport(result);
    case "json":
      return `${JSON.stringify(result, null, 2)}\n`;
  }
}

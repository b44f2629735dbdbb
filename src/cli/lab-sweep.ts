/**
 * `lab sweep`: one scenario at many points, by latency, pace, an attacker's hash rate, peers and links.
 *
 * @module
 */
import { CodedError } from "../kernel/errors.ts";
import { sweepCsvReport } from "../lab/report/sweep-csv-report.ts";
import { SWEEP_AXES_SHOWN, sweepHtmlReport } from "../lab/report/sweep-html-report.ts";
import { expandSweep } from "../lab/sweep/expand-sweep.ts";
import { runSweep, sweepRuns } from "../lab/sweep/run-sweep.ts";
import { AXIS_NAMES, type AxisName } from "../lab/sweep/sweep-axes.ts";
import type { SweepResult } from "../lab/sweep/sweep-result.ts";
import { withReports } from "./lab-reports.ts";
import { createRunner, stoppable } from "./lab-runs.ts";
import { loadScenario, type ScenarioOptions } from "./lab-scenario.ts";
import { sweepText } from "./lab-sweep-text.ts";
import type { JsonOptions } from "./options.ts";
import { type Output, writeResult } from "./output.ts";

/** Options of `lab sweep`: values of axes, and what `lab run` knows. */
export interface LabSweepOptions
  extends JsonOptions,
    ScenarioOptions,
    Readonly<Partial<Record<AxisName, readonly number[]>>> {
  readonly report?: string;
  readonly csv?: string;
}

/**
 * Runs the command. Rejects with `sweep-report-axes` {axes, max} for a page with more axes than a plot has, and as
 * what it is made of.
 */
export async function labSweep(
  path: string,
  options: LabSweepOptions,
  output: Output,
): Promise<void> {
  const { yaml, scenario } = await loadScenario(path, options, output);
  const axes = AXIS_NAMES.map((name) => ({ name, values: options[name] ?? [] }));
  const sweep = expandSweep(scenario, axes);
  if (options.report !== undefined && sweep.axes.length > SWEEP_AXES_SHOWN) {
    throw new CodedError("sweep-report-axes", { axes: sweep.axes.length, max: SWEEP_AXES_SHOWN });
  }
  await stoppable((signal) => {
    const run = createRunner(sweepRuns(sweep), signal);
    return withReports<SweepResult>({
      input: path,
      wanted: [
        { path: options.report, textOf: (result) => sweepHtmlReport(yaml, result) },
        { path: options.csv, textOf: sweepCsvReport },
      ],
      work: () =>
        runSweep(sweep, async (point, seed, label) => (await run(point, seed, label)).summary),
      tell: (result) => writeResult(output, options.json, result, sweepText(result)),
      output,
    });
  });
}

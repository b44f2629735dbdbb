/**
 * `lab compare`: two scenarios, which are run, or two reports of `lab run --json`.
 *
 * @module
 */
import * as z from "zod/mini";
import { CodedError } from "../kernel/errors.ts";
import { type ComparableRun, compareRuns } from "../lab/statistics/compare-runs.ts";
import { fieldOf } from "../lighthouse/unknowns.ts";
import { inputName, readInput, STDIN } from "./lab-files.ts";
import { runScenario, stoppable } from "./lab-runs.ts";
import { type ScenarioOptions, scenarioOf } from "./lab-scenario.ts";
import { comparisonText } from "./lab-text.ts";
import type { JsonOptions } from "./options.ts";
import { type Output, writeResult } from "./output.ts";

/** Options of `lab compare`. */
export type LabCompareOptions = JsonOptions & Pick<ScenarioOptions, "seed" | "blocks">;

const count = z.int().check(z.gte(0));
const sample = z.nullable(
  z.object({ count, mean: z.number(), variance: z.number().check(z.gte(0)) }),
);
const run = z.object({
  format: z.literal("fabula-lab-run/1"),
  scenario: z.object({ name: z.string() }),
  seed: count,
  blocks: count,
  found: count,
  miners: z.array(z.object({ id: z.string(), blocks: count })),
  blockTimes: z.object({ sample }),
  work: sample,
  propagation: sample,
  forks: z.object({ stale: count }),
});
const report = z.extend(run, { runs: z.optional(z.array(run).check(z.minLength(1))) });

/** One of them is in every scenario that says anything. */
const SCENARIO_KEYS = ["agents", "lab", "general", "network"] as const;

/** The text as JSON; `undefined` for what is none, a scenario among it. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The runs behind one argument. Rejects with `bad-report` {path, field} for JSON that is no report, and as
 * `scenarioOf` and `runScenario` for a scenario.
 */
async function runsOf(
  path: string,
  options: LabCompareOptions,
  output: Output,
): Promise<readonly ComparableRun[]> {
  const text = await readInput(path);
  const json = jsonOf(text);
  // YAML is a superset of JSON: a scenario may be written in it.
  const isScenario =
    json === undefined || SCENARIO_KEYS.some((key) => fieldOf(json, key) !== undefined);
  if (isScenario && fieldOf(json, "format") === undefined) {
    const { scenario } = scenarioOf(path, text, options, output);
    return (await stoppable((signal) => runScenario(scenario, signal))).map(
      ({ summary }) => summary,
    );
  }
  const read = report.safeParse(json);
  if (!read.success) {
    const field = read.error.issues[0]?.path.join(".") ?? "";
    throw new CodedError("bad-report", { path: inputName(path), field });
  }
  return read.data.runs ?? [read.data];
}

/** Runs the command. Rejects with `lab-stdin-twice`, and as what it is made of. */
export async function labCompare(
  a: string,
  b: string,
  options: LabCompareOptions,
  output: Output,
): Promise<void> {
  if (a === STDIN && b === STDIN) throw new CodedError("lab-stdin-twice");
  const before = await runsOf(a, options, output);
  const after = await runsOf(b, options, output);
  const comparison = compareRuns(before, after);
  writeResult(
    output,
    options.json,
    comparison,
    comparisonText(comparison, [inputName(a), inputName(b)]),
  );
}

/**
 * Scenarios as the command line is given them: read, checked, and changed by options.
 *
 * @module
 */
import { CodedError } from "../kernel/errors.ts";
import { type Problem, parseScenario } from "../lab/scenario/parse-scenario.ts";
import type { EngineName, Scenario } from "../lab/scenario/scenario.ts";
import { stopAt } from "../lab/scenario/stop-at.ts";
import { inputName, readInput } from "./lab-files.ts";
import type { Output } from "./output.ts";

/** What options change. */
export interface ScenarioOptions {
  readonly seed?: number;
  /** Several in place of one. */
  readonly seeds?: readonly number[];
  readonly blocks?: number;
  readonly engine?: EngineName;
  readonly strict?: boolean;
}

/** A scenario and the text that it was made of. */
export interface LoadedScenario {
  readonly yaml: string;
  readonly scenario: Scenario;
}

function problemLine(path: string, { line, column, severity, message, code }: Problem): string {
  return `${inputName(path)}:${line}:${column}: ${severity}: ${message} [${code}]`;
}

function changed(scenario: Scenario, { seed, seeds, blocks, engine }: ScenarioOptions): Scenario {
  return {
    ...scenario,
    stop: blocks === undefined ? scenario.stop : stopAt(scenario, blocks),
    engine: engine ?? scenario.engine,
    seeds: seed === undefined ? (seeds ?? scenario.seeds) : [seed],
  };
}

/**
 * Makes a scenario of a text, and writes what is wrong with it to stderr, as compilers do. Throws
 * `bad-scenario` {path, errors} when there is an error.
 */
export function scenarioOf(
  path: string,
  yaml: string,
  options: ScenarioOptions,
  output: Output,
): LoadedScenario {
  const { scenario, problems } = parseScenario(yaml, { strict: options.strict === true });
  for (const problem of problems) output.message(problemLine(path, problem));
  if (scenario === null) {
    const errors = problems.filter(({ severity }) => severity === "error").length;
    throw new CodedError("bad-scenario", { path: inputName(path), errors });
  }
  return { yaml, scenario: changed(scenario, options) };
}

/** Reads a scenario from a file, or from standard input for `-`; rejects as `readInput` and `scenarioOf`. */
export async function loadScenario(
  path: string,
  options: ScenarioOptions,
  output: Output,
): Promise<LoadedScenario> {
  return scenarioOf(path, await readInput(path), options, output);
}

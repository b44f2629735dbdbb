/**
 * Runs a scenario written as YAML to its end, for tests.
 *
 * @module
 */
import { createRun } from "../create-run.ts";
import type { Run, RunRecord } from "../run.ts";
import { parseScenario } from "../scenario/parse-scenario.ts";
import type { Scenario } from "../scenario/scenario.ts";

/** The scenario of a YAML text; throws its problems. */
export function scenarioOf(yaml: string): Scenario {
  const { scenario, problems } = parseScenario(yaml);
  if (scenario === null) {
    throw new Error(problems.map(({ line, message }) => `line ${line}: ${message}`).join("\n"));
  }
  return scenario;
}

/** Advances a run to its end and returns its record. */
export async function finishRun(run: Run, work = 10_000): Promise<RunRecord> {
  while (!(await run.advance(work)));
  return run.record();
}

/** Runs a scenario with its first seed. */
export async function runYaml(yaml: string): Promise<RunRecord> {
  const scenario = scenarioOf(yaml);
  return finishRun(await createRun(scenario, scenario.seeds[0] ?? 0));
}

/** Miners `user000`… of these hash rates in per cent, as the source writes them, with `lab` below. */
export function minersYaml(hashrates: readonly number[], lab: string): string {
  const agents = hashrates.map(
    (hashrate) => `    - is_miner: true\n      attributes: { hashrate: "${hashrate}" }`,
  );
  return `agents:\n  user_agents:\n${agents.join("\n")}\nlab:\n${lab
    .trim()
    .split("\n")
    .map((line) => `  ${line.trimEnd()}`)
    .join("\n")}\n`;
}

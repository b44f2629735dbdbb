/**
 * `lab validate`: what is wrong with a scenario, without running it.
 *
 * @module
 */
import { durationText, plural } from "../lab/report/format.ts";
import { inputName } from "./lab-files.ts";
import { loadScenario, type ScenarioOptions } from "./lab-scenario.ts";
import { type Output, printable } from "./output.ts";

/** Runs the command; rejects with `bad-scenario` {path, errors} when there is an error. */
export async function labValidate(
  path: string,
  options: Pick<ScenarioOptions, "strict">,
  output: Output,
): Promise<void> {
  const { scenario } = await loadScenario(path, options, output);
  const miners = scenario.agents.filter(({ isMiner }) => isMiner).length;
  const { engine, peers, paceMs, seeds } = scenario;
  const facts = [
    plural(scenario.agents.length, "agent"),
    plural(miners, "miner"),
    plural(peers, "peer"),
    `${engine} engine`,
    `a block each ${durationText(paceMs)}`,
    plural(seeds.length, "run"),
  ];
  output.result(printable(`${inputName(path)} is valid: ${facts.join(", ")}`));
}

/**
 * `lab difficulty`: one scenario under each difficulty rule, on the same traces.
 *
 * @module
 */
import { COMPARED_RULES, compareRules } from "../lab/retarget/compare-rules.ts";
import { difficultyText } from "./lab-difficulty-text.ts";
import { inputName } from "./lab-files.ts";
import { createRunner, stoppable } from "./lab-runs.ts";
import { loadScenario, type ScenarioOptions } from "./lab-scenario.ts";
import type { JsonOptions } from "./options.ts";
import { type Output, writeResult } from "./output.ts";

/** Options of `lab difficulty`. */
export type LabDifficultyOptions = JsonOptions & Pick<ScenarioOptions, "seed" | "blocks">;

/** Runs the command; rejects as what it is made of. */
export async function labDifficulty(
  path: string,
  options: LabDifficultyOptions,
  output: Output,
): Promise<void> {
  const { scenario } = await loadScenario(path, options, output);
  if (scenario.engine === "controller") {
    output.message(
      `${inputName(path)}: warning: the controller decides by the clock and no difficulty changes that; ` +
        "autonomous miners run instead",
    );
  }
  const comparison = await stoppable((signal) => {
    const run = createRunner(COMPARED_RULES.length * scenario.seeds.length, signal);
    return compareRules(scenario, async (underRule, seed) => {
      const { summary } = await run(underRule, seed, `${underRule.retarget}, seed ${seed}`);
      return summary;
    });
  });
  const text = difficultyText(comparison, scenario.trace !== null);
  writeResult(output, options.json, comparison, text);
}

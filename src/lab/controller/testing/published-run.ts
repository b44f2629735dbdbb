/**
 * The published example, played for twenty blocks: the same log on every engine. The constant changes
 * whenever a peer does anything else, or at another time; then both tests say so, and must agree.
 *
 * @module
 */
import type { RunRecord } from "../../run.ts";
import { parseScenario } from "../../scenario/parse-scenario.ts";
import { PUBLISHED_EXAMPLE } from "../../scenario/published-example.ts";
import { finishRun } from "../../testing/run-yaml.ts";
import { createControllerRun } from "../controller-run.ts";

/** What a run of seed 12345 comes to. */
export const PUBLISHED_RUN = {
  seed: 12_345,
  blocks: 20,
  logHash: "de9a4447f17147d406c7ffb73b133a23616e02ef887d521223cad948a0476c4d",
  logEvents: 292,
} as const;

/** Plays it to the end. */
export async function playPublished(): Promise<RunRecord> {
  const { scenario } = parseScenario(PUBLISHED_EXAMPLE);
  if (scenario === null) throw new RangeError("the published example is not read");
  const stop = { ...scenario.stop, blocks: PUBLISHED_RUN.blocks };
  const run = await createControllerRun({ ...scenario, stop }, PUBLISHED_RUN.seed);
  const record = await finishRun(run);
  await run.close();
  return record;
}

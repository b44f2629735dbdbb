/**
 * Starts a run of a scenario with the engine that it asks for.
 *
 * @module
 */
import { initKernel } from "../kernel/init.ts";
import { createAutonomousRun } from "./engine/autonomous-run.ts";
import type { Run } from "./run.ts";
import type { Scenario } from "./scenario/scenario.ts";

/** A run that has not begun to move; rejects with the engine's refusal of a scenario that it cannot run. */
export async function createRun(scenario: Scenario, seed: number): Promise<Run> {
  if (scenario.engine === "controller") {
    // Whole peers are two thirds of the lab's code, and most runs need none.
    const { createControllerRun } = await import("./controller/controller-run.ts");
    return createControllerRun(scenario, seed);
  }
  await initKernel();
  return createAutonomousRun(scenario, seed);
}

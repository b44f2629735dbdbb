/**
 * Agent discovery without a run: who takes part, and under which addresses, when a scenario begins.
 *
 * @module
 */
import { initKernel } from "../kernel/init.ts";
import { createControllerRun } from "./controller/controller-run.ts";
import { type AgentDiscovery, createAgentDiscovery } from "./discovery/agent-discovery.ts";
import { createLabStory } from "./engine/lab-story.ts";
import type { Scenario } from "./scenario/scenario.ts";

/** Discovery at the beginning of the run with this seed; rejects with the engine's refusal of the scenario. */
export async function createDiscovery(scenario: Scenario, seed: number): Promise<AgentDiscovery> {
  if (scenario.engine === "controller") {
    const run = await createControllerRun(scenario, seed);
    // Real peers make their wallets when they start, which is the first thing that happens.
    await run.advance(1);
    run.discovery.refresh();
    await run.close();
    return run.discovery;
  }
  await initKernel();
  const { addresses } = createLabStory(scenario, seed);
  const known = new Map(scenario.agents.map(({ id }, index) => [id, addresses[index] ?? ""]));
  return createAgentDiscovery(scenario, (id) => known.get(id) ?? "");
}

import { describe, expect, it } from "vitest";
import { minersYaml, scenarioOf } from "../lab/testing/run-yaml.ts";
import { createRunner } from "./lab-runs.ts";

const SCENARIO = scenarioOf(minersYaml([60, 40], "blocks: 10"));

describe("createRunner", () => {
  it("runs until it is stopped, and says how many runs were done", async () => {
    const stop = new AbortController();
    const run = createRunner(3, stop.signal);
    const { summary } = await run(SCENARIO, 4, "seed 4");
    expect([summary.seed, summary.blocks]).toEqual([4, 10]);
    stop.abort();
    await expect(run(SCENARIO, 5, "seed 5")).rejects.toMatchObject({
      code: "lab-stopped",
      data: { done: 1, runs: 3 },
    });
  });

  it("passes on what an engine refuses", async () => {
    const run = createRunner(1, new AbortController().signal);
    const agents = SCENARIO.agents.map((agent) => ({ ...agent, isMiner: false }));
    await expect(run({ ...SCENARIO, engine: "controller", agents }, 1, "")).rejects.toMatchObject({
      code: "controller-no-miners",
    });
  });
});

import { describe, expect, it } from "vitest";
import { createRun } from "../create-run.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { summarise } from "../statistics/summarise.ts";
import type { RunSummary } from "../statistics/summary.ts";
import { finishRun, minersYaml, scenarioOf } from "../testing/run-yaml.ts";
import { expandSweep } from "./expand-sweep.ts";
import { runSweep } from "./run-sweep.ts";

async function summaryOf(scenario: Scenario, seed: number): Promise<RunSummary> {
  return summarise(await finishRun(await createRun(scenario, seed)));
}

describe("forks by latency and pace against Decker and Wattenhofer", () => {
  const HASHRATES = [30, 20, 10, 10, 10, 10, 10];

  it.each([
    ["a fixed difficulty, a mesh", "retarget: fixed\nrest: false\ntopology: mesh"],
    ["the story's own rules, a ring", "retarget: relief\nrest: true\ntopology: ring"],
  ])("%s: within three standard errors and a tenth", { timeout: 60_000 }, async (_, lab) => {
    const scenario = scenarioOf(minersYaml(HASHRATES, `blocks: 2500\nseed: 7\n${lab}`));
    const sweep = expandSweep(scenario, [
      { name: "latency", values: [40, 160, 300] },
      { name: "pace", values: [4_000, 60_000] },
    ]);
    const { rows } = await runSweep(sweep, summaryOf);
    for (const { values, staleRate, found, theory } of rows) {
      const expected = theory?.staleRate ?? 1;
      const error = Math.sqrt((expected * (1 - expected)) / found);
      // A tenth: miners do not hear of a block exactly as other peers do, and heights overlap a little.
      const tolerance = 3 * error + 0.1 * expected;
      expect(Math.abs(staleRate - expected), JSON.stringify(values)).toBeLessThan(tolerance);
    }
    for (const pace of [4_000, 60_000]) {
      const rates = rows.filter(({ values }) => values.pace === pace).map((row) => row.staleRate);
      expect(rates, `pace ${pace}`).toEqual(rates.toSorted((a, b) => a - b));
    }
    for (const latency of [40, 160, 300]) {
      const [quick, calm] = rows.filter(({ values }) => values.latency === latency);
      expect(quick?.staleRate, `latency ${latency}`).toBeGreaterThan(calm?.staleRate ?? 1);
    }
  });
});

describe("selfish mining by hash rate against Eyal and Sirer", () => {
  it("follows the curve on both sides of the threshold", { timeout: 60_000 }, async () => {
    const scenario = scenarioOf(
      minersYaml(
        [30, 35, 35],
        "blocks: 9000\nseed: 11\npace: 8\nrest: false\nretarget: fixed\nlatency: { min: 0, max: 0, verify: 0 }\n" +
          "attackers: [{ agent: user000, kind: selfish }]",
      ),
    );
    const sweep = expandSweep(scenario, [{ name: "attacker", values: [15, 33] }]);
    const { rows } = await runSweep(sweep, summaryOf);
    expect(rows).toHaveLength(2);
    for (const { attacker, values } of rows) {
      const { alpha = 0, share = 0, deviation } = attacker ?? {};
      expect(Math.abs(deviation ?? 9), JSON.stringify(values)).toBeLessThan(3);
      expect(share > alpha, JSON.stringify(values)).toBe(alpha > 0.25);
    }
  });
});

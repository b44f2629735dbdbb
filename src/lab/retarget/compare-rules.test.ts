import { describe, expect, it } from "vitest";
import { createRun } from "../create-run.ts";
import type { RunRecord } from "../run.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { summarise } from "../statistics/summarise.ts";
import type { RunSummary } from "../statistics/summary.ts";
import { finishRun, minersYaml, scenarioOf } from "../testing/run-yaml.ts";
import { COMPARED_RULES, compareRules } from "./compare-rules.ts";

const LAB = `duration: 4h
pace: 60
seeds: [5, 6]
churn: { who: miners, mean_session: 20m, mean_absence: 10m }
attackers: [{ agent: user000, kind: hopper }]
phases:
  - { at: 1h, label: gone, hashrate_factor: 0.1 }
  - { at: 2h, label: back, hashrate_factor: 1 }`;

async function runToItsEnd(scenario: Scenario, seed: number): Promise<RunRecord> {
  return finishRun(await createRun(scenario, seed));
}

async function summaryOf(scenario: Scenario, seed: number): Promise<RunSummary> {
  return summarise(await runToItsEnd(scenario, seed));
}

describe("difficulty rules side by side [DIF-3]", () => {
  it("sees the same comings, goings and phases under every rule, to the same end", async () => {
    const records: RunRecord[] = [];
    const scenario = scenarioOf(minersYaml([40, 20, 20, 20], LAB));
    await compareRules({ ...scenario, seeds: [5] }, async (underRule, seed) => {
      const record = await runToItsEnd(underRule, seed);
      records.push(record);
      return summarise(record);
    });
    const [first, ...others] = records;
    expect(records.map((record) => record.scenario.retarget)).toEqual(COMPARED_RULES);
    expect(new Set(first?.series.online).size).toBeGreaterThan(2);
    expect(others).toHaveLength(COMPARED_RULES.length - 1);
    for (const { series, endMs, scenario: underRule } of others) {
      expect(endMs, underRule.retarget).toBe(14_400_000);
      expect(series.atMs, underRule.retarget).toEqual(first?.series.atMs);
      expect(series.online, underRule.retarget).toEqual(first?.series.online);
      expect(series.hashrate, underRule.retarget).toEqual(first?.series.hashrate);
    }
    expect(new Set(records.map(({ logHash }) => logHash)).size).toBe(COMPARED_RULES.length);
  });

  it("gives each rule the means over the seeds, and each run", async () => {
    const scenario = scenarioOf(minersYaml([40, 20, 20, 20], LAB));
    const comparison = await compareRules(scenario, summaryOf);
    expect(comparison).toMatchObject({
      seeds: [5, 6],
      durationMs: 14_400_000,
      attackerWeight: 0.4,
    });
    expect(comparison.rows.map(({ rule }) => rule)).toEqual(COMPARED_RULES);
    expect(comparison.runs).toHaveLength(2 * COMPARED_RULES.length);

    const asert = comparison.rows.find(({ rule }) => rule === "asert");
    const runs = comparison.runs.filter(({ rule }) => rule === "asert");
    const [one, two] = [
      await summaryOf({ ...scenario, retarget: "asert" }, 5),
      await summaryOf({ ...scenario, retarget: "asert" }, 6),
    ];
    expect(runs.map(({ seed, logHash }) => [seed, logHash])).toEqual([
      [5, one.logHash],
      [6, two.logHash],
    ]);
    const share = ({ miners, blocks }: RunSummary): number => (miners[0]?.blocks ?? 0) / blocks;
    expect(asert?.blocks).toBe((one.blocks + two.blocks) / 2);
    expect(asert?.attackerShare).toBeCloseTo((share(one) + share(two)) / 2, 5);
    expect(asert?.worstGapMs).toBeCloseTo(
      (one.stability.worstGapMs + two.stability.worstGapMs) / 2,
      -1,
    );
    expect(asert?.deepest).toBe((one.forks.deepest + two.forks.deepest) / 2);
    expect(JSON.parse(JSON.stringify(comparison))).toEqual(comparison);
  });

  it("lasts as long as the blocks should take where the scenario names no time", async () => {
    const scenario = scenarioOf(minersYaml([50, 50], "blocks: 90\npace: 60\nseeds: [1]"));
    const { runs, durationMs } = await compareRules(scenario, async (underRule, seed) => {
      const summary = await summaryOf(underRule, seed);
      expect(summary.endMs, underRule.retarget).toBe(5_400_000);
      return summary;
    });
    expect(durationMs).toBe(5_400_000);
    expect(new Set(runs.map(({ blocks }) => blocks)).size).toBeGreaterThan(1);
  });

  it("says nothing of what no run had", async () => {
    const nobody = "duration: 2h\nphases: [{ at: 0, label: nobody, hashrate_factor: 0 }]";
    const { rows } = await compareRules(scenarioOf(minersYaml([50, 50], nobody)), summaryOf);
    for (const row of rows) {
      expect(row).toMatchObject({
        blocks: 0,
        meanToPace: null,
        variation: null,
        burst: null,
        attackerShare: null,
        silentShare: expect.closeTo(116 / 120, 5),
      });
    }
  });
});

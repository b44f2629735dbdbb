import { describe, expect, it } from "vitest";
import { CodedError } from "../../kernel/errors.ts";
import { createRun } from "../create-run.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { summarise } from "../statistics/summarise.ts";
import type { RunSummary } from "../statistics/summary.ts";
import { finishRun, minersYaml, scenarioOf } from "../testing/run-yaml.ts";
import { expandSweep } from "./expand-sweep.ts";
import { runSweep, sweepRuns } from "./run-sweep.ts";

async function summaryOf(scenario: Scenario, seed: number): Promise<RunSummary> {
  return summarise(await finishRun(await createRun(scenario, seed)));
}

const EQUAL = [25, 25, 25, 25];
const THEORY = "rest: false\nretarget: fixed";

describe("runSweep", () => {
  it("loses more blocks the slower the news and the quicker the pace, as theory says", async () => {
    const scenario = scenarioOf(
      minersYaml(EQUAL, `blocks: 400\nseed: 1\ntopology: mesh\nlatency: { verify: 0 }\n${THEORY}`),
    );
    const sweep = expandSweep(scenario, [
      { name: "latency", values: [100, 800] },
      { name: "pace", values: [2_000, 20_000] },
    ]);
    const result = await runSweep(sweep, summaryOf);
    const [nearQuick, nearCalm, farQuick, farCalm] = result.rows.map((row) => row.staleRate);
    expect(farQuick).toBeGreaterThan(nearQuick ?? 1);
    expect(farCalm).toBeGreaterThan(nearCalm ?? 1);
    expect(nearQuick).toBeGreaterThan(nearCalm ?? 1);
    expect(farQuick).toBeGreaterThan(farCalm ?? 1);
    for (const { values, staleRate, found, theory, forkRate, blocks, ...row } of result.rows) {
      const { latency = 0, pace = 1 } = values;
      // Three quarters of the hash rate hear of a block one delay after it was found.
      const rivals = (0.75 * latency) / pace;
      expect(theory?.rivals, JSON.stringify(values)).toBeCloseTo(rivals, 3);
      const expected = rivals / (1 + rivals);
      const error = Math.sqrt((expected * (1 - expected)) / found);
      expect(Math.abs(staleRate - expected), JSON.stringify(values)).toBeLessThan(4 * error);
      const forks = 1 - Math.exp(-rivals);
      const forkError = Math.sqrt((forks * (1 - forks)) / blocks);
      expect(Math.abs((forkRate ?? 1) - forks), JSON.stringify(values)).toBeLessThan(4 * forkError);
      expect([row.propagationP50Ms, row.propagationP95Ms]).toEqual([latency, latency]);
      expect(row.attacker).toBeNull();
    }
  });

  it("puts the seeds of a point together, and is JSON-safe", async () => {
    const scenario = scenarioOf(
      minersYaml(EQUAL, "blocks: 60\npace: 2\nseeds: [3, 4]\nlatency: 400ms"),
    );
    const sweep = expandSweep(scenario, [{ name: "latency", values: [0, 800] }]);
    const labels: string[] = [];
    const summaries: RunSummary[] = [];
    const result = await runSweep(sweep, async (point, seed, label) => {
      labels.push(label);
      const summary = await summaryOf(point, seed);
      summaries.push(summary);
      return summary;
    });
    expect(sweepRuns(sweep)).toBe(4);
    expect(labels).toEqual([
      "latency 0 ms, seed 3",
      "latency 0 ms, seed 4",
      "latency 800 ms, seed 3",
      "latency 800 ms, seed 4",
    ]);
    expect(result).toMatchObject({ seeds: [3, 4], axes: [{ name: "latency", values: [0, 800] }] });
    expect(result.runs.map(({ seed, logHash }) => [seed, logHash])).toEqual(
      summaries.map(({ seed, logHash }) => [seed, logHash]),
    );
    const [, , a, b] = summaries;
    const row = result.rows[1];
    if (a === undefined || b === undefined || row === undefined) throw new Error("no rows");
    expect(row.blocks).toBe(a.blocks + b.blocks);
    expect(row.stale).toBe(a.forks.stale + b.forks.stale);
    expect(row.stale).toBeGreaterThan(5);
    expect(row.staleRate).toBeCloseTo(row.stale / (a.found + b.found), 5);
    expect(row.staleBand.low).toBeLessThan(row.staleRate);
    expect(row.staleBand.high).toBeGreaterThan(row.staleRate);
    expect(row.forkRate).toBeCloseTo((a.forks.heights + b.forks.heights) / row.blocks, 5);
    expect(row.deepest).toBe(Math.max(a.forks.deepest, b.forks.deepest));
    const turns = [...a.forks.reorgs, ...b.forks.reorgs];
    const total = turns.reduce((sum, { count }) => sum + count, 0);
    const given = turns.reduce((sum, { count, depth }) => sum + count * depth, 0);
    expect(row.meanDepth).toBeCloseTo(given / total, 5);
    const mean = ((a.blockTimes.sample?.mean ?? 0) + (b.blockTimes.sample?.mean ?? 0)) / 2;
    expect(row.meanBlockTimeMs).toBeCloseTo(mean, -1);
    expect(row.meanToPace).toBeCloseTo(mean / 2_000, 3);
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });

  it("puts a selfish miner beside the curve of Eyal and Sirer", async () => {
    const attack = "attackers: [{ agent: user000, kind: selfish }]";
    const scenario = scenarioOf(
      minersYaml(
        [30, 35, 35],
        `blocks: 1200\npace: 8\nlatency: { min: 0, max: 0, verify: 0 }\nseed: 1\n${THEORY}\n${attack}`,
      ),
    );
    const sweep = expandSweep(scenario, [{ name: "attacker", values: [10, 40] }]);
    const { rows } = await runSweep(sweep, summaryOf);
    expect(rows.map(({ attacker }) => attacker?.theory)).toEqual([
      expect.closeTo(0.0724, 3),
      expect.closeTo(0.5256, 3),
    ]);
    for (const { attacker, theory, values } of rows) {
      expect(attacker).toMatchObject({ kind: "selfish", alpha: (values.attacker ?? 0) / 100 });
      expect(Math.abs(attacker?.deviation ?? 9), `seed 1, ${values.attacker} %`).toBeLessThan(3);
      expect(theory).toBeNull();
    }
    const [weak, strong] = rows.map(({ attacker }) => attacker);
    expect(weak?.share).toBeLessThan(0.1);
    expect(strong?.share).toBeGreaterThan(0.4);
  });

  it("tests no attacker where the theory's assumptions do not hold, and knows none of other attacks", async () => {
    const lab = "blocks: 610\npace: 8\nattackers: [{ agent: user000, kind: KIND }]";
    const [selfish, hopper] = await Promise.all(
      ["selfish", "hopper"].map(async (kind) => {
        const scenario = scenarioOf(minersYaml([30, 70], lab.replace("KIND", kind)));
        const sweep = expandSweep(scenario, [{ name: "attacker", values: [30] }]);
        return (await runSweep(sweep, summaryOf)).rows[0]?.attacker;
      }),
    );
    expect(selfish).toMatchObject({ theory: expect.closeTo(0.327, 3), deviation: null });
    expect(hopper).toMatchObject({ kind: "hopper", theory: null, standardError: null });
  });

  it("ends with what a run rejects with", async () => {
    const scenario = scenarioOf(minersYaml(EQUAL, "blocks: 5\nseeds: [1, 2]"));
    const sweep = expandSweep(scenario, [{ name: "latency", values: [1, 2] }]);
    let runs = 0;
    const stopped = runSweep(sweep, async (point, seed) => {
      runs += 1;
      if (runs === 3) throw new CodedError("cancelled");
      return summaryOf(point, seed);
    });
    await expect(stopped).rejects.toMatchObject({ code: "cancelled" });
    expect(runs).toBe(3);
  });
});

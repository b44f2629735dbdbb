import { describe, expect, it } from "vitest";
import type { Scenario } from "../scenario/scenario.ts";
import { testExponential } from "./exponential.ts";
import { summarise } from "./summarise.ts";
import { makeAgent, makeRecord } from "./testing/make-record.ts";

const SEED = 4;

describe("summarise", () => {
  it("gives shares, bands and rewards in the configuration's order, JSON-safe", () => {
    const hashrates = [5, 60, 0, 35];
    const record = makeRecord({ seed: SEED, blocks: 100_000, hashrates });
    const summary = summarise(record);
    expect(summary.miners.map(({ id, hashrate }) => [id, hashrate])).toEqual([
      ["agent-0", 5],
      ["agent-1", 60],
      ["agent-3", 35],
    ]);
    for (const miner of summary.miners) {
      const tolerance = 4 * Math.sqrt((0.6 * 0.4) / 100_000);
      expect(Math.abs(miner.share - miner.hashrate / 100), `seed ${SEED}`).toBeLessThan(tolerance);
      expect(miner.inBand, `seed ${SEED}`).toBe(true);
      expect(miner.reward).toBe(miner.blocks * 3_000_000);
    }
    expect(summary.shareTest?.df).toBe(2);
    expect(summary.shareTest?.pValue, `seed ${SEED}`).toBeGreaterThan(0.01);
    expect(JSON.parse(JSON.stringify(summary))).toEqual(summary);
  });

  it("finds exponential block times exponential, behind their dead time", () => {
    const { blockTimes, stability } = summarise(
      makeRecord({ seed: SEED, blocks: 100_000, paceMs: 120_000 }),
    );
    expect(blockTimes.deadTimeMs).toBe(20_000);
    expect(blockTimes.sample?.mean).toBeGreaterThan(139_000);
    expect(blockTimes.sample?.mean).toBeLessThan(141_000);
    expect(blockTimes.fit?.pValue, `seed ${SEED}`).toBeGreaterThan(0.01);
    expect(blockTimes.histogram[0]?.count).toBe(0);
    const counted = blockTimes.histogram.reduce((sum, { count }) => sum + count, 0);
    const expected = blockTimes.histogram.reduce((sum, bin) => sum + (bin.expected ?? 0), 0);
    expect(counted).toBe(100_000);
    expect(expected).toBeCloseTo(100_000, 0);
    for (const bin of blockTimes.histogram) {
      expect(Math.abs(bin.count - (bin.expected ?? 0)), `seed ${SEED}`).toBeLessThan(450);
    }
    expect(stability.variation).toBeCloseTo(120 / 140, 2);
    expect(stability.meanToPace).toBeCloseTo(140 / 120, 2);
  });

  it("does not find even times exponential, nor a mean that is 5 % off", () => {
    const even = Array.from({ length: 1_000 }, (_, index) => (index / 1_000) * 120);
    expect(testExponential(even, 60)?.pValue).toBeLessThan(1e-6);
    const slow = makeRecord({ seed: SEED, blocks: 20_000, slowness: 1.05 });
    const work = slow.canon.work.map((hashes) => hashes / 1.05);
    const { blockTimes } = summarise({ ...slow, canon: { ...slow.canon, work } });
    expect(blockTimes.fit?.pValue).toBeLessThan(0.001);
  });

  it("tests no fit where none is promised, and expects nothing of the controller's clock", () => {
    expect(summarise(makeRecord({ scenario: { retarget: "relief" } })).blockTimes.fit).toBeNull();
    expect(summarise(makeRecord({ scenario: { rest: true } })).blockTimes.fit).toBeNull();
    const { blockTimes } = summarise(makeRecord({ scenario: { engine: "controller" } }));
    expect([blockTimes.fit, blockTimes.deadTimeMs]).toEqual([null, 0]);
    expect(blockTimes.histogram.every(({ expected }) => expected === null)).toBe(true);
  });

  it("counts silence, the end of the run included", () => {
    const foundMs = Float64Array.of(60_000, 360_000);
    const empty = makeRecord({ blocks: 2 });
    const { stability } = summarise({
      ...empty,
      endMs: 1_000_000,
      canon: { ...empty.canon, foundMs, timestampMs: foundMs },
    });
    // Gaps of 60, 300 and 640 s, of which 60 and 400 s are beyond four minutes.
    expect(stability).toMatchObject({ worstGapMs: 640_000, silentShare: 0.46, meanToPace: 3 });
  });

  it("finds the rush: most blocks in 60 paces, wherever these begin", () => {
    const burstOf = (minutes: readonly number[], endMs = 86_400_000): number | null => {
      const foundMs = Float64Array.from(minutes, (minute) => minute * 60_000);
      const record = makeRecord({ blocks: minutes.length });
      const canon = { ...record.canon, foundMs, timestampMs: foundMs };
      return summarise({ ...record, endMs, canon }).stability.burst;
    };
    const everyMinute = Array.from({ length: 300 }, (_, index) => index + 1);
    expect(burstOf(everyMinute)).toBe(1);
    // 30 more within the half hour after 100½ min: 90 blocks from 71 min on, as from 100 min on.
    const rush = Array.from({ length: 30 }, (_, index) => 100.5 + index);
    expect(burstOf([...everyMinute, ...rush].toSorted((a, b) => a - b))).toBe(1.5);
    // The second is 60 paces after the first, so that no stretch holds both.
    expect(burstOf([1, 61])).toBeCloseTo(1 / 60, 5);
    expect(burstOf([1, 60.9])).toBeCloseTo(2 / 60, 5);
    expect(burstOf([])).toBeNull();
    expect(burstOf([1, 2], 3_599_999)).toBeNull();
  });

  it("describes forks, refusals, connections and payments", () => {
    const record = makeRecord({
      blocks: 95,
      scenario: { success: { ...makeRecord().scenario.success, minTransactionsIncluded: 4 } },
      record: {
        endMs: makeRecord().endMs,
        stale: 5,
        forks: 4,
        reorgDepths: [0, 7, 0, 1],
        degrees: Int32Array.of(0, 0, 0, 4),
        transactions: { created: 9, broadcast: 5, included: 3, unfunded: 2 },
        refusals: { "bad-coinbase": 6 },
        poolSize: 60,
        synced: 0.5,
        series: {
          ...makeRecord().series,
          pool: Float64Array.of(0, 70, 60),
          spread: Float64Array.of(0, 0, 11),
          hashrate: Float64Array.of(1, 0, 1),
        },
      },
    });
    const { forks, gini, transactions, criteria, success, alerts } = summarise(record);
    expect(forks).toMatchObject({
      stale: 5,
      staleRate: 0.05,
      heights: 4,
      deepest: 3,
      reorgs: [
        { depth: 1, count: 7 },
        { depth: 3, count: 1 },
      ],
    });
    expect(gini.connections).toBe(0.75);
    expect(transactions).toEqual({
      created: 9,
      broadcast: 5,
      included: 3,
      unfunded: 2,
      waiting: 60,
    });
    expect([success, ...criteria.map(({ name, pass }) => [name, pass])]).toEqual([
      false,
      ["blocks_created", true],
      ["blocks_propagated", false],
      ["transactions_created_broadcast", true],
      ["transactions_in_blocks", false],
    ]);
    expect(alerts.map(({ name, value }) => [name, value])).toEqual([
      ["no-miners", 0],
      ["full-pool", 70],
      ["low-sync", 0.5],
      ["height-spread", 11],
      ["refused-blocks", 6],
    ]);
  });

  it("raises no alert for a quiet run, and one when nobody mines at all", () => {
    expect(summarise(makeRecord())).toMatchObject({ alerts: [], success: true });
    const nobody = summarise(makeRecord({ blocks: 0, hashrates: [0, 0] }));
    expect(nobody.alerts.map(({ name }) => name)).toEqual(["no-miners"]);
    expect(nobody).toMatchObject({ miners: [], success: false, shareTest: null, blocks: 0 });
    expect(JSON.parse(JSON.stringify(nobody))).toEqual(nobody);
  });

  it("compares a selfish miner with the theory, only where it applies", () => {
    const agents = [40, 60].map((hashrate, index) => makeAgent(index, hashrate, 100));
    const attack = { kind: "selfish", fromMs: 0, depth: 0 } as const;
    const [first, ...others] = agents.map((agent, index) =>
      index === 0 ? { ...agent, attack } : agent,
    );
    const scenario = { agents: first ? [first, ...others] : [] };
    const record = makeRecord({
      seed: SEED,
      blocks: 6_000,
      paceMs: 40_000,
      hashrates: [40, 60],
      scenario,
    });
    const [selfish] = summarise(record).selfish;
    expect(selfish).toMatchObject({ id: "agent-0", alpha: 0.4, comparable: true, threshold: 0.25 });
    expect(selfish?.theory).toBeCloseTo(0.1808 / 0.344, 6);
    // Independent blocks: √(0.4 · 0.6 ÷ 6000) = 0.0063.
    expect(selfish?.standardError, `seed ${SEED}`).toBeGreaterThan(0.004);
    expect(selfish?.standardError, `seed ${SEED}`).toBeLessThan(0.009);
    expect(selfish?.pValue, `seed ${SEED}`).toBeLessThan(0.001);
    expect(selfish).toMatchObject({ unmet: [], deadTimeMs: 0, delayMs: 25 });
    const unmet = (changes: Partial<Scenario>, paceMs = 40_000): readonly string[] => {
      const options = { blocks: 100, hashrates: [40, 60], paceMs };
      const [one] = summarise(
        makeRecord({ ...options, scenario: { ...scenario, ...changes } }),
      ).selfish;
      expect(one).toMatchObject({ comparable: false, pValue: null, standardError: null });
      return one?.unmet ?? [];
    };
    expect(unmet({ rest: true })).toEqual(["no-rest"]);
    expect(unmet({ retarget: "relief" })).toEqual(["fixed-difficulty"]);
    expect(unmet({}, 40_004)).toEqual(["no-dead-time"]);
    // The records' mean delay is 25 ms.
    expect(unmet({}, 2_499)).toEqual(["no-delay"]);
    expect(unmet({ engine: "controller" }, 600_000)).toEqual(["autonomous"]);
    expect(unmet({ phases: [{ atMs: 1, label: "" }] })).toEqual(["steady"]);
  });
});

import { describe, expect, it } from "vitest";
import type { RunRecord } from "../run.ts";
import type { Agent, Scenario } from "../scenario/scenario.ts";
import { finishRun } from "../testing/run-yaml.ts";
import { MIN_INTERVAL_MS } from "./check-scenario.ts";
import { createControllerRun } from "./controller-run.ts";
import { agent, controllerScenario, miners } from "./testing/scenarios.ts";

/** Short, so that the peers' own clocks ring seldom in between. */
const INTERVAL_MS = 9_000;

async function play(
  agents: readonly Agent[],
  fields: Partial<Scenario> = {},
  seed = 12_345,
): Promise<RunRecord> {
  const run = await createControllerRun(
    controllerScenario(agents, { paceMs: INTERVAL_MS, ...fields }),
    seed,
  );
  const record = await finishRun(run);
  await run.close();
  return record;
}

const blocks = (count: number): Partial<Scenario> => ({
  stop: { blocks: count, durationMs: 86_400_000 },
});
const sum = (numbers: Iterable<number>): number => [...numbers].reduce((a, b) => a + b, 0);

describe("a run of the block controller", () => {
  it("makes one block an interval, and everybody has each of them", async () => {
    const record = await play(miners(60, 40), { ...blocks(10), peers: 3 });
    expect([...record.canon.foundMs]).toEqual(
      Array.from({ length: 10 }, (_, height) => (height + 1) * INTERVAL_MS),
    );
    expect(record.canon.timestampMs).toEqual(record.canon.foundMs);
    expect(record).toMatchObject({ synced: 1, heightSpread: 0, stale: 0, forks: 0, refusals: {} });
    expect(record.agents.map(({ found }) => found)).toEqual(
      record.agents.map(({ blocks }) => blocks),
    );
    expect(sum(record.agents.map(({ blocks }) => blocks))).toBe(10);
    expect(record.agents.map(({ expected }) => expected)).toEqual([
      expect.closeTo(6, 9),
      expect.closeTo(4, 9),
    ]);
    expect(record.agents[0]?.variance).toBeCloseTo(10 * 0.6 * 0.4, 9);
    // Each of the other two peers took each block, within a few crossings of the mesh.
    expect(record.propagationMs).toHaveLength(20);
    expect(Math.min(...record.propagationMs)).toBeGreaterThanOrEqual(20);
    expect(Math.max(...record.propagationMs)).toBeLessThan(2_000);
  });

  it("[TRK-1] [DIF-1] is not distorted by the author's rest: one miner alone makes every block, at constant work", async () => {
    const record = await play(miners(100), { ...blocks(12), peers: 2 });
    expect(record.refusals).toEqual({});
    expect([...record.canon.miner]).toEqual(Array(12).fill(0));
    expect(new Set(record.canon.work)).toEqual(new Set([1]));
    expect(record.agents[0]).toMatchObject({ found: 12, blocks: 12, expected: 12, variance: 0 });
  });

  it("[RWD-1] [RWD-2] tells what each miner earned, to the unit", async () => {
    const record = await play(miners(50, 50), blocks(6));
    let emitted = 0n;
    for (let height = 0; height < 6; height++) emitted += (20_000_000_000_000n - emitted) / 20_000n;
    expect(sum(record.agents.map(({ consumer }) => consumer))).toBe(Number(emitted));
    expect(sum(record.agents.map(({ industrial }) => industrial))).toBe(Number(emitted));
  });

  it("gives the same log for the same seed, in steps of any size, and another for another seed", async () => {
    const scenario = controllerScenario(miners(50, 30, 20), {
      paceMs: INTERVAL_MS,
      ...blocks(5),
    });
    const hashOf = async (seed: number, work: number): Promise<string> => {
      const run = await createControllerRun(scenario, seed);
      while (!(await run.advance(work)));
      const { logHash, logEvents } = run.record();
      await run.close();
      expect(logEvents).toBeGreaterThan(20);
      return logHash;
    };
    const first = await hashOf(1, 100_000);
    expect(await hashOf(1, 7)).toBe(first);
    expect(await hashOf(2, 100_000)).not.toBe(first);
  });

  it("lets users pay once a miner has given them something, and counts what they could not", async () => {
    const user = agent("user", {
      user: { transactionIntervalMs: 4_000, minAmount: 1, maxAmount: 2_000_000 },
    });
    const record = await play([...miners(100), user], blocks(8));
    const { transactions, agents } = record;
    expect(transactions.unfunded).toBeGreaterThan(0);
    expect(agents[0]).toMatchObject({ created: 1, included: 1 });
    expect(agents[1]?.created).toBeGreaterThan(2);
    expect(transactions.created).toBe(sum(agents.map(({ created }) => created)));
    expect(transactions.broadcast).toBe(transactions.created);
    // The last may have been signed after the tracker's last seal.
    expect(transactions.created - transactions.included).toBeLessThanOrEqual(2);
    expect(transactions.included).toBe(sum(agents.map(({ included }) => included)));
  });

  it("lets a solo miner behave as a user, from its own rewards", async () => {
    const user = { transactionIntervalMs: 3_000, minAmount: 1, maxAmount: 1_000 };
    const [solo] = miners(1).map((each) => ({ ...each, isSolo: true, user }));
    const record = await play([solo ?? agent(""), agent("friend")], blocks(4));
    // Its first block pays it; nobody gave it anything.
    expect(record.agents[0]?.created).toBeGreaterThan(1);
    expect(record.agents[1]).toMatchObject({ created: 0, found: 0, expected: 0 });
  });

  it("[FRK-2] splits into two stories while the mesh is cut, and gives one of them up when it heals", async () => {
    const record = await play(miners(50, 50), {
      ...blocks(14),
      peers: 4,
      phases: [
        { atMs: 3 * INTERVAL_MS + 1_000, label: "cut", groups: 2 },
        { atMs: 11 * INTERVAL_MS + 1_000, label: "healed", groups: 1 },
      ],
    });
    expect(record.stale).toBeGreaterThan(0);
    expect(record.forks).toBeGreaterThan(0);
    expect(sum(record.reorgDepths)).toBeGreaterThan(0);
    expect(record.synced).toBe(1);
    expect(sum(record.agents.map(({ found }) => found))).toBe(14 + record.stale);
    expect(Math.max(...record.series.spread)).toBeGreaterThan(0);
  });

  it("chooses only among those who are there, by the hash rates of the present phase", async () => {
    const record = await play(miners(50, 50), {
      ...blocks(9),
      phases: [
        { atMs: 1_000, label: "alone", online: { "miner-1": false } },
        { atMs: 3 * INTERVAL_MS + 1_000, label: "back", online: { "miner-1": true } },
        {
          atMs: 6 * INTERVAL_MS + 1_000,
          label: "weak",
          hashrates: { "miner-1": 0 },
          hashrateFactor: 2,
        },
      ],
    });
    const byMiner = [...record.canon.miner];
    expect(byMiner.slice(0, 3)).toEqual([1, 1, 1]);
    expect(byMiner.slice(6)).toEqual([1, 1, 1]);
    expect(record.agents[0]?.expected).toBe(1.5);
    expect(record.agents[0]?.variance).toBe(0.75);
    expect(Math.min(...record.series.online)).toBe(1);
    // Half of the start's rate while one is away; twice the rate of the other at the end.
    expect(Math.min(...record.series.hashrate)).toBe(500_000);
    expect(record.series.hashrate.at(-1)).toBe(1_000_000);
    expect(record.synced).toBe(1);
  });

  it("lets intervals pass while nobody is there who mines, and discovery tells who is", async () => {
    const run = await createControllerRun(
      controllerScenario(miners(100), {
        paceMs: INTERVAL_MS,
        peers: 2,
        ...blocks(3),
        phases: [
          { atMs: INTERVAL_MS + 1_000, label: "home", online: { "miner-1": false } },
          { atMs: 3 * INTERVAL_MS + 1_000, label: "back", online: { "miner-1": true } },
        ],
      }),
      1,
    );
    while (run.progress().simulatedMs < 2 * INTERVAL_MS) await run.advance(1);
    expect(run.discovery.getAgentById("miner-1").isOnline).toBe(false);
    const { refusals, canon } = await finishRun(run);
    expect(refusals).toEqual({ "no-miners": 2 });
    expect([...canon.foundMs]).toEqual([1, 4, 5].map((n) => n * INTERVAL_MS));
    const [miner] = run.discovery.getMinerAgents();
    expect(miner).toMatchObject({ id: "miner-1", weight: 1 });
    expect(miner?.walletAddress).toMatch(/^[0-9a-f]{64}$/);
    await run.close();
  });

  it("brings tabs that went back with what they had, and they catch up", async () => {
    const record = await play(miners(100), {
      ...blocks(10),
      peers: 3,
      churn: { who: "readers", meanSessionMs: 15_000, meanAbsenceMs: 10_000 },
    });
    expect(new Set(record.series.online).size).toBeGreaterThan(1);
    expect(record.agents[0]?.blocks).toBe(10);
    expect(record.synced).toBe(1);
  });

  it("counts a refusal and lets the interval pass: a miner that does not know yet whether it is alone", async () => {
    const record = await play(miners(100), { ...blocks(3), paceMs: MIN_INTERVAL_MS });
    expect(record.refusals).toEqual({ "not-synced": 1 });
    expect([...record.canon.foundMs]).toEqual([2, 3, 4].map((n) => n * MIN_INTERVAL_MS));
    // The interval without a block raised nobody's expectation.
    expect(record.agents[0]?.expected).toBe(3);
  });

  it("ends by the time as well, tells how far it is, and its record stays after it was closed", async () => {
    const run = await createControllerRun(
      controllerScenario(miners(100), {
        paceMs: INTERVAL_MS,
        peers: 2,
        stop: { blocks: 1_000, durationMs: 30_000 },
      }),
      5,
    );
    expect(run.progress()).toEqual({ done: 0, simulatedMs: 0, height: 0, found: 0 });
    while (run.progress().height < 2) await run.advance(1);
    expect(run.progress()).toMatchObject({ simulatedMs: 18_000, found: 2, done: 0.6 });
    expect(run.record().canon.miner).toHaveLength(2);
    await finishRun(run);
    expect(run.progress()).toMatchObject({ simulatedMs: 30_000, height: 3, done: 1 });
    const { logHash } = run.record();
    await run.close();
    expect(run.record()).toMatchObject({ logHash, endMs: 30_000, synced: 1 });
    expect(await run.advance(1)).toBe(true);
  });

  it("refuses a scenario that it cannot play", async () => {
    await expect(
      createControllerRun(controllerScenario(miners(100), { paceMs: 1_000 }), 1),
    ).rejects.toMatchObject({ code: "controller-interval-too-short" });
  });
});

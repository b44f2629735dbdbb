import { describe, expect, it } from "vitest";
import { createRun } from "../create-run.ts";
import { GOLDEN_RUN, goldenRun } from "../testing/golden-run.ts";
import { finishRun, minersYaml, runYaml, scenarioOf } from "../testing/run-yaml.ts";
import { createAutonomousRun } from "./autonomous-run.ts";

const TEN = Array.from({ length: 10 }, () => 10);

describe("a run of autonomous miners", () => {
  it("is the same for the same seed, however it is sliced, and another for another", async () => {
    const scenario = scenarioOf(minersYaml(TEN, "blocks: 200"));
    const whole = await finishRun(await createRun(scenario, 1));
    const sliced = await finishRun(await createRun(scenario, 1), 7);
    const other = await finishRun(await createRun(scenario, 2));
    expect(sliced.logHash).toBe(whole.logHash);
    expect(sliced.canon).toEqual(whole.canon);
    expect(sliced.agents).toEqual(whole.agents);
    expect(other.logHash).not.toBe(whole.logHash);
  });

  it("gives the golden log, as it must in every engine", async () => {
    const { logHash, logEvents } = await goldenRun();
    expect({ logHash, logEvents }).toEqual(GOLDEN_RUN);
  });

  it("gives every block of the best chain to one miner, and pays for it", async () => {
    const { agents, canon, stale } = await runYaml(minersYaml([50, 30, 20], "blocks: 300"));
    const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
    expect(sum(agents.map(({ blocks }) => blocks))).toBe(300);
    expect(canon.miner.length).toBe(300);
    expect(sum(agents.map(({ found }) => found))).toBe(300 + stale);
    expect(sum(agents.map(({ expected }) => expected))).toBeCloseTo(300 + stale, 6);
    for (const { blocks, consumer } of agents) expect(consumer > 0).toBe(blocks > 0);
  });

  it("lets no author follow itself within two paces, unless rest is switched off [TRK-1]", async () => {
    const pairs = async (lab: string): Promise<number> => {
      const { canon } = await runYaml(minersYaml([60, 40], `blocks: 400\n${lab}`));
      let early = 0;
      for (let index = 1; index < canon.miner.length; index++) {
        const gapMs = (canon.timestampMs[index] ?? 0) - (canon.timestampMs[index - 1] ?? 0);
        if (canon.miner[index] === canon.miner[index - 1] && gapMs < 120_000) early++;
      }
      return early;
    };
    expect(await pairs("rest: true")).toBe(0);
    expect(await pairs("rest: false")).toBeGreaterThan(50);
  });

  it("forks more when the network is slower than the pace", async () => {
    const staleRate = async (latency: string): Promise<number> => {
      const { stale } = await runYaml(
        minersYaml(TEN, `blocks: 1000\npace: 4\nrest: false\nlatency: ${latency}`),
      );
      return stale / (1_000 + stale);
    };
    const [quick, slow] = [await staleRate("10"), await staleRate("400")];
    expect(quick).toBeLessThan(0.02);
    expect(slow).toBeGreaterThan(0.05);
  });

  it("catches up with what was missed while away, and heals a split mesh to one chain", async () => {
    const record = await runYaml(
      minersYaml(
        TEN,
        `blocks: 400
pace: 60
phases:
  - { at: 1h, label: split, groups: 2 }
  - { at: 2h, label: healed, groups: 1 }
  - { at: 3h, label: away, online: { user003: false } }
  - { at: 4h, label: back, online: { user003: true } }`,
      ),
    );
    expect(record.synced).toBe(1);
    // An hour of two halves: one of them gave up dozens of blocks at once.
    expect(record.reorgDepths.length).toBeGreaterThan(15);
  });

  it("comes and goes with churn and keeps one chain", async () => {
    const record = await runYaml(
      minersYaml(TEN, "blocks: 300\nchurn: { who: all, mean_session: 20m, mean_absence: 20m }"),
    );
    expect(Math.min(...record.series.online)).toBeLessThan(8);
    expect(record.canon.miner.length).toBe(300);
    expect(record.synced).toBe(1);
  });

  it("refuses what a cheat claims, in everybody's name [RWD-2]", async () => {
    const record = await runYaml(
      minersYaml([30, 70], "blocks: 200\nattackers: [{ agent: user000, kind: cheat }]"),
    );
    expect(record.refusals["bad-coinbase"]).toBe(record.agents[0]?.found);
    expect(record.agents[0]?.found).toBeGreaterThan(20);
    expect(record.agents[0]?.blocks).toBe(0);
  });

  it("lets a majority rewrite what a minority could not", async () => {
    const deepest = async (hashrate: number): Promise<number> => {
      const attack = "attackers: [{ agent: user000, kind: majority, from: 30m, depth: 6 }]";
      const { reorgDepths } = await runYaml(
        minersYaml([hashrate, 100 - hashrate], `blocks: 400\nrest: false\n${attack}`),
      );
      return reorgDepths.length - 1;
    };
    expect(await deepest(60)).toBeGreaterThanOrEqual(6);
    expect(await deepest(10)).toBeLessThan(6);
  });

  it("lets a hopper mine only while it is easier than at the start", async () => {
    const record = await runYaml(
      minersYaml([20, 80], "blocks: 400\nattackers: [{ agent: user000, kind: hopper }]"),
    );
    expect(record.agents[0]?.blocks).toBeGreaterThan(0);
    const first = scenarioOf(minersYaml([20, 80], "")).totalHashesPerSecond * 60;
    const its = record.canon.work.filter((_, index) => record.canon.miner[index] === 0);
    expect(Math.max(...its)).toBeLessThan(first);
  });

  it("carries payments from users to blocks, and counts those without funds", async () => {
    const yaml = `agents:
  user_agents:
    - { is_miner: true, attributes: { hashrate: "60" } }
    - { is_miner: true, attributes: { hashrate: "40" } }
    - user_script: agents.regular_user
      attributes: { transaction_interval: "60", min_transaction_amount: "0.5", max_transaction_amount: "2.0" }
lab: { blocks: 150, latency: 50 }
`;
    const { transactions, agents } = await runYaml(yaml);
    expect(transactions.created).toBeGreaterThan(50);
    // What was made just before the end may still be on its way or waiting.
    expect(transactions.broadcast).toBeGreaterThan(transactions.created - 5);
    expect(transactions.included).toBeGreaterThan(transactions.created - 10);
    expect(transactions.unfunded).toBeGreaterThan(0);
    expect(agents[2]?.created).toBeGreaterThan(0);
  });

  it("takes blocks from ahead of the clock only when they are due [HDR-6]", async () => {
    const { canon } = await runYaml(
      minersYaml([50, 50], "blocks: 200\nattackers: [{ agent: user000, kind: time-shift }]"),
    );
    let ahead = 0;
    canon.timestampMs.forEach((stampMs, index) => {
      const early = stampMs - (canon.foundMs[index] ?? 0);
      expect(early).toBeLessThanOrEqual(10_000);
      if (early > 9_000) ahead++;
    });
    expect(ahead).toBeGreaterThan(20);
  });

  it("refuses a run that would not fit into memory, before it begins", () => {
    const scenario = scenarioOf(minersYaml(TEN, ""));
    const huge = { ...scenario, peers: 20_000, stop: { blocks: 900_000, durationMs: 1e13 } };
    expect(() => createAutonomousRun(huge, 1)).toThrow("run-too-large");
    const long = { ...scenario, stop: { blocks: 10_000_000, durationMs: 1e13 } };
    expect(() => createAutonomousRun(long, 1)).toThrow("run-too-large");
  });

  it("ends a run that finds more blocks than fit, with the reason", async () => {
    const scenario = scenarioOf(
      minersYaml(TEN, "duration: 1h\nphases: [{ at: 1m, label: crowd, hashrate_factor: 1000 }]"),
    );
    const run = createAutonomousRun(scenario, 1, 60);
    await expect(finishRun(run)).rejects.toThrow("run-too-large");
  });
});

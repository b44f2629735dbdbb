/**
 * Run records for tests, made by chance alone as the autonomous engine would: a weighted miner for each
 * block after a dead time and an exponential wait.
 *
 * @module
 */

import { createRandom } from "../../random/random.ts";
import type { AgentRecord, RunRecord } from "../../run.ts";
import type { Agent, Scenario } from "../../scenario/scenario.ts";
import { weighted } from "../../testing/weighted.ts";

/** What a test may choose. */
export interface RecordOptions {
  readonly seed?: number;
  readonly blocks?: number;
  readonly hashrates?: readonly number[];
  readonly paceMs?: number;
  /** Mean wait ÷ pace. */
  readonly slowness?: number;
  readonly scenario?: Partial<Scenario>;
  readonly record?: Partial<RunRecord>;
}

/** An agent that mines, or reads with hash rate 0. */
export function makeAgent(index: number, hashrate: number, total: number): Agent {
  return {
    id: `agent-${index}`,
    isMiner: hashrate > 0,
    hashrate,
    weight: total > 0 ? hashrate / total : 0,
    isSolo: false,
    user: null,
    attack: null,
    daemon: "",
    wallet: "",
    userScript: "",
    attributes: {},
  };
}

/** A complete scenario with one miner for each hash rate. */
export function makeScenario(
  hashrates: readonly number[],
  paceMs: number,
  changes: Partial<Scenario> = {},
): Scenario {
  const total = hashrates.reduce((sum, hashrate) => sum + hashrate, 0);
  return {
    name: "test",
    description: "",
    engine: "autonomous",
    seeds: [1],
    paceMs,
    retarget: "fixed",
    rest: false,
    totalHashesPerSecond: 1_000,
    initialTarget: null,
    maxTarget: null,
    trace: null,
    stop: { blocks: 1_000, durationMs: Number.MAX_SAFE_INTEGER },
    agents: hashrates.map((hashrate, index) => makeAgent(index, hashrate, total)),
    peers: hashrates.length,
    topology: { kind: "mesh", degree: 0 },
    latency: { minMs: 0, maxMs: 0, verifyMs: 0 },
    churn: null,
    phases: [],
    soloMinerThreshold: 0,
    success: {
      minBlocks: 1,
      minSynced: 0.9,
      minTransactionsIncluded: 0,
      maxHeightSpread: 10,
      maxPool: 50,
    },
    ...changes,
  };
}

/** A record of chance alone. */
export function makeRecord(options: RecordOptions = {}): RunRecord {
  const { seed = 1, blocks = 1_000, hashrates = [50, 30, 20], paceMs = 60_000 } = options;
  const scenario = makeScenario(hashrates, paceMs, options.scenario);
  const random = createRandom(seed, "statistics-test");
  const weights = scenario.agents.map(({ weight }) => weight);
  const meanWaitMs = paceMs * (options.slowness ?? 1);
  const deadMs = Math.max(0, Math.floor(paceMs / 4) - Math.min(10_000, paceMs));
  const miner = new Int32Array(blocks);
  const foundMs = new Float64Array(blocks);
  let nowMs = 0;
  for (let index = 0; index < blocks; index += 1) {
    nowMs += deadMs + random.exponential() * meanWaitMs;
    miner[index] = weighted(random, weights);
    foundMs[index] = nowMs;
  }
  const agents = weights.map((weight, index): AgentRecord => {
    const own = miner.filter((other) => other === index).length;
    return {
      found: own,
      blocks: own,
      expected: blocks * weight,
      variance: blocks * weight * (1 - weight),
      consumer: own * 1_000_000,
      industrial: own * 2_000_000,
      created: 0,
      included: 0,
    };
  });
  const atMs = Float64Array.of(0, nowMs / 2, nowMs);
  return {
    scenario,
    seed,
    endMs: nowMs,
    agents,
    canon: {
      miner,
      foundMs,
      timestampMs: foundMs,
      work: new Float64Array(blocks).fill((scenario.totalHashesPerSecond * meanWaitMs) / 1_000),
    },
    series: {
      atMs,
      height: Float64Array.of(0, blocks / 2, blocks),
      work: Float64Array.of(60_000, 60_000, 60_000),
      hashrate: Float64Array.of(1_000, 1_000, 1_000),
      online: new Float64Array(3).fill(scenario.peers),
      stale: new Float64Array(3),
      spread: new Float64Array(3),
      pool: new Float64Array(3),
    },
    stale: 0,
    reorgDepths: [],
    forks: 0,
    propagationMs: Float64Array.of(10, 20, 30, 40),
    degrees: Int32Array.of(2, 2, 2),
    transactions: { created: 0, broadcast: 0, included: 0, unfunded: 0 },
    refusals: {},
    synced: 1,
    heightSpread: 0,
    poolSize: 0,
    logHash: "ab".repeat(32),
    logEvents: blocks,
    ...options.record,
  };
}

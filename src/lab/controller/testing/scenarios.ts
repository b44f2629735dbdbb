/**
 * Scenarios for the tests of the controller, as the parser completes them.
 *
 * @module
 */
import type { Agent, Scenario } from "../../scenario/scenario.ts";

/** An agent that does nothing until told what. */
export function agent(id: string, fields: Partial<Agent> = {}): Agent {
  return {
    id,
    isMiner: false,
    hashrate: 0,
    weight: 0,
    isSolo: false,
    user: null,
    attack: null,
    daemon: "monerod",
    wallet: "monero-wallet-rpc",
    userScript: "",
    attributes: {},
    ...fields,
  };
}

/** Miners with these hash rates, in per cent. */
export function miners(...hashrates: readonly number[]): readonly Agent[] {
  const total = hashrates.reduce((sum, hashrate) => sum + hashrate, 0);
  return hashrates.map((hashrate, index) =>
    agent(`miner-${index + 1}`, {
      isMiner: true,
      hashrate,
      weight: total === 0 ? 0 : hashrate / total,
    }),
  );
}

/** A scenario for the controller with these agents. */
export function controllerScenario(
  agents: readonly Agent[],
  fields: Partial<Scenario> = {},
): Scenario {
  return {
    name: "test",
    description: "",
    engine: "controller",
    seeds: [12_345],
    paceMs: 120_000,
    retarget: "relief",
    rest: true,
    totalHashesPerSecond: 1_000_000,
    initialTarget: null,
    maxTarget: null,
    trace: null,
    stop: { blocks: 20, durationMs: 86_400_000 },
    agents,
    peers: agents.length,
    topology: { kind: "mesh", degree: 4 },
    latency: { minMs: 20, maxMs: 200, verifyMs: 5 },
    churn: null,
    phases: [],
    soloMinerThreshold: 2,
    success: {
      minBlocks: 1,
      minSynced: 0.95,
      minTransactionsIncluded: 1,
      maxHeightSpread: 10,
      maxPool: 50,
    },
    ...fields,
  };
}

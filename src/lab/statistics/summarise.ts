/**
 * Makes the figures of a run from its record.
 *
 * @module
 */
import type { AgentRecord, RunRecord } from "../run.ts";
import type { AttackName } from "../scenario/scenario.ts";
import { blockTimesOf, stabilityOf } from "./block-times.ts";
import { withShortFigures } from "./figures.ts";
import { forkTheoryOf } from "./fork-theory.ts";
import { giniOf } from "./gini.ts";
import { giniByChance } from "./gini-by-chance.ts";
import { expectedBand, wilsonInterval } from "./proportions.ts";
import { sampleOf } from "./sample.ts";
import { selfishOf } from "./selfish-summary.ts";
import { testShares } from "./share-test.ts";
import { alertsOf, criteriaOf } from "./success.ts";
import type { ForkSummary, MinerSummary, RunSummary } from "./summary.ts";

const NOTHING: AgentRecord = {
  found: 0,
  blocks: 0,
  expected: 0,
  variance: 0,
  consumer: 0,
  industrial: 0,
  created: 0,
  included: 0,
};

/** Attacks that keep blocks that were found from the best chain, or put others' aside. */
const BEYOND_CHANCE: readonly (AttackName | undefined)[] = ["selfish", "majority", "cheat"];

function minersOf({ scenario, agents, canon }: RunRecord): readonly MinerSummary[] {
  const blocks = canon.miner.length;
  // Every block found counts here, those that were refused too: it could have been anybody's.
  const found = agents.reduce((sum, { expected }) => sum + expected, 0);
  const isByChance =
    scenario.trace === null &&
    !scenario.agents.some(({ attack }) => BEYOND_CHANCE.includes(attack?.kind));
  return scenario.agents.flatMap((agent, index) => {
    if (!agent.isMiner) return [];
    const did = agents[index] ?? NOTHING;
    const expectedShare = found === 0 ? agent.weight : did.expected / found;
    const variance = found === 0 ? 0 : did.variance / found;
    const share = blocks === 0 ? 0 : did.blocks / blocks;
    const band = expectedBand(blocks, expectedShare, variance);
    return [
      {
        id: agent.id,
        hashrate: agent.hashrate,
        weight: agent.weight,
        blocks: did.blocks,
        reward: did.consumer + did.industrial,
        rewardConsumer: did.consumer,
        rewardIndustrial: did.industrial,
        found: did.found,
        expectedShare,
        share,
        band,
        inBand: isByChance ? share >= band.low && share <= band.high : null,
        attack: agent.attack?.kind ?? null,
      },
    ];
  });
}

function forksOf(record: RunRecord): ForkSummary {
  const { stale, canon, forks, reorgDepths } = record;
  const found = canon.miner.length + stale;
  const reorgs = reorgDepths.flatMap((count, depth) => (count > 0 ? [{ depth, count }] : []));
  return {
    stale,
    staleRate: found === 0 ? 0 : stale / found,
    staleBand: wilsonInterval(stale, found),
    heights: forks,
    reorgs,
    deepest: reorgs.at(-1)?.depth ?? 0,
    theory: forkTheoryOf(record),
  };
}

/** The figures of a run. Works on the record of a run that is still under way too. */
export function summarise(record: RunRecord): RunSummary {
  const { scenario, seed, endMs, canon, logHash, logEvents, transactions, refusals } = record;
  const miners = minersOf(record);
  const blockTimes = blockTimesOf(record);
  const criteria = criteriaOf(record);
  const { name, description, paceMs, retarget, rest, peers, totalHashesPerSecond } = scenario;
  const tracedFinds = scenario.trace?.length ?? null;
  return withShortFigures<RunSummary>({
    format: "fabula-lab-run/1",
    scenario: {
      name,
      description,
      paceMs,
      retarget,
      rest,
      peers,
      totalHashesPerSecond,
      tracedFinds,
    },
    engine: scenario.engine,
    seed,
    logHash,
    logEvents,
    endMs,
    blocks: canon.miner.length,
    found: canon.miner.length + record.stale,
    miners,
    shareTest: tracedFinds === null ? testShares(record.agents) : null,
    blockTimes,
    work: sampleOf(canon.work),
    stability: stabilityOf(record, blockTimes),
    forks: forksOf(record),
    propagation: sampleOf(record.propagationMs),
    gini: {
      rewards: giniOf(miners.map(({ reward }) => reward)),
      byChance:
        tracedFinds === null
          ? giniByChance(
              canon.miner.length,
              miners.map(({ expectedShare }) => expectedShare),
            )
          : null,
      hashrates: giniOf(miners.map(({ hashrate }) => hashrate)),
      connections: giniOf(record.degrees),
    },
    transactions: { ...transactions, waiting: record.poolSize },
    refusals,
    selfish: selfishOf(record),
    criteria,
    success: criteria.every(({ pass }) => pass),
    alerts: alertsOf(record),
  });
}

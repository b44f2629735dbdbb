/**
 * What selfish miners of a run gained, beside the theory.
 *
 * @module
 */
import { mean, sampleVariance } from "simple-statistics";
import type { RunRecord } from "../run.ts";
import type { Attack } from "../scenario/scenario.ts";
import { deadTime } from "./block-times.ts";
import { selfishShare, selfishThreshold } from "./selfish-mining.ts";
import type { SelfishAssumption, SelfishSummary } from "./summary.ts";
import { studentTail } from "./tails.ts";

const BATCHES = 30;
/** A batch shorter than this would still feel how the one before it ended. */
const LEAST_BATCH = 20;

/** In the order in which they are told. */
const ASSUMPTIONS = [
  "no-rest",
  "fixed-difficulty",
  "no-dead-time",
  "no-delay",
  "one-attacker",
  "from-the-start",
  "steady",
  "autonomous",
  "by-chance",
] as const satisfies readonly SelfishAssumption[];

/**
 * Standard error of one miner's share of the best chain. Selfish blocks come in runs, so that they are not
 * independent; batch means allow for it (R. W. Conway, Management Science 10 (1963), 47–61).
 */
function standardErrorOfShare(miners: Int32Array, index: number): number | null {
  const length = Math.floor(miners.length / BATCHES);
  if (length < LEAST_BATCH) return null;
  const shares = Array.from({ length: BATCHES }, (_, batch) => {
    const part = miners.subarray(batch * length, (batch + 1) * length);
    return mean(Array.from(part, (miner) => (miner === index ? 1 : 0)));
  });
  return Math.sqrt(sampleVariance(shares) / BATCHES);
}

/**
 * Delays up to this share of the pace count as none: while news travels about as large a share of the blocks gets a
 * rival by accident, which moves the attacker's share by less than the error of 20,000 blocks (0.5 %).
 */
const DELAY_MAX = 0.01;

/** Mean delay to acceptance, as it was measured; as the links have it where nobody heard of anything. */
function delayOf({ scenario, propagationMs }: RunRecord): number {
  const { minMs, maxMs, verifyMs } = scenario.latency;
  return propagationMs.length > 0
    ? mean(Array.from(propagationMs))
    : (minMs + maxMs) / 2 + verifyMs;
}

function unmetBy(
  { scenario }: RunRecord,
  attack: Attack,
  deadTimeMs: number,
  delayMs: number,
): readonly SelfishAssumption[] {
  const { agents, churn, phases, trace, retarget, engine, rest, paceMs } = scenario;
  const isMet: Readonly<Record<SelfishAssumption, boolean>> = {
    "no-rest": !rest,
    "fixed-difficulty": retarget === "fixed",
    "no-dead-time": deadTimeMs === 0,
    "no-delay": delayMs <= DELAY_MAX * paceMs,
    "one-attacker": agents.filter((agent) => agent.attack !== null).length === 1,
    "from-the-start": attack.fromMs === 0,
    steady: churn === null && phases.length === 0,
    autonomous: engine === "autonomous",
    "by-chance": trace === null,
  };
  return ASSUMPTIONS.filter((name) => !isMet[name]);
}

/** One entry for each selfish miner, in the configuration's order. */
export function selfishOf(record: RunRecord): readonly SelfishSummary[] {
  const { scenario, canon, agents } = record;
  return scenario.agents.flatMap(({ id, weight: alpha, attack }, index) => {
    if (attack?.kind !== "selfish") return [];
    const share = canon.miner.length === 0 ? 0 : (agents[index]?.blocks ?? 0) / canon.miner.length;
    const standardError = standardErrorOfShare(canon.miner, index);
    const theory = selfishShare(alpha);
    const deadTimeMs = scenario.engine === "autonomous" ? deadTime(scenario.paceMs, 0, 0) : 0;
    const delayMs = delayOf(record);
    const unmet = unmetBy(record, attack, deadTimeMs, delayMs);
    const comparable = unmet.length === 0;
    const pValue =
      comparable && standardError !== null && standardError > 0
        ? studentTail((share - theory) / standardError, BATCHES - 1)
        : null;
    return [
      {
        id,
        alpha,
        share,
        standardError,
        theory,
        threshold: selfishThreshold(),
        unmet,
        comparable,
        deadTimeMs,
        delayMs,
        pValue,
      },
    ];
  });
}

/**
 * What selfish miners of a run gained, beside the theory.
 *
 * @module
 */
import { mean, sampleVariance } from "simple-statistics";
import type { RunRecord } from "../run.ts";
import { selfishShare, selfishThreshold } from "./selfish-mining.ts";
import type { SelfishSummary } from "./summary.ts";
import { studentTail } from "./tails.ts";

const BATCHES = 30;
/** A batch shorter than this would still feel how the one before it ended. */
const LEAST_BATCH = 20;

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

/** One entry for each selfish miner, in the configuration's order. */
export function selfishOf({ scenario, canon, agents }: RunRecord): readonly SelfishSummary[] {
  const attackers = scenario.agents.filter(({ attack }) => attack !== null);
  return scenario.agents.flatMap((agent, index) => {
    if (agent.attack?.kind !== "selfish") return [];
    const share = canon.miner.length === 0 ? 0 : (agents[index]?.blocks ?? 0) / canon.miner.length;
    const standardError = standardErrorOfShare(canon.miner, index);
    const theory = selfishShare(agent.weight);
    const { churn, phases, trace } = scenario;
    const isSteady = churn === null && phases.length === 0 && trace === null;
    const comparable =
      attackers.length === 1 &&
      agent.attack.fromMs === 0 &&
      scenario.retarget === "fixed" &&
      scenario.engine === "autonomous" &&
      !scenario.rest &&
      isSteady;
    const pValue =
      comparable && standardError !== null && standardError > 0
        ? studentTail((share - theory) / standardError, BATCHES - 1)
        : null;
    const threshold = selfishThreshold();
    const { id, weight: alpha } = agent;
    return [{ id, alpha, share, standardError, theory, threshold, comparable, pValue }];
  });
}

/**
 * How many blocks are lost in theory, because news takes time.
 *
 * While a block travels, those who have not heard of it go on looking for one of the same height. With f(t) the
 * share of the hash rate that has heard of it after t, they find on the average x = λ ∫ (1 − f(t)) dt of them: with
 * one delay d for everybody and a pace P, x ≈ d ÷ P. Their number is Poisson's, so that a height has a rival with
 * probability 1 − e^(−x), and of its 1 + x blocks x are lost. Source: C. Decker and R. Wattenhofer, Information
 * Propagation in the Bitcoin Network, IEEE P2P 2013: Pr(F ≥ 1) = 1 − (1 − P_b)^∫(1 − f(t))dt.
 *
 * It assumes that a height is settled before the next block is found. From about one lost block in five on heights
 * overlap, and fewer blocks are lost than it says.
 *
 * @module
 */
import { restUntil } from "../../ledger/tracker-rest.ts";
import type { RunRecord } from "../run.ts";
import type { Scenario } from "../scenario/scenario.ts";

/** What the theory says. */
export interface ForkTheory {
  /** x: blocks that are found beside the first one of a height. */
  readonly rivals: number;
  /** Share of heights with more than one block: 1 − e^(−x). */
  readonly forkRate: number;
  /** Share of all blocks found that are lost: x ÷ (1 + x). */
  readonly staleRate: number;
}

/** The theory for x rivals a height. */
export function forkTheory(rivals: number): ForkTheory {
  return { rivals, forkRate: -Math.expm1(-rivals), staleRate: rivals / (1 + rivals) };
}

/** Whether the run is what the theory assumes: autonomous and honest miners who stay, and so does their network. */
function isSteady({ engine, agents, churn, phases, trace }: Scenario): boolean {
  return (
    engine === "autonomous" &&
    agents.every(({ attack }) => attack === null) &&
    (churn === null || churn.who === "readers") &&
    phases.length === 0 &&
    trace === null
  );
}

/** Whether miners hear of blocks as others do: in a ring, a star or a dag, where the first peers sit together, readers hear later. */
function hearsAlike({ agents, peers, topology }: Scenario): boolean {
  const isAnybodysPlace = topology.kind === "mesh" || topology.kind === "random";
  return isAnybodysPlace || agents.filter(({ isMiner }) => isMiner).length === peers;
}

/**
 * Mean, over the best chain, of the blocks a ms that others could find beside each of its blocks: everybody but its
 * author and an author that rests (TRK-1), at the difficulty of that moment.
 */
function rivalRate({ scenario, canon }: RunRecord): number {
  const { agents, totalHashesPerSecond, paceMs, rest } = scenario;
  let sum = 0;
  canon.miner.forEach((miner, block) => {
    const before = canon.miner[block - 1];
    const author = String(before);
    const timestampMs = canon.timestampMs[block - 1] ?? 0;
    const restsUntilMs = restUntil(paceMs, { author, timestampMs }, author) ?? 0;
    const isResting = rest && before !== miner && (canon.foundMs[block] ?? 0) < restsUntilMs;
    const away = isResting ? (agents[before ?? -1]?.weight ?? 0) : 0;
    const others = 1 - (agents[miner]?.weight ?? 0) - away;
    sum += (others * totalHashesPerSecond) / 1_000 / (canon.work[block] ?? 1);
  });
  return sum / canon.miner.length;
}

/**
 * The theory with what a run measured: ∫ (1 − f(t)) dt is the mean delay to acceptance, as if miners heard of a block
 * when any other peer does. `null` where it does not apply: the controller, a trace, attacks, phases, miners that come and go,
 * readers in a topology with places of its own, and a run without a block.
 */
export function forkTheoryOf(record: RunRecord): ForkTheory | null {
  const { scenario, canon, propagationMs } = record;
  if (!isSteady(scenario) || !hearsAlike(scenario) || canon.miner.length === 0) return null;
  const delaysMs = propagationMs.reduce((sum, ms) => sum + ms, 0);
  return forkTheory((rivalRate(record) * delaysMs) / Math.max(1, propagationMs.length));
}

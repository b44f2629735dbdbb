/**
 * A Poisson clock for each miner: the time to the next block is exponential, with a rate of hash rate ÷
 * expected hashes. What is left of a drawn time is kept when the target, the tip or the hash rate change,
 * because the process has no memory. A clock stands still while the rules let its owner find nothing:
 * before a block could be stamped (HDR-6), and while it rests (TRK-1). With a trace no clock ever rings; they
 * then only say who could have found a block.
 *
 * @module
 */
import { targetFromCompact, workOfTarget } from "../../kernel/target.ts";
import { acceptableFrom, earliestTimestamp } from "../../ledger/times.ts";
import { createRandom } from "../random/random.ts";
import type { BlockNumber } from "./block-number.ts";
import { EventKind, type RunContext } from "./run-context.ts";
import type { Strategy } from "./strategies.ts";

/** The clocks of all agents. */
export interface MinerClocks {
  /** Hashes a second of an agent from now on. */
  setRate(agent: number, hashesPerSecond: number): void;
  /**
   * Looks anew at what an agent may find, and when. Whoever changes what that depends on (the block it works on,
   * its rate, its strategy, whether its peer is online) calls it in the same event.
   */
  replan(agent: number): void;
  replanAll(): void;
  /** True when a planned event is still the newest plan of the agent. */
  isCurrent(agent: number, version: number): boolean;
  /** Draws the time to the next block, after one was found; `replan` must follow, which uses it. */
  restart(agent: number): void;
  /**
   * Blocks a millisecond that each agent may expect now; 0 for one that stands still. Written by `replan` alone,
   * and true until the next one, because whatever the time alone changes (a rest that ends, a step of the target) is
   * planned as one. The exception is an event of the very millisecond at which such a plan falls due. Read
   * it at a find before `restart` and `replan`: afterwards the finder rests.
   */
  readonly chances: Float64Array;
  /** Hashes a second of all agents whose peers are online. */
  totalRate(): number;
  /** Expected hashes of a block on this one now. */
  workOn(number: BlockNumber): number;
}

/** Clocks that stand still until they are planned. */
export function createMinerClocks(
  context: RunContext,
  strategyOf: (agent: number) => Strategy,
): MinerClocks {
  const { scenario, story, book, queue, peers } = context;
  const { genesis, rules, retarget } = story;
  const { paceMs, createdMs } = genesis;
  const count = scenario.agents.length;
  const randoms = scenario.agents.map((_, agent) => createRandom(context.seed, `miner/${agent}`));
  const rates = new Float64Array(count);
  const draw = (agent: number): number =>
    scenario.trace === null ? (randoms[agent]?.exponential() ?? 0) : Number.POSITIVE_INFINITY;
  /**
   * What is left to wait as of `sinceMs`, in units of the mean: −ln(1 − U) at first, less chance × time at each
   * `replan`, the chance being the one until then. Drawn anew by `restart` alone, so that a change of tip or
   * target costs no draw; infinite with a trace.
   */
  const left = Float64Array.from({ length: count }, (_, agent) => draw(agent));
  const chances = new Float64Array(count);
  const sinceMs = new Float64Array(count);
  const versions = new Int32Array(count);
  const works = createWorkCache();

  const workAt = (number: BlockNumber, ageMs: number): number => {
    const step = retarget.step(paceMs, ageMs);
    return works.of(number, step, () => {
      const { entry } = book.block(number);
      const target = rules.requiredTarget(genesis, entry, entry.timestampMs + ageMs);
      return Number(workOfTarget(targetFromCompact(target)));
    });
  };

  /** Virtual time from which the agent may look for a block on this one. */
  const startMs = (strategy: Strategy, number: BlockNumber): number => {
    const { entry } = book.block(number);
    const earliestMs = acceptableFrom(paceMs, earliestTimestamp(paceMs, entry.timestampMs));
    const { restsAs } = strategy;
    const restMs = restsAs === null ? null : rules.restUntil(paceMs, entry, restsAs);
    return Math.max(earliestMs, restMs ?? 0) - createdMs;
  };

  const planAt = (agent: number, atMs: number, kind: number): void => {
    if (!Number.isFinite(atMs)) return;
    queue.add(Math.max(context.nowMs, Math.round(atMs)), kind, agent, versions[agent] ?? 0);
  };

  const replan = (agent: number): void => {
    const { nowMs } = context;
    left[agent] = Math.max(
      0,
      (left[agent] ?? 0) - (chances[agent] ?? 0) * (nowMs - (sinceMs[agent] ?? 0)),
    );
    chances[agent] = 0;
    sinceMs[agent] = nowMs;
    versions[agent] = (versions[agent] ?? 0) + 1;
    const rate = rates[agent] ?? 0;
    const peer = peers[agent];
    if (rate <= 0 || peer?.online !== true || !peer.ready) return;
    const strategy = strategyOf(agent);
    const on = strategy.miningOn();
    const from = startMs(strategy, on);
    if (nowMs < from) {
      planAt(agent, from, EventKind.replan);
      return;
    }
    const { entry } = book.block(on);
    const stampMs = Math.max(
      createdMs + nowMs + strategy.aheadMs,
      earliestTimestamp(paceMs, entry.timestampMs),
    );
    const ageMs = stampMs - entry.timestampMs;
    const stepEndsMs = nowMs + retarget.nextStepMs(paceMs, retarget.step(paceMs, ageMs)) - ageMs;
    const work = workAt(on, ageMs);
    if (!strategy.accepts(work)) {
      planAt(agent, stepEndsMs, EventKind.replan);
      return;
    }
    const chance = rate / 1_000 / work;
    chances[agent] = chance;
    const foundMs = nowMs + (left[agent] ?? 0) / chance;
    if (foundMs < stepEndsMs) planAt(agent, foundMs, EventKind.found);
    else planAt(agent, stepEndsMs, EventKind.replan);
  };

  return {
    chances,
    replan,
    setRate(agent, hashesPerSecond) {
      rates[agent] = hashesPerSecond;
    },
    replanAll() {
      for (let agent = 0; agent < count; agent++) replan(agent);
    },
    isCurrent: (agent, version) => versions[agent] === version,
    restart(agent) {
      left[agent] = draw(agent);
      sinceMs[agent] = context.nowMs;
    },
    totalRate() {
      let total = 0;
      for (let agent = 0; agent < count; agent++) {
        if (peers[agent]?.online === true) total += rates[agent] ?? 0;
      }
      return total;
    },
    workOn(number) {
      const { timestampMs } = book.block(number).entry;
      const stampMs = Math.max(createdMs + context.nowMs, earliestTimestamp(paceMs, timestampMs));
      return workAt(number, stampMs - timestampMs);
    },
  };
}

/** Works of the newest blocks by step of their age: the same for all miners on one block. */
function createWorkCache(): {
  of(number: BlockNumber, step: number, compute: () => number): number;
} {
  const SLOTS = 64;
  const numbers = new Int32Array(SLOTS).fill(-1);
  const steps = new Int32Array(SLOTS);
  const works = new Float64Array(SLOTS);
  return {
    of(number, step, compute) {
      // Neighbouring blocks and steps fall into different slots (7 and 64 have no common factor). Two that meet
      // in one are only computed again.
      const slot = (number * 7 + step) % SLOTS;
      if (numbers[slot] !== number || steps[slot] !== step) {
        works[slot] = compute();
        numbers[slot] = number;
        steps[slot] = step;
      }
      return works[slot] ?? 0;
    },
  };
}

/**
 * Finds that are given: at each time of a trace its agent finds a block on the block that it works on, and
 * no clock rings. Everything else goes its way: candidate, rules, target, gossip, forks.
 *
 * @module
 */
import { RefusalCode } from "../../ledger/codes.ts";
import { acceptableFrom, earliestTimestamp } from "../../ledger/times.ts";
import { LogKind } from "../event-log.ts";
import type { MinerClocks } from "./miner-clocks.ts";
import { EventKind, type RunContext } from "./run-context.ts";
import type { Strategy } from "./strategies.ts";

/** The finds of a trace. */
export interface Trace {
  begin(): void;
  /** It is the time of the agent's find, which has this place in the trace. */
  play(agent: number, place: number): void;
}

/** Plays the scenario's trace, if it has one; `find` makes a block of an agent. */
export function createTrace(
  context: RunContext,
  parts: {
    readonly clocks: MinerClocks;
    readonly strategyOf: (agent: number) => Strategy;
    readonly find: (agent: number) => void;
  },
): Trace {
  const { scenario, story, book, peers, queue, log, measure } = context;
  const { genesis, rules } = story;
  const { clocks, strategyOf, find } = parts;

  const plan = (place: number): void => {
    const next = scenario.trace?.[place];
    if (next !== undefined) queue.add(next.atMs, EventKind.traced, next.agent, place);
  };

  /** Why an honest miner could not have found a block now; `null` when it could. */
  const hindrance = (agent: number): string | null => {
    const peer = peers[agent];
    if (peer?.online !== true || !peer.ready) return "away";
    const { entry } = book.block(strategyOf(agent).miningOn());
    const { restsAs } = strategyOf(agent);
    const nowMs = genesis.createdMs + context.nowMs;
    const { paceMs } = genesis;
    const restMs = restsAs === null ? null : rules.restUntil(paceMs, entry, restsAs);
    if (restMs !== null && nowMs < restMs) return "resting";
    const earliestMs = acceptableFrom(paceMs, earliestTimestamp(paceMs, entry.timestampMs));
    return nowMs < earliestMs ? RefusalCode.timestampTooEarly : null;
  };

  return {
    begin: () => plan(0),
    play(agent, place) {
      plan(place + 1);
      const code = hindrance(agent);
      if (code !== null) {
        log.add(LogKind.refusedFind, context.nowMs, agent, place);
        measure.refusedFind(code);
        return;
      }
      // Whose rest ends at this very moment is one of those who could have found it.
      clocks.replanAll();
      find(agent);
    },
  };
}

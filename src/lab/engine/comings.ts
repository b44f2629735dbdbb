/**
 * Who is there: tabs that come and go by themselves, and phases that change the crowd at set times.
 *
 * @module
 */
import { LogKind } from "../event-log.ts";
import { createRandom } from "../random/random.ts";
import type { Churn, Phase } from "../scenario/scenario.ts";
import type { Gossip } from "./gossip.ts";
import type { LabPeer } from "./lab-peer.ts";
import type { MinerClocks } from "./miner-clocks.ts";
import { EventKind, type RunContext } from "./run-context.ts";

/** Comings, goings and phases of a run. */
export interface Comings {
  /** Decides who is there at the start and plans what comes. */
  begin(): void;
  /** A peer leaves or comes back. */
  turn(peer: LabPeer): void;
  phase(number: number): void;
}

/** Creates them; `setGroups` splits the mesh (1: whole). */
export function createComings(
  context: RunContext,
  parts: {
    readonly gossip: Gossip;
    readonly clocks: MinerClocks;
    readonly setGroups: (count: number) => void;
  },
): Comings {
  const { scenario, peers, neighbourhood, queue, log } = context;
  const { gossip, clocks } = parts;
  const random = createRandom(context.seed, "churn");
  /** Agents that a phase sent away stay away until a phase calls them back. */
  const sentAway = new Set<number>();
  let factor = 1;
  const percents = scenario.agents.map(({ hashrate }) => hashrate);
  const sum = percents.reduce((total, percent) => total + percent, 0);

  const setOnline = (peer: LabPeer, online: boolean): void => {
    if (peer.online === online) return;
    peer.online = online;
    log.add(online ? LogKind.joined : LogKind.left, context.nowMs, peer.index, 0);
    if (online) {
      neighbourhood.joined(peer);
      // Alone it may go on: nobody could tell it anything.
      peer.ready = !gossip.greetNeighbours(peer);
    } else {
      for (const other of neighbourhood.left(peer)) gossip.greetNeighbours(other);
    }
    if (peer.index < scenario.agents.length) clocks.replan(peer.index);
  };

  const concerns = ({ who }: Churn, peer: number): boolean => {
    if (who === "all") return true;
    return (who === "miners") === (scenario.agents[peer]?.isMiner === true);
  };

  const planTurn = (peer: LabPeer, { meanSessionMs, meanAbsenceMs }: Churn): void => {
    const mean = peer.online ? meanSessionMs : meanAbsenceMs;
    const atMs = context.nowMs + Math.max(1, Math.round(random.exponential() * mean));
    queue.add(atMs, EventKind.churn, peer.index, 0);
  };

  const setRates = (): void => {
    scenario.agents.forEach((_, agent) => {
      const share = ((percents[agent] ?? 0) / sum) * factor;
      clocks.setRate(agent, share * scenario.totalHashesPerSecond);
    });
    clocks.replanAll();
  };

  const agentIndex = (id: string): number => scenario.agents.findIndex((agent) => agent.id === id);

  return {
    begin() {
      const { churn } = scenario;
      for (const peer of churn === null ? [] : peers) {
        if (churn === null || !concerns(churn, peer.index)) continue;
        const { meanSessionMs, meanAbsenceMs } = churn;
        peer.online = random.unit() * (meanSessionMs + meanAbsenceMs) < meanSessionMs;
        planTurn(peer, churn);
      }
      for (const peer of peers) if (!peer.online) neighbourhood.left(peer);
      scenario.phases.forEach(({ atMs }, number) => {
        queue.add(atMs, EventKind.phase, number, 0);
      });
      setRates();
    },
    turn(peer) {
      const { churn } = scenario;
      if (churn === null) return;
      if (!sentAway.has(peer.index)) setOnline(peer, !peer.online);
      planTurn(peer, churn);
    },
    phase(number) {
      const phase: Phase | undefined = scenario.phases[number];
      if (phase === undefined) return;
      log.add(LogKind.phase, context.nowMs, number, 0);
      if (phase.latencyFactor !== undefined) context.latencyFactor = phase.latencyFactor;
      if (phase.hashrateFactor !== undefined) factor = phase.hashrateFactor;
      for (const [id, percent] of Object.entries(phase.hashrates ?? {})) {
        percents[agentIndex(id)] = percent;
      }
      if (phase.groups !== undefined) {
        parts.setGroups(phase.groups);
        for (const peer of peers) if (peer.online) gossip.greetNeighbours(peer);
      }
      for (const [id, online] of Object.entries(phase.online ?? {})) {
        const peer = peers[agentIndex(id)];
        if (peer === undefined) continue;
        if (online) sentAway.delete(peer.index);
        else sentAway.add(peer.index);
        setOnline(peer, online);
      }
      setRates();
    },
  };
}

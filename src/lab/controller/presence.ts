/**
 * Who is there: churn, and phases that send agents away, bring them back, cut the mesh in groups, slow it down
 * or change hash rates.
 *
 * @module
 */
import type { Clock } from "../../peer/ports.ts";
import type { VirtualNetwork } from "../../simulation/virtual-network.ts";
import type { AgentDiscovery } from "../discovery/agent-discovery.ts";
import { type EventLog, LogKind } from "../event-log.ts";
import { createRandom } from "../random/random.ts";
import type { Phase, Scenario } from "../scenario/scenario.ts";
import type { Actions } from "./actions.ts";
import type { Resident } from "./residents.ts";

/** The state of the world that phases change. */
export interface Presence {
  /** Starts everybody, and the clocks of churn and phases. */
  start(): void;
  readonly latencyFactor: number;
}

interface PresenceParts {
  readonly scenario: Scenario;
  readonly seed: number;
  readonly residents: readonly Resident[];
  /** Is told who comes and goes, and of other hash rates. */
  readonly discovery: AgentDiscovery;
  readonly clock: Clock;
  readonly wires: VirtualNetwork;
  readonly actions: Actions;
  readonly log: EventLog;
  readonly elapsedMs: () => number;
  readonly enter: (resident: Resident) => Promise<void>;
  readonly leave: (resident: Resident) => Promise<void>;
}

/** Creates it; nobody is there before `start`. */
export function createPresence(parts: PresenceParts): Presence {
  const { scenario, seed, residents, discovery, clock, wires, actions, log, elapsedMs } = parts;
  /** Sent away by a phase; churn does not bring it back. */
  const away = new Set<Resident>();
  let latencyFactor = 1;

  const set = (resident: Resident, online: boolean): void => {
    actions.run(async () => {
      if (online === (resident.peer !== null)) return;
      if (online) await parts.enter(resident);
      else await parts.leave(resident);
      if (resident.index < scenario.agents.length) {
        discovery.update({ online: { [resident.id]: online } });
      }
      log.add(online ? LogKind.joined : LogKind.left, elapsedMs(), resident.index, 0);
    });
  };

  const windChurn = (resident: Resident): void => {
    const { churn } = scenario;
    if (churn === null) return;
    const random = createRandom(seed, `churn ${resident.index}`);
    const turn = (online: boolean): void => {
      const meanMs = online ? churn.meanSessionMs : churn.meanAbsenceMs;
      clock.after(random.exponential() * meanMs, () => {
        if (!away.has(resident)) set(resident, !online);
        turn(!online);
      });
    };
    turn(true);
  };

  const isConcerned = ({ index }: Resident): boolean => {
    if (scenario.churn === null) return false;
    const isMiner = scenario.agents[index]?.isMiner === true;
    const { who } = scenario.churn;
    return who === "all" || (who === "miners") === isMiner;
  };

  const begin = (phase: Phase, number: number): void => {
    log.add(LogKind.phase, elapsedMs(), number, 0);
    if (phase.latencyFactor !== undefined) ({ latencyFactor } = phase);
    if (phase.groups !== undefined) wires.partition(groupsOf(residents, phase.groups));
    // Who leaves is gone once its peer has stopped.
    const { online: _online, ...changes } = phase;
    discovery.update(changes);
    for (const resident of residents) {
      const online = phase.online?.[resident.id];
      if (online === undefined) continue;
      if (online) away.delete(resident);
      else away.add(resident);
      set(resident, online);
    }
  };

  return {
    start() {
      for (const resident of residents) {
        set(resident, true);
        if (isConcerned(resident)) windChurn(resident);
      }
      for (const [number, phase] of scenario.phases.entries()) {
        clock.after(phase.atMs, () => begin(phase, number));
      }
    },
    get latencyFactor() {
      return latencyFactor;
    },
  };
}

/** Neighbours in the order of the configuration go to different groups; one group is everybody. */
function groupsOf(residents: readonly Resident[], count: number): string[][] | null {
  if (count <= 1) return null;
  return Array.from({ length: count }, (_, group) =>
    residents.filter(({ index }) => index % count === group).map(({ id }) => id),
  );
}

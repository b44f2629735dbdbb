/**
 * What a sweep can vary: how a scenario becomes the one with another value, and which values it may have.
 *
 * @module
 */

import { CodedError } from "../../kernel/errors.ts";
import { PACE_MAX_MS, PACE_MIN_MS } from "../../kernel/limits.ts";
import {
  DEGREE_MAX,
  DURATION_MAX_MS,
  LATENCY_MAX_MS,
  MESH_PEERS_MAX,
  PEERS_MAX,
} from "../scenario/limits.ts";
import type { Scenario } from "../scenario/scenario.ts";

/**
 * In the order in which they are applied and shown.
 * - `latency`: one-way delay of every link, in ms.
 * - `pace`: target time between two blocks, in ms; the run's duration changes with it, so that it has as many blocks.
 * - `attacker`: hash rate of the one attacker, in per cent of all; the others share the rest as before.
 * - `peers`: all peers, the agents among them.
 * - `degree`: links that a peer chooses by itself (`random`, `dag`).
 */
export const AXIS_NAMES = ["latency", "pace", "attacker", "peers", "degree"] as const;

/** One of these. */
export type AxisName = (typeof AXIS_NAMES)[number];

/** Bounds of an axis for a scenario, both allowed. */
interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** Nobody else would be left to attack. */
const ATTACKER_MAX_PERCENT = 99;

/** Throws `sweep-attacker` {attackers} unless exactly one agent attacks and others mine. */
function soleAttacker({ agents }: Scenario): number {
  const attackers = agents.flatMap(({ attack }, index) => (attack === null ? [] : [index]));
  const [attacker] = attackers;
  const hasOthers = agents.some(({ weight }, index) => weight > 0 && index !== attacker);
  if (attacker === undefined || attackers.length > 1 || !hasOthers) {
    throw new CodedError("sweep-attacker", { attackers: attackers.length });
  }
  return attacker;
}

/**
 * Throws `sweep-attacker` {attackers} and `sweep-degree` {topology} where a scenario lacks what an axis varies, and
 * `sweep-trace` {axis} where a trace says who finds a block and when.
 */
function boundsOf(name: AxisName, scenario: Scenario): Bounds {
  const { agents, peers, topology, trace } = scenario;
  if (trace !== null && (name === "pace" || name === "attacker")) {
    throw new CodedError("sweep-trace", { axis: name });
  }
  switch (name) {
    case "latency":
      return { min: 0, max: LATENCY_MAX_MS };
    case "pace":
      return { min: PACE_MIN_MS, max: PACE_MAX_MS };
    case "attacker":
      soleAttacker(scenario);
      return { min: 0, max: ATTACKER_MAX_PERCENT };
    case "peers":
      return {
        min: Math.max(agents.length, topology.kind === "ring" ? 3 : 1),
        max: topology.kind === "mesh" ? MESH_PEERS_MAX : PEERS_MAX,
      };
    case "degree":
      if (topology.kind !== "random" && topology.kind !== "dag") {
        throw new CodedError("sweep-degree", { topology: topology.kind });
      }
      return { min: 1, max: Math.min(DEGREE_MAX, peers - 1) };
  }
}

function withAttackerShare(scenario: Scenario, percent: number): Scenario {
  const attacker = soleAttacker(scenario);
  const { agents } = scenario;
  const total = agents.reduce((sum, { hashrate }) => sum + hashrate, 0);
  const own = agents[attacker]?.hashrate ?? 0;
  const share = percent / 100;
  return {
    ...scenario,
    agents: agents.map((agent, index) => {
      const weight = index === attacker ? share : ((1 - share) * agent.hashrate) / (total - own);
      return { ...agent, hashrate: weight * total, weight };
    }),
  };
}

function withPace(scenario: Scenario, paceMs: number): Scenario {
  const { blocks, durationMs } = scenario.stop;
  const scaledMs = Math.round((durationMs * paceMs) / scenario.paceMs);
  return {
    ...scenario,
    paceMs,
    stop: { blocks, durationMs: Math.min(DURATION_MAX_MS, scaledMs) },
  };
}

/** The scenario with a value of an axis. Throws `sweep-value` {axis, value, min, max}, and as `boundsOf`. */
export function withValue(scenario: Scenario, axis: AxisName, value: number): Scenario {
  const { min, max } = boundsOf(axis, scenario);
  const isAllowed =
    value >= min && value <= max && (axis === "attacker" || Number.isInteger(value));
  if (!isAllowed) throw new CodedError("sweep-value", { axis, value, min, max });
  switch (axis) {
    case "latency":
      return { ...scenario, latency: { ...scenario.latency, minMs: value, maxMs: value } };
    case "pace":
      return withPace(scenario, value);
    case "attacker":
      return withAttackerShare(scenario, value);
    case "peers":
      return { ...scenario, peers: value };
    case "degree":
      return { ...scenario, topology: { ...scenario.topology, degree: value } };
  }
}

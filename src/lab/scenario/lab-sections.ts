/**
 * The mappings inside `lab`.
 *
 * @module
 */
import { agentId } from "./agent-schema.ts";
import {
  AGENTS_MAX,
  DEGREE_MAX,
  DURATION_MAX_MS,
  FACTOR_MAX,
  GROUPS_MAX,
  HASHRATE_MAX,
  INTERVAL_MAX_MS,
  LATENCY_MAX_MS,
  NAME_MAX_LENGTH,
  VERIFY_MAX_MS,
} from "./limits.ts";
import { byAgent, type Located, type Reader, record, type Section, shorthand } from "./reader.ts";
import { choice, decimal, duration, flag, integer, text } from "./scalar-readers.ts";
import type { AttackName, Churn, Topology } from "./scenario.ts";

/** `lab.topology`. */
export interface TopologySection {
  readonly kind: Topology["kind"];
  readonly degree?: number;
}

/** `lab.latency`. */
export interface LatencySection {
  readonly min?: number;
  readonly max?: number;
  readonly verify: number;
}

/** `lab.churn`. */
export interface ChurnSection {
  readonly who: Churn["who"];
  readonly mean_session: number;
  readonly mean_absence: number;
}

/** One of `lab.attackers`. */
export interface AttackerSection {
  readonly agent: string;
  readonly kind: AttackName;
  readonly from: number;
  readonly depth: number;
}

/** One of `lab.phases`. */
export interface PhaseSection {
  readonly at: number;
  readonly label?: string;
  readonly hashrate_factor?: number;
  readonly hashrates?: ReadonlyMap<string, Located<number>>;
  readonly online?: ReadonlyMap<string, Located<boolean>>;
  readonly groups?: number;
  readonly latency_factor?: number;
}

/** `lab.success`. */
export interface SuccessSection {
  readonly min_blocks: number;
  readonly min_synced: number;
  readonly min_transactions_included: number;
  readonly max_height_spread: number;
  readonly max_pool: number;
}

const COUNT_MAX = 1_000_000_000;
const delay = duration("ms", { min: 0, max: LATENCY_MAX_MS });
const moment = duration("s", { min: 0, max: DURATION_MAX_MS });
const meanTime = duration("s", { min: 1_000, max: INTERVAL_MAX_MS });
const count = integer({ min: 0, max: COUNT_MAX });

/** Reads `lab.topology`, or its kind alone. */
export const topologyReader: Reader<Section<TopologySection>> = shorthand(
  record<TopologySection>({
    kind: {
      reader: choice(["mesh", "star", "ring", "dag", "random"]),
      text: "mesh: everybody hears everybody; star: all hear the first; ring; dag: each links to earlier ones; random.",
      isRequired: true,
    },
    degree: {
      reader: integer({ min: 1, max: DEGREE_MAX }, "links"),
      text: "How many links each peer chooses in a random network or a dag.",
      otherwise: "8, or one less than there are peers",
    },
  }),
  ["kind"],
  "name of a topology, or mapping",
);

/** Reads `lab.latency`, or one delay. */
export const latencyReader: Reader<Section<LatencySection>> = shorthand(
  record<LatencySection>({
    min: {
      reader: delay,
      text: "Least one-way delay of a link.",
      otherwise: "network.latency, or 20ms",
    },
    max: {
      reader: delay,
      text: "Greatest one-way delay of a link.",
      otherwise: "network.latency, or 120ms",
    },
    verify: {
      reader: duration("ms", { min: 0, max: VERIFY_MAX_MS }),
      text: "Time a peer takes to check a block before it passes it on.",
      default: "5ms",
    },
  }),
  ["min", "max"],
  "time (milliseconds, or with a unit) of all links, or mapping",
);

/** Reads `lab.churn`. */
export const churnReader: Reader<Section<ChurnSection>> = record<ChurnSection>({
  who: {
    reader: choice(["all", "miners", "readers"]),
    text: "Whose tabs come and go.",
    default: "all",
  },
  mean_session: { reader: meanTime, text: "Mean time that a tab stays open.", default: "10m" },
  mean_absence: { reader: meanTime, text: "Mean time until it is back.", default: "5m" },
});

/** Reads one of `lab.attackers`. */
export const attackerReader: Reader<Section<AttackerSection>> = record<AttackerSection>({
  agent: { reader: agentId(), text: "The miner that attacks.", isRequired: true },
  kind: {
    reader: choice(["selfish", "majority", "hopper", "many-keys", "time-shift", "cheat"]),
    text: "selfish: withholds blocks; majority: a secret branch, shown when it is heavier; hopper: mines only while it is easy; many-keys: never rests; time-shift: stamps blocks ahead; cheat: claims twice the reward.",
    isRequired: true,
  },
  from: { reader: moment, text: "When it begins; honest before.", default: "0" },
  depth: {
    reader: integer({ min: 1, max: 1_000 }, "blocks"),
    text: "majority: blocks of the public branch that it takes back at least.",
    default: "6",
  },
});

const factor = decimal({ min: 0, max: FACTOR_MAX });

/** Reads one of `lab.phases`. */
export const phaseReader: Reader<Section<PhaseSection>> = record<PhaseSection>({
  at: { reader: moment, text: "When it begins.", isRequired: true },
  label: {
    reader: text(NAME_MAX_LENGTH),
    text: "What charts call it.",
    otherwise: "Phase 1, 2, …",
  },
  hashrate_factor: {
    reader: factor,
    text: "All hash rates times this, in relation to the start.",
    otherwise: "as before",
  },
  hashrates: {
    reader: byAgent(decimal({ min: 0, max: HASHRATE_MAX }, "per cent"), AGENTS_MAX),
    text: "New hash rates of some miners, in the unit of their first ones.",
    otherwise: "as before",
  },
  online: {
    reader: byAgent(flag(), AGENTS_MAX),
    text: "Who leaves (false) or comes back (true); `all` and `miners` stand for all agents and all miners.",
    otherwise: "as before",
  },
  groups: {
    reader: integer({ min: 1, max: GROUPS_MAX }, "groups"),
    text: "Into how many groups that do not hear each other the peers are split; 1 heals.",
    otherwise: "as before",
  },
  latency_factor: { reader: factor, text: "All delays times this.", otherwise: "as before" },
});

/** Reads `lab.success`. */
export const successReader: Reader<Section<SuccessSection>> = record<SuccessSection>({
  min_blocks: { reader: count, text: "Blocks on the best chain, at least.", default: "1" },
  min_synced: {
    reader: decimal({ min: 0, max: 100 }, "per cent"),
    text: "Peers online at the end that have the newest common block, at least.",
    default: "90",
  },
  min_transactions_included: { reader: count, text: "Payments in blocks, at least.", default: "0" },
  max_height_spread: {
    reader: count,
    text: "Alert when the heights of two online peers differ by more.",
    default: "10",
  },
  max_pool: { reader: count, text: "Alert when more payments wait.", default: "50" },
});

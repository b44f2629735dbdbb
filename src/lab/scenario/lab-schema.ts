/**
 * What this lab adds to the source's configuration, under the one key `lab`.
 *
 * @module
 */
import { PACE_MAX_MS, PACE_MIN_MS } from "../../kernel/limits.ts";
import { agentId } from "./agent-schema.ts";
import {
  AGENTS_MAX,
  BLOCKS_MAX,
  DEGREE_MAX,
  DESCRIPTION_MAX_LENGTH,
  DURATION_MAX_MS,
  FACTOR_MAX,
  GROUPS_MAX,
  HASHRATE_MAX,
  INTERVAL_MAX_MS,
  LATENCY_MAX_MS,
  NAME_MAX_LENGTH,
  PEERS_MAX,
  PHASES_MAX,
  SEED_MAX,
  SEEDS_MAX,
  TOTAL_HASHRATE_MAX,
  VERIFY_MAX_MS,
} from "./limits.ts";
import {
  byAgent,
  type Located,
  list,
  type Reader,
  record,
  type Section,
  shorthand,
} from "./reader.ts";
import { choice, decimal, duration, flag, hashRate, integer, text } from "./scalar-readers.ts";
import type { AttackName, Churn, EngineName, RetargetName, Topology } from "./scenario.ts";

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

/** `lab`. */
export interface LabSection {
  readonly name: string;
  readonly description: string;
  readonly engine?: EngineName;
  readonly seed?: number;
  readonly seeds?: readonly Located<number>[];
  readonly pace?: number;
  readonly retarget: RetargetName;
  readonly rest: boolean;
  readonly total_hashrate: number;
  readonly blocks?: number;
  readonly duration?: number;
  readonly peers?: number;
  readonly topology?: Section<TopologySection>;
  readonly latency: Section<LatencySection>;
  readonly churn?: Section<ChurnSection>;
  readonly attackers?: readonly Located<Section<AttackerSection>>[];
  readonly phases?: readonly Located<Section<PhaseSection>>[];
  readonly success: Section<SuccessSection>;
}

const COUNT_MAX = 1_000_000_000;
const seed = integer({ min: 0, max: SEED_MAX });
const delay = duration("ms", { min: 0, max: LATENCY_MAX_MS });
const moment = duration("s", { min: 0, max: DURATION_MAX_MS });
const meanTime = duration("s", { min: 1_000, max: INTERVAL_MAX_MS });
const count = integer({ min: 0, max: COUNT_MAX });

const topology = shorthand(
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

const latency = shorthand(
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

const churn = record<ChurnSection>({
  who: {
    reader: choice(["all", "miners", "readers"]),
    text: "Whose tabs come and go.",
    default: "all",
  },
  mean_session: { reader: meanTime, text: "Mean time that a tab stays open.", default: "10m" },
  mean_absence: { reader: meanTime, text: "Mean time until it is back.", default: "5m" },
});

const attacker = record<AttackerSection>({
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

const phase = record<PhaseSection>({
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

const success = record<SuccessSection>({
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

/** Reads `lab`. */
export const labReader: Reader<Section<LabSection>> = record<LabSection>({
  name: {
    reader: text(NAME_MAX_LENGTH),
    text: "What the scenario is called.",
    default: "Scenario",
  },
  description: {
    reader: text(DESCRIPTION_MAX_LENGTH),
    text: "One or two sentences about it.",
    default: "",
  },
  engine: {
    reader: choice(["controller", "autonomous"]),
    text: "controller: one block each interval by a weighted choice; autonomous: each miner has a clock of its own.",
    otherwise: "controller with a block_controller, autonomous without",
  },
  seed: { reader: seed, text: "Seed of chance.", otherwise: "general.simulation_seed, or 12345" },
  seeds: {
    reader: list(seed, { min: 1, max: SEEDS_MAX }),
    text: "Several seeds, each one run; in place of seed.",
    otherwise: "the one seed",
  },
  pace: {
    reader: duration("s", { min: PACE_MIN_MS, max: PACE_MAX_MS }),
    text: "Target time between two blocks.",
    otherwise: "--interval of the block controller, or 60",
  },
  retarget: {
    reader: choice(["relief", "average", "asert", "fixed"]),
    text: "How the target follows the hash rate: the story's own rule, the average of 120 blocks, ASERT, or not at all.",
    default: "relief",
  },
  rest: {
    reader: flag(),
    text: "Whether whoever mined a block rests for the next one (TRK-1).",
    default: "true",
  },
  total_hashrate: {
    reader: hashRate({ min: 1, max: TOTAL_HASHRATE_MAX }),
    text: "All miners together at the start.",
    default: "1 MH/s",
  },
  blocks: {
    reader: integer({ min: 1, max: BLOCKS_MAX }, "blocks"),
    text: "Height at which a run ends.",
    otherwise: "200 with the controller, 2000 without; no limit if a duration is given",
  },
  duration: {
    reader: duration("s", { min: 1_000, max: DURATION_MAX_MS }),
    text: "Virtual time at which a run ends.",
    otherwise: "general.stop_time, or 100 times what its blocks should take",
  },
  peers: {
    reader: integer({ min: 1, max: PEERS_MAX }, "peers"),
    text: "All peers: the agents, and readers that neither mine nor pay.",
    otherwise: "as many as agents",
  },
  topology: {
    reader: topology,
    text: "Who hears whom.",
    otherwise: "mesh up to 16 peers, else random with 8 links",
  },
  latency: {
    reader: latency,
    text: "How long a message takes.",
    default: "",
    otherwise: "20 to 120 ms",
  },
  churn: { reader: churn, text: "Tabs that come and go.", otherwise: "everybody stays" },
  attackers: {
    reader: list(attacker, { max: AGENTS_MAX }),
    text: "Who breaks the rules.",
    otherwise: "nobody",
  },
  phases: {
    reader: list(phase, { max: PHASES_MAX }),
    text: "What changes during a run, in the order of time.",
    otherwise: "nothing",
  },
  success: {
    reader: success,
    text: "When a run counts as a success.",
    default: "",
    otherwise: "the defaults of its keys",
  },
});

/**
 * Agents as the source's tool writes them, in its two forms: the published one has a list `user_agents` and a
 * `block_controller`, the newer one names each agent.
 *
 * @module
 */
import {
  AGENTS_MAX,
  AMOUNT_MAX_TOKENS,
  ATTRIBUTES_MAX,
  DESCRIPTION_MAX_LENGTH,
  HASHRATE_MAX,
  ID_MAX_LENGTH,
  INTERVAL_MAX_MS,
} from "./limits.ts";
import { nearestName } from "./nearest-name.ts";
import {
  byAgent,
  type Fields,
  type Located,
  list,
  type Place,
  quoted,
  type Reader,
  record,
  type Section,
} from "./reader.ts";
import { amount, duration, type Exact, exact, flag, integer, text } from "./scalar-readers.ts";
import type { Tree } from "./yaml-tree.ts";

/** What `attributes` may say, and the agent itself in the newer form. */
interface Attributes {
  readonly is_miner?: boolean;
  readonly hashrate?: Exact;
  readonly transaction_interval?: number;
  readonly min_transaction_amount?: number;
  readonly max_transaction_amount?: number;
}

/** `attributes` as they were understood and as they were written. */
export interface AgentAttributes {
  readonly known: Section<Attributes>;
  readonly written: Readonly<Record<string, string>>;
}

/** One agent, in either form. */
export interface AgentEntry extends Attributes {
  readonly id?: string;
  readonly count: number;
  readonly daemon: string;
  readonly wallet: string;
  readonly script: string;
  readonly user_script: string;
  readonly attributes?: AgentAttributes;
}

/** `agents.block_controller`. */
export interface ControllerEntry {
  readonly script: string;
  readonly arguments?: readonly Located<string>[];
}

interface AgentLists {
  readonly user_agents: readonly Located<Section<AgentEntry>>[];
  readonly block_controller?: Section<ControllerEntry>;
}

/** `agents` in either form. */
export interface AgentsSection {
  /** `name` is the key of the newer form. */
  readonly agents: readonly {
    readonly name: string | null;
    readonly path: string;
    readonly at: number;
    readonly entry: Section<AgentEntry>;
  }[];
  readonly controller: Located<Section<ControllerEntry>> | null;
}

/** Labels of one's own, to find agents by. */
const LABEL = /^x_[A-Za-z0-9_]{1,38}$/;
/** Keys that the source's tool knows; they say how its processes are started, or pay agents their first coins. */
const IGNORED = [
  "activity_start_time",
  "activity_batch_size",
  "arguments",
  "can_receive_distributions",
  "daemon_args",
  "daemon_binary",
  "daemon_defaults",
  "daemon_env",
  "daemon_options",
  "daemon_selection_strategy",
  "detailed_logging",
  "enable_alerts",
  "initial_fund_amount",
  "initial_wait_time",
  "is_public_node",
  "max_retries",
  "md_n_recipients",
  "md_out_per_tx",
  "md_output_amount",
  "mining_script",
  "miner_selection_strategy",
  "poll_interval",
  "recipient_selection",
  "start_time",
  "start_time_offset",
  "status_file",
  "subnet_group",
  "transaction_frequency",
  "transaction_priority",
  "tx_frequency",
  "wait_time",
  "wallet_args",
  "wallet_env",
  "wallet_options",
  ...Array.from({ length: 10 }, (_, phase) => `daemon_${String(phase)}`),
  ...Array.from({ length: 10 }, (_, phase) => `daemon_${String(phase)}_start`),
  ...Array.from({ length: 10 }, (_, phase) => `daemon_${String(phase)}_stop`),
];

const ATTRIBUTE_FIELDS: Fields<Attributes> = {
  is_miner: {
    reader: flag(),
    text: "Whether the agent mines.",
    otherwise: "false; true for a named agent with a hashrate",
  },
  hashrate: {
    reader: exact({ above: 0, max: HASHRATE_MAX }, "per cent"),
    text: "A miner's share of the hash rate. All are divided by their sum, which should be 100.",
    otherwise: "required of a miner",
  },
  transaction_interval: {
    reader: duration("s", { min: 1_000, max: INTERVAL_MAX_MS }),
    text: "Mean time between two payments of the agent.",
    otherwise: "60 for one that pays",
  },
  min_transaction_amount: {
    reader: amount({ above: 0, max: AMOUNT_MAX_TOKENS }),
    text: "The least it pays, in consumer tokens.",
    otherwise: "0.5 for one that pays",
  },
  max_transaction_amount: {
    reader: amount({ above: 0, max: AMOUNT_MAX_TOKENS }),
    text: "The most it pays, in consumer tokens.",
    otherwise: "2.0 for one that pays",
  },
};

const attributesRecord = record(ATTRIBUTE_FIELDS, {
  ignored: IGNORED,
  isLabel: (key) => LABEL.test(key),
});

const attributes: Reader<AgentAttributes> = {
  ...attributesRecord,
  type: "mapping; keys that begin with x_ are labels of your own",
  read(tree, place) {
    if (tree.kind === "mapping" && tree.entries.size > ATTRIBUTES_MAX) {
      const message = `At most ${String(ATTRIBUTES_MAX)} attributes are allowed.`;
      place.problems.error("too-many", tree.at, place.path, message);
      return undefined;
    }
    const known = attributesRecord.read(tree, place);
    const written = tree.kind === "mapping" ? writtenOf(tree.entries, place) : {};
    return known === undefined ? undefined : { known, written };
  },
};

function writtenOf(
  entries: ReadonlyMap<string, { readonly value: Tree }>,
  place: Place,
): Record<string, string> {
  const label = text(DESCRIPTION_MAX_LENGTH);
  const written: [string, string][] = [];
  for (const [key, { value }] of entries) {
    // What is known was read already, and what is neither was reported.
    const own = LABEL.test(key) ? label.read(value, place) : value.kind === "text" && value.text;
    if (typeof own === "string") written.push([key, own]);
  }
  return Object.fromEntries(written);
}

/** An id that is safe in paths, tables and file names. */
export function agentId(): Reader<string> {
  const base = text(ID_MAX_LENGTH);
  const type = `letters, digits, _ and -, at most ${String(ID_MAX_LENGTH)}`;
  return {
    type,
    read(tree, place) {
      const id = base.read(tree, place);
      if (id === undefined) return undefined;
      if (/^[A-Za-z0-9_-]+$/.test(id)) return id;
      const message = `An agent's id is made of ${type}; ${quoted(id)} is not.`;
      place.problems.error("bad-id", tree.at, place.path, message);
      return undefined;
    },
  };
}

const shortText = text(DESCRIPTION_MAX_LENGTH);

const agentEntry = record<AgentEntry>(
  {
    id: { reader: agentId(), text: "What the agent is called.", otherwise: "user000, user001, …" },
    count: {
      reader: integer({ min: 1, max: AGENTS_MAX }, "agents"),
      text: "How many agents like this one there are; a hashrate is each one's.",
      default: "1",
    },
    daemon: { reader: shortText, text: "Kept for the registries.", default: "" },
    wallet: { reader: shortText, text: "Kept for the registries.", default: "" },
    script: { reader: shortText, text: "What a named agent does, as in the source.", default: "" },
    user_script: {
      reader: shortText,
      text: "An agent with one pays others, as `agents.regular_user` does.",
      default: "",
    },
    ...ATTRIBUTE_FIELDS,
    attributes: {
      reader: attributes,
      text: "Hash rate and payments of the agent.",
      otherwise: "none",
    },
  },
  { ignored: IGNORED },
);

const controllerEntry = record<ControllerEntry>(
  {
    script: { reader: shortText, text: "As in the source.", default: "agents.block_controller" },
    arguments: {
      reader: list(shortText, { max: 20 }),
      text: "--interval (seconds between two blocks), --solo-miner-threshold (per cent).",
      otherwise: "--interval 60, --solo-miner-threshold 0",
    },
  },
  { ignored: ["attributes", "daemon", "start_time", "wallet"] },
);

const lists = record<AgentLists>(
  {
    user_agents: {
      reader: list(agentEntry, { min: 1, max: AGENTS_MAX }),
      text: "Everybody who mines or pays.",
      isRequired: true,
    },
    block_controller: {
      reader: controllerEntry,
      text: "Chooses who makes each block; without it each miner has a clock of its own.",
      otherwise: "none",
    },
  },
  { ignored: ["miner_distributor", "pure_script_agents", "simulation_monitor"] },
);

const named = byAgent(agentEntry, AGENTS_MAX);

/** True when `tree` names its agents: every value is a mapping, and no key is one of the lists'. */
function isNamed(tree: Tree): boolean {
  if (tree.kind !== "mapping" || tree.entries.size === 0) return false;
  const keys = [...tree.entries];
  return keys.every(
    ([key, { value }]) =>
      value.kind === "mapping" && nearestName(key, ["user_agents", "block_controller"]) === null,
  );
}

/** Reads `agents` in the form that it has. */
export const agentsReader: Reader<AgentsSection> = {
  type: "mapping",
  ...(lists.fields === undefined ? {} : { fields: lists.fields }),
  inside: { suffix: ".<agent>", reader: agentEntry },
  read(tree, place) {
    if (isNamed(tree)) {
      const agents = named.read(tree, place);
      if (agents === undefined) return undefined;
      return {
        agents: [...agents].map(([name, { value, at }]) => ({
          name,
          path: `${place.path}.${name}`,
          at,
          entry: value,
        })),
        controller: null,
      };
    }
    const section = lists.read(tree, place);
    if (section === undefined) return undefined;
    return {
      agents: section.user_agents.value.map(({ value, at }, index) => ({
        name: null,
        path: `${place.path}.user_agents[${String(index)}]`,
        at,
        entry: value,
      })),
      controller: section.block_controller ?? null,
    };
  },
};

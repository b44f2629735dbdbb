/**
 * Agents as the source's tool writes them, in its two forms: the published one has a list `user_agents` and a
 * `block_controller`, the newer one names each agent.
 *
 * @module
 */
import {
  type AgentAttributes,
  ATTRIBUTE_FIELDS,
  type Attributes,
  attributesReader,
  IGNORED_KEYS,
} from "./attributes-schema.ts";
import {
  AGENTS_MAX,
  CONTROLLER_ARGUMENTS_MAX,
  DESCRIPTION_MAX_LENGTH,
  ID_MAX_LENGTH,
} from "./limits.ts";
import { nearestName } from "./nearest-name.ts";
import {
  byAgent,
  type Located,
  list,
  quoted,
  type Reader,
  record,
  type Section,
} from "./reader.ts";
import { integer, text } from "./scalar-readers.ts";
import type { Tree } from "./yaml-tree.ts";

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
      reader: attributesReader,
      text: "Hash rate and payments of the agent.",
      otherwise: "none",
    },
  },
  { ignored: IGNORED_KEYS },
);

const controllerEntry = record<ControllerEntry>(
  {
    script: { reader: shortText, text: "As in the source.", default: "agents.block_controller" },
    arguments: {
      reader: list(shortText, { max: CONTROLLER_ARGUMENTS_MAX }),
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

/**
 * The source's agent discovery: who takes part, who mines with which weight, who has a wallet. It answers from a
 * registry that is made once and kept until something changes, as a phase or a tab that closes does.
 *
 * @module
 */
import { CodedError } from "../../kernel/errors.ts";
import type { Agent, Scenario } from "../scenario/scenario.ts";

/** What can be asked for; an agent can be several of them. */
export const AGENT_TYPES = [
  "miner",
  "solo_miner",
  "user",
  "wallet",
  "node",
  "block_controller",
] as const;
/** One of `AGENT_TYPES`. */
export type AgentType = (typeof AGENT_TYPES)[number];

/** An agent as discovery knows it. */
export interface DiscoveredAgent {
  readonly id: string;
  readonly types: readonly AgentType[];
  readonly isOnline: boolean;
  /** Per cent, at present; 0 for one that does not mine. */
  readonly hashrate: number;
  /** hashrate ÷ the sum of all miners that are online; 0 for one that is away or does not mine. */
  readonly weight: number;
  /** Where rewards and payments go; empty for a block controller. */
  readonly walletAddress: string;
  readonly daemon: string;
  readonly wallet: string;
  readonly userScript: string;
  /** As written, with `is_miner` for all and the present `hashrate` for miners. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** Everything at one moment. */
export interface AgentRegistry {
  /** In the configuration's order; the block controller is last. */
  readonly agents: readonly DiscoveredAgent[];
  readonly miners: readonly DiscoveredAgent[];
  readonly wallets: readonly DiscoveredAgent[];
  readonly blockControllers: readonly DiscoveredAgent[];
}

/** What became different; absent fields stay. A phase of a scenario is one. */
export interface AgentChanges {
  readonly online?: Readonly<Record<string, boolean>>;
  /** New hash rates in per cent, before the factor. */
  readonly hashrates?: Readonly<Record<string, number>>;
  readonly hashrateFactor?: number;
}

/** Asks and tells; nothing it returns changes afterwards. */
export interface AgentDiscovery {
  /** The same object until something changes. */
  getAgentRegistry(): AgentRegistry;
  /** Online or not. Throws `unknown-agent-type` {type, known, advice}. */
  findAgentsByType(type: string): readonly DiscoveredAgent[];
  /** Online or not; compares the texts that were written. */
  findAgentsByAttribute(name: string, value: string): readonly DiscoveredAgent[];
  /** Throws `unknown-agent` {id, advice}. */
  getAgentById(id: string): DiscoveredAgent;
  /** Those that are online and have a hash rate. Throws `no-miners` {configured, online, advice}. */
  getMinerAgents(): readonly DiscoveredAgent[];
  getWalletAgents(): readonly DiscoveredAgent[];
  /** None with autonomous miners. */
  getBlockControllers(): readonly DiscoveredAgent[];
  /** The registry is made anew afterwards. Throws `unknown-agent`, `not-a-miner` {id, advice}, and changes nothing then. */
  update(changes: AgentChanges): void;
  /** Makes the registry anew, such as after `addressOf` answers otherwise. */
  refresh(): AgentRegistry;
}

/** The id of the block controller, as the source has it. */
export const BLOCK_CONTROLLER_ID = "blockcontroller";

/** What of an agent changes during a run. */
interface Presence {
  readonly agent: Agent;
  isOnline: boolean;
  hashrate: number;
}

/**
 * Discovery for the agents of `scenario`, all online at first. `addressOf` answers the address of an agent's wallet;
 * it is asked once for each agent whenever the registry is made.
 */
export function createAgentDiscovery(
  scenario: Scenario,
  addressOf: (agentId: string) => string,
): AgentDiscovery {
  const presences = new Map<string, Presence>(
    scenario.agents.map((agent) => [agent.id, { agent, isOnline: true, hashrate: agent.hashrate }]),
  );
  let hashrateFactor = 1;
  let registry: AgentRegistry | null = null;

  function find(id: string): Presence {
    const presence = presences.get(id);
    if (presence === undefined) throw unknownAgent(id);
    return presence;
  }

  function findMiner(id: string): Presence {
    const presence = find(id);
    if (presence.agent.isMiner) return presence;
    const advice = "Only an agent with is_miner: true has a hash rate.";
    throw new CodedError("not-a-miner", { id, advice });
  }

  function makeRegistry(): AgentRegistry {
    const all = [...presences.values()];
    const isActive = ({ agent, isOnline }: Presence): boolean => agent.isMiner && isOnline;
    const sum = all.filter(isActive).reduce((total, { hashrate }) => total + hashrate, 0);
    const agents = all.map((presence) => {
      const { agent, isOnline } = presence;
      const weight =
        isActive(presence) && sum > 0 && hashrateFactor > 0 ? presence.hashrate / sum : 0;
      const hashrate = presence.hashrate * hashrateFactor;
      return discovered(agent, isOnline, hashrate, weight, addressOf(agent.id));
    });
    const blockControllers = scenario.engine === "controller" ? [blockController()] : [];
    const everybody = [...agents, ...blockControllers];
    return {
      agents: everybody,
      miners: everybody.filter(({ types }) => types.includes("miner")),
      wallets: everybody.filter(({ types }) => types.includes("wallet")),
      blockControllers,
    };
  }

  const current = (): AgentRegistry => (registry ??= makeRegistry());

  return {
    getAgentRegistry: current,
    findAgentsByType(type) {
      const known = AGENT_TYPES.find((name) => name === type);
      if (known === undefined) {
        const names = AGENT_TYPES.join(", ");
        const advice = `Ask for one of ${names}.`;
        throw new CodedError("unknown-agent-type", { type, known: names, advice });
      }
      return current().agents.filter(({ types }) => types.includes(known));
    },
    findAgentsByAttribute: (name, value) =>
      current().agents.filter(
        ({ attributes }) => Object.hasOwn(attributes, name) && attributes[name] === value,
      ),
    getAgentById(id) {
      const agent = current().agents.find((agent) => agent.id === id);
      if (agent === undefined) throw unknownAgent(id);
      return agent;
    },
    getMinerAgents() {
      const { miners } = current();
      const active = miners.filter(({ weight }) => weight > 0);
      if (active.length > 0) return active;
      const online = miners.filter(({ isOnline }) => isOnline).length;
      const advice =
        online > 0
          ? "Every miner that is online has a hash rate of 0; a phase sets it."
          : "No miner is online; wait for one, or bring one back in a phase.";
      throw new CodedError("no-miners", { configured: miners.length, online, advice });
    },
    getWalletAgents: () => current().wallets,
    getBlockControllers: () => current().blockControllers,
    update({ online = {}, hashrates = {}, ...changes }) {
      const presence = Object.entries(online).map(([id, value]) => [find(id), value] as const);
      const rates = Object.entries(hashrates).map(([id, value]) => [findMiner(id), value] as const);
      for (const [agent, isOnline] of presence) agent.isOnline = isOnline;
      for (const [agent, hashrate] of rates) agent.hashrate = hashrate;
      hashrateFactor = changes.hashrateFactor ?? hashrateFactor;
      registry = null;
    },
    refresh() {
      registry = null;
      return current();
    },
  };
}

function unknownAgent(id: string): CodedError {
  const advice = "Ids are those of the configuration; getAgentRegistry() lists them.";
  return new CodedError("unknown-agent", { id, advice });
}

function typesOf({ isMiner, isSolo, user, wallet }: Agent): AgentType[] {
  const isUser = user !== null;
  const types: [AgentType, boolean][] = [
    ["miner", isMiner],
    ["solo_miner", isSolo],
    ["user", isUser],
    ["wallet", isMiner || isUser || wallet !== ""],
    ["node", true],
  ];
  return types.filter(([, isOne]) => isOne).map(([type]) => type);
}

function discovered(
  agent: Agent,
  isOnline: boolean,
  hashrate: number,
  weight: number,
  walletAddress: string,
): DiscoveredAgent {
  const { id, isMiner, daemon, wallet, userScript } = agent;
  const attributes = {
    ...agent.attributes,
    is_miner: String(isMiner),
    ...(isMiner && { hashrate: String(hashrate) }),
  };
  const types = typesOf(agent);
  return {
    id,
    types,
    isOnline,
    hashrate,
    weight,
    walletAddress,
    daemon,
    wallet,
    userScript,
    attributes,
  };
}

function blockController(): DiscoveredAgent {
  return {
    id: BLOCK_CONTROLLER_ID,
    types: ["block_controller"],
    isOnline: true,
    hashrate: 0,
    weight: 0,
    walletAddress: "",
    daemon: "",
    wallet: "",
    userScript: "agents.block_controller",
    attributes: {},
  };
}

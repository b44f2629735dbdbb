/**
 * The registries as files in the source's shape: the same names and keys. Addresses of the network and ports, which
 * peers of a simulation do not have, are left out, and so is the time of writing, which would make two files of
 * one run differ.
 *
 * @module
 */
import type { Scenario } from "../scenario/scenario.ts";
import type { AgentDiscovery, DiscoveredAgent } from "./agent-discovery.ts";

/** Names and contents, each a JSON text with a line break at its end. */
export type RegistryFiles = Readonly<Record<string, string>>;

/** `agent_registry.json`, `miners.json`, and `block_controller.json` where there is one. */
export function registryFiles(discovery: AgentDiscovery, scenario: Scenario): RegistryFiles {
  const { agents, miners, blockControllers } = discovery.getAgentRegistry();
  const controllers = blockControllers.map(({ id }) => ({
    agent_id: id,
    type: "block_controller",
    target_interval: scenario.paceMs / 1_000,
    blocks_per_generation: 1,
    solo_miner_threshold: scenario.soloMinerThreshold,
  }));
  return {
    "agent_registry.json": file({ agents: agents.map(agentEntry) }),
    "miners.json": file({ miners: miners.map(minerEntry) }),
    ...(controllers[0] && { "block_controller.json": file(controllers[0]) }),
  };
}

function file(content: unknown): string {
  return `${JSON.stringify(content, null, 2)}\n`;
}

function agentEntry({ types, ...agent }: DiscoveredAgent): object {
  const hasWallet = types.includes("wallet");
  return {
    id: agent.id,
    daemon: types.includes("node"),
    wallet: hasWallet,
    ...(agent.userScript !== "" && { user_script: agent.userScript }),
    attributes: agent.attributes,
    ...(hasWallet && { wallet_address: agent.walletAddress }),
    online: agent.isOnline,
  };
}

/** `weight` is the hash rate, as in the source; the probability is beside it. */
function minerEntry(agent: DiscoveredAgent): object {
  return {
    agent_id: agent.id,
    hashrate: agent.hashrate,
    wallet_address: agent.walletAddress,
    weight: agent.hashrate,
    probability: Number(agent.weight.toPrecision(6)),
    online: agent.isOnline,
  };
}

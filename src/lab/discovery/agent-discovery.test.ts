import { describe, expect, it, vi } from "vitest";
import { CodedError } from "../../kernel/errors.ts";
import { EXAMPLES } from "../scenario/examples.ts";
import { parseScenario } from "../scenario/parse-scenario.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { AGENT_TYPES, createAgentDiscovery, type DiscoveredAgent } from "./agent-discovery.ts";

function scenarioOf(yaml: string): Scenario {
  const { scenario } = parseScenario(yaml);
  if (scenario === null) throw new Error("no scenario");
  return scenario;
}

const YAML = `agents:
  user_agents:
    - { id: large, is_miner: true, attributes: { hashrate: 60, x_city: Basel } }
    - { id: middling, is_miner: true, attributes: { hashrate: 39 } }
    - { id: small, is_miner: true, attributes: { hashrate: 1 } }
    - { id: payer, user_script: agents.regular_user, attributes: { x_city: Basel } }
    - { id: reader, daemon: monerod }
    - { id: keeper, wallet: monero-wallet-rpc }
  block_controller: { arguments: ["--interval 120", "--solo-miner-threshold 2"] }
`;
const SCENARIO = scenarioOf(YAML);
const addressOf = (id: string): string => `address of ${id}`;

function ids(agents: readonly DiscoveredAgent[]): string[] {
  return agents.map(({ id }) => id);
}

/** What `act` throws. */
function thrown(act: () => unknown): CodedError {
  try {
    act();
  } catch (error) {
    if (error instanceof CodedError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("agent discovery", () => {
  it("finds everybody of the published example, with the source's ids and weights", () => {
    const discovery = createAgentDiscovery(scenarioOf(EXAMPLES[0]?.yaml ?? ""), addressOf);
    const miners = discovery.getMinerAgents();
    expect(ids(miners)).toEqual([0, 1, 2, 3, 4, 5, 6].map((at) => `user00${String(at)}`));
    expect(miners.map(({ weight }) => weight)).toEqual(
      [25, 25, 10, 10, 10, 5, 5].map((hashrate) => hashrate / 90),
    );
    expect(ids(discovery.getWalletAgents())).toHaveLength(8);
    expect(ids(discovery.getBlockControllers())).toEqual(["blockcontroller"]);
    expect(discovery.getAgentById("user007").userScript).toBe("agents.regular_user");
  });

  it.each([
    ["miner", ["large", "middling", "small"]],
    ["solo_miner", ["small"]],
    ["user", ["small", "payer"]],
    ["wallet", ["large", "middling", "small", "payer", "keeper"]],
    ["node", ["large", "middling", "small", "payer", "reader", "keeper"]],
    ["block_controller", ["blockcontroller"]],
  ])("finds by the type %s", (type, expected) => {
    const discovery = createAgentDiscovery(SCENARIO, addressOf);
    expect(ids(discovery.findAgentsByType(type))).toEqual(expected);
  });

  it("finds by attribute, by texts that were written and by what is told of all", () => {
    const discovery = createAgentDiscovery(SCENARIO, addressOf);
    expect(ids(discovery.findAgentsByAttribute("x_city", "Basel"))).toEqual(["large", "payer"]);
    expect(ids(discovery.findAgentsByAttribute("x_city", "Bern"))).toEqual([]);
    expect(ids(discovery.findAgentsByAttribute("hashrate", "39"))).toEqual(["middling"]);
    expect(ids(discovery.findAgentsByAttribute("is_miner", "false"))).toEqual([
      "payer",
      "reader",
      "keeper",
    ]);
    expect(discovery.findAgentsByAttribute("constructor", "Object")).toEqual([]);
  });

  it("has no block controller with autonomous miners", () => {
    const yaml = YAML.replace("agents:", "lab: { engine: autonomous }\nagents:");
    const discovery = createAgentDiscovery(scenarioOf(yaml), addressOf);
    expect(discovery.getBlockControllers()).toEqual([]);
    expect(discovery.findAgentsByType("block_controller")).toEqual([]);
  });

  it("keeps its registry until something changes or it is told to look again", () => {
    const asked = vi.fn<(id: string) => string>(addressOf);
    const discovery = createAgentDiscovery(SCENARIO, asked);
    const first = discovery.getAgentRegistry();
    discovery.getMinerAgents();
    expect(discovery.getAgentRegistry()).toBe(first);
    expect(asked).toHaveBeenCalledTimes(SCENARIO.agents.length);
    discovery.update({ online: { reader: false } });
    const second = discovery.getAgentRegistry();
    expect(second).not.toBe(first);
    expect(first.agents[4]?.isOnline).toBe(true);
    expect(second.agents[4]?.isOnline).toBe(false);
    expect(discovery.refresh()).not.toBe(second);
    expect(asked).toHaveBeenCalledTimes(3 * SCENARIO.agents.length);
  });

  it("shares the weights of those who left among those who stay, until they are back", () => {
    const discovery = createAgentDiscovery(SCENARIO, addressOf);
    discovery.update({ online: { large: false } });
    expect(discovery.getMinerAgents()).toMatchObject([
      { id: "middling", weight: 39 / 40 },
      { id: "small", weight: 1 / 40 },
    ]);
    expect(discovery.getAgentById("large")).toMatchObject({ hashrate: 60, weight: 0 });
    discovery.update({ online: { large: true } });
    expect(discovery.getMinerAgents()[0]).toMatchObject({ id: "large", weight: 0.6 });
  });

  it("follows the hash rates of phases", () => {
    const discovery = createAgentDiscovery(SCENARIO, addressOf);
    discovery.update({ hashrates: { large: 0, small: 13 }, hashrateFactor: 2 });
    expect(discovery.getMinerAgents()).toMatchObject([
      { id: "middling", hashrate: 78, weight: 0.75, attributes: { hashrate: "78" } },
      { id: "small", hashrate: 26, weight: 0.25 },
    ]);
    discovery.update({ hashrateFactor: 1 });
    expect(discovery.getAgentById("small").hashrate).toBe(13);
  });

  it("says who is missing when nobody mines, and what to do", () => {
    const discovery = createAgentDiscovery(SCENARIO, addressOf);
    discovery.update({ online: { large: false, middling: false, small: false } });
    const away = thrown(() => discovery.getMinerAgents());
    expect(away).toMatchObject({ code: "no-miners", data: { configured: 3, online: 0 } });
    expect(away.data["advice"]).toContain("bring one back");
    discovery.update({ online: { small: true }, hashrateFactor: 0 });
    const idle = thrown(() => discovery.getMinerAgents());
    expect(idle).toMatchObject({ code: "no-miners", data: { configured: 3, online: 1 } });
    expect(idle.data["advice"]).toContain("hash rate of 0");
  });

  it("says which types there are", () => {
    const discovery = createAgentDiscovery(SCENARIO, addressOf);
    const error = thrown(() => discovery.findAgentsByType("minner"));
    expect(error).toMatchObject({ code: "unknown-agent-type", data: { type: "minner" } });
    for (const type of AGENT_TYPES) expect(error.data["advice"]).toContain(type);
  });

  it("refuses a change that it does not understand as a whole", () => {
    const discovery = createAgentDiscovery(SCENARIO, addressOf);
    const before = discovery.getAgentRegistry();
    expect(thrown(() => discovery.getAgentById("nobody")).code).toBe("unknown-agent");
    const stranger = thrown(() => discovery.update({ online: { large: false, nobody: false } }));
    expect(stranger).toMatchObject({ code: "unknown-agent", data: { id: "nobody" } });
    const user = thrown(() =>
      discovery.update({ online: { large: false }, hashrates: { payer: 1 } }),
    );
    expect(user).toMatchObject({ code: "not-a-miner", data: { id: "payer" } });
    expect(discovery.getAgentRegistry()).toBe(before);
    expect(discovery.refresh()).toEqual(before);
  });
});

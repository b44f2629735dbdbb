import { describe, expect, it } from "vitest";
import { EXAMPLES } from "../scenario/examples.ts";
import { parseScenario } from "../scenario/parse-scenario.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { createAgentDiscovery } from "./agent-discovery.ts";
import { registryFiles } from "./registry-files.ts";

function filesOf(scenario: Scenario): Record<string, unknown> {
  const discovery = createAgentDiscovery(scenario, (id) => `address of ${id}`);
  discovery.update({ online: { user006: false } });
  const files = registryFiles(discovery, scenario);
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => [name, JSON.parse(text) as unknown]),
  );
}

const { scenario } = parseScenario(EXAMPLES[0]?.yaml ?? "");
if (scenario === null) throw new Error("the published example has errors");

describe("the registries as files", () => {
  it("have the source's names and keys", () => {
    const files = filesOf(scenario);
    expect(Object.keys(files)).toEqual([
      "agent_registry.json",
      "miners.json",
      "block_controller.json",
    ]);
    expect(files["block_controller.json"]).toEqual({
      agent_id: "blockcontroller",
      type: "block_controller",
      target_interval: 120,
      blocks_per_generation: 1,
      solo_miner_threshold: 2,
    });
    const { agents } = files["agent_registry.json"] as { agents: unknown[] };
    expect(agents).toHaveLength(9);
    expect(agents[7]).toEqual({
      id: "user007",
      daemon: true,
      wallet: true,
      user_script: "agents.regular_user",
      attributes: {
        transaction_interval: "60",
        min_transaction_amount: "0.5",
        max_transaction_amount: "2.0",
        is_miner: "false",
      },
      wallet_address: "address of user007",
      online: true,
    });
    expect(agents[8]).toEqual({
      id: "blockcontroller",
      daemon: false,
      wallet: false,
      user_script: "agents.block_controller",
      attributes: {},
      online: true,
    });
  });

  it("have every miner with hash rate, address and weight, those away too", () => {
    const { miners } = filesOf(scenario)["miners.json"] as { miners: unknown[] };
    expect(miners).toHaveLength(7);
    expect(miners[0]).toEqual({
      agent_id: "user000",
      hashrate: 25,
      wallet_address: "address of user000",
      weight: 25,
      probability: 0.294118,
      online: true,
    });
    expect(miners[6]).toMatchObject({
      agent_id: "user006",
      weight: 5,
      probability: 0,
      online: false,
    });
  });

  it("have no block controller with autonomous miners", () => {
    const files = filesOf({ ...scenario, engine: "autonomous" });
    expect(Object.keys(files)).toEqual(["agent_registry.json", "miners.json"]);
  });
});

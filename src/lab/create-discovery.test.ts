import { describe, expect, it } from "vitest";
import { createDiscovery } from "./create-discovery.ts";
import { createRun } from "./create-run.ts";
import { parseScenario } from "./scenario/parse-scenario.ts";
import { PUBLISHED_EXAMPLE } from "./scenario/published-example.ts";

const { scenario } = parseScenario(PUBLISHED_EXAMPLE);
if (scenario === null) throw new Error("the published example has errors");

describe("createDiscovery", () => {
  it.each(["autonomous", "controller"] as const)(
    "gives each agent of the %s engine an address of its own, the same for the same seed",
    async (engine) => {
      const [first, again, other] = await Promise.all(
        [1, 1, 2].map((seed) => createDiscovery({ ...scenario, engine }, seed)),
      );
      const addresses = first?.getWalletAgents().map(({ walletAddress }) => walletAddress) ?? [];
      expect(addresses).toHaveLength(8);
      expect(new Set(addresses).size).toBe(8);
      for (const address of addresses) expect(address).toMatch(/^[0-9a-f]{64}$/);
      expect(again?.getAgentRegistry()).toEqual(first?.getAgentRegistry());
      expect(other?.getAgentRegistry()).not.toEqual(first?.getAgentRegistry());
      expect(first?.getMinerAgents()).toHaveLength(7);
    },
  );

  it("refuses what the engine refuses, as a run does", async () => {
    const crowd = { ...scenario, peers: 1_000 };
    await expect(createRun(crowd, 1)).rejects.toMatchObject({ code: "controller-too-many-peers" });
    await expect(createDiscovery(crowd, 1)).rejects.toMatchObject({
      code: "controller-too-many-peers",
    });
  });
});

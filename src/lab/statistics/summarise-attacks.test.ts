import { describe, expect, it } from "vitest";
import { minersYaml, runYaml } from "../testing/run-yaml.ts";
import { summarise } from "./summarise.ts";
import type { RunSummary } from "./summary.ts";

async function summaryOf(hashrates: readonly number[], lab: string): Promise<RunSummary> {
  return summarise(await runYaml(minersYaml(hashrates, lab)));
}

const sumOf = ({ miners }: RunSummary, of: "share" | "expectedShare" | "blocks"): number =>
  miners.reduce((sum, miner) => sum + miner[of], 0);

describe("figures of runs with attackers", () => {
  it("expect shares that sum to one, blocks that everybody refuses included", async () => {
    const summary = await summaryOf(
      [50, 50],
      "blocks: 200\nrest: false\nattackers: [{ agent: user000, kind: cheat }]",
    );
    const [cheat, honest] = summary.miners;
    expect(cheat).toMatchObject({ share: 0, expectedShare: 0.5, blocks: 0, inBand: null });
    expect(honest).toMatchObject({ share: 1, expectedShare: 0.5, blocks: 200, inBand: null });
    expect(honest?.band.low).toBeLessThan(0.5);
    expect(honest?.band.high).toBeGreaterThan(0.5);
  });

  it("count no more blocks than there are, when a secret branch ends the run far above its height", async () => {
    const summary = await summaryOf(
      [90, 10],
      "blocks: 30\nrest: false\nretarget: fixed\nattackers: [{ agent: user000, kind: majority, depth: 20 }]",
    );
    expect(summary.blocks).toBeGreaterThan(60);
    expect(sumOf(summary, "blocks")).toBe(summary.blocks);
    expect(sumOf(summary, "share")).toBeCloseTo(1, 5);
    expect(sumOf(summary, "expectedShare")).toBeCloseTo(1, 5);
    expect(summary.found - summary.forks.stale).toBe(summary.blocks);
  });
});

import { describe, expect, it } from "vitest";
import { giniVerdict } from "../report/verdicts.ts";
import { giniByChance } from "./gini-by-chance.ts";
import { summarise } from "./summarise.ts";
import { makeRecord } from "./testing/make-record.ts";

const even = (miners: number): number[] => Array.from({ length: miners }, () => 1 / miners);

describe("giniByChance", () => {
  it("is half the expected difference of two miners' shares", () => {
    // Two miners have the Gini |2X − n| ÷ 2n, which is |Z| ÷ 2√n: 0.000157 at 2.5 % and 0.0112 at 97.5 %.
    const band = giniByChance(10_000, even(2));
    expect(band?.low).toBeLessThan(0.000_6);
    expect(band?.high).toBeGreaterThan(0.009_5);
    expect(band?.high).toBeLessThan(0.013_5);
  });

  it("comes down to the Gini of the shares with more and more blocks", () => {
    // Shares 0.6, 0.3, 0.1: 2 (0.1 + 2 · 0.3 + 3 · 0.6) ÷ 3 − 4 ÷ 3.
    const gini = 1 / 3;
    const widths = [100, 10_000, 1_000_000].map((blocks) => {
      const { low = 1, high = 0 } = giniByChance(blocks, [0.6, 0.3, 0.1]) ?? {};
      expect(low).toBeLessThan(gini);
      expect(high).toBeGreaterThan(gini);
      return high - low;
    });
    expect(widths[0]).toBeGreaterThan(5 * (widths[1] ?? 1));
    expect(widths[1]).toBeGreaterThan(5 * (widths[2] ?? 1));
  });

  it("is high for few blocks among many equal miners, counted one by one", () => {
    // With one block a miner the counts are Poisson's of mean 1, whose Gini is e^(−2) (I₀(2) + I₁(2)) = 0.5239.
    const band = giniByChance(1_000, even(1_000));
    expect(band?.low).toBeGreaterThan(0.49);
    expect(band?.low).toBeLessThan(0.523_8);
    expect(band?.high).toBeGreaterThan(0.523_8);
    expect(band?.high).toBeLessThan(0.56);
  });

  it("has no range where nothing is shared out, and the same one each time", () => {
    expect([giniByChance(0, [1]), giniByChance(9, []), giniByChance(9, [0])]).toEqual([
      null,
      null,
      null,
    ]);
    expect(giniByChance(9, [1])).toEqual({ low: 0, high: 0 });
    expect(giniByChance(500, [0.9, 0.1])).toEqual(giniByChance(500, [0.9, 0.1]));
  });
});

describe("giniVerdict", () => {
  const equal = Array.from({ length: 10 }, () => 10);

  it("takes chance for chance", () => {
    // Ten equal miners and 200 blocks: the Gini of the rewards is about 0.1, that of the hash rates 0.
    const summary = summarise(makeRecord({ seed: 5, blocks: 200, hashrates: equal }));
    expect(summary.gini.rewards).toBeGreaterThan(0.05);
    expect(giniVerdict(summary)).toMatch(
      /^Gini of the rewards 0\.\d+, of the hash rates 0: rewards are as uneven as chance makes them, given what is to be expected of each miner \(0\.0\d+ to 0\.1\d+ in 95 of 100 runs\)\.$/,
    );
  });

  it("names what is no chance", () => {
    const record = makeRecord({ seed: 5, blocks: 200, hashrates: equal });
    const verdictOf = (blocksOf: (index: number) => number): string => {
      const agents = record.agents.map((agent, index) => ({
        ...agent,
        consumer: blocksOf(index) * 1_000_000,
        industrial: 0,
      }));
      return giniVerdict(summarise({ ...record, agents }));
    };
    expect(verdictOf(() => 20)).toContain("rewards are more even than chance makes them");
    expect(verdictOf((index) => index)).toContain("rewards are more uneven than chance makes them");
  });

  it("says nothing of chance where a trace gave the finds", () => {
    const trace = [{ atMs: 1, agent: 0 }];
    expect(giniVerdict(summarise(makeRecord({ blocks: 50, scenario: { trace } })))).toMatch(
      /^Gini of the rewards 0\.\d+, of the hash rates 0\.2\.$/,
    );
  });
});

import { describe, expect, it } from "vitest";
import { createRandom } from "../random/random.ts";
import { chooseByHashrate } from "./weighted-choice.ts";

const DRAWS = 20_000;

function shares(hashrates: readonly number[], seed: number): readonly number[] {
  const random = createRandom(seed, "test");
  const counts = hashrates.map(() => 0);
  for (let draw = 0; draw < DRAWS; draw++) {
    const { index } = chooseByHashrate(hashrates, random);
    counts[index] = (counts[index] ?? 0) + 1;
  }
  return counts.map((count) => count / DRAWS);
}

describe("chooseByHashrate", () => {
  it.each([
    ["that sum to 100", [50, 30, 20]],
    ["of the published example, which sum to 90", [25, 25, 10, 10, 10, 5, 5]],
    ["with fractions", [0.5, 0.25, 99.25]],
    ["far above 100 together", [1e9, 3e9]],
    ["with some that have none", [0, 60, 0, 40, 0]],
  ])("chooses in proportion to hash rates %s", (_what, hashrates) => {
    const seed = 20_260_101;
    const total = hashrates.reduce((sum, hashrate) => sum + hashrate, 0);
    const { probabilities } = chooseByHashrate(hashrates, createRandom(seed, "test"));
    const drawn = shares(hashrates, seed);
    for (const [index, hashrate] of hashrates.entries()) {
      const p = hashrate / total;
      expect(probabilities[index]).toBeCloseTo(p, 8);
      const bound = 5 * Math.sqrt((p * (1 - p)) / DRAWS);
      expect(Math.abs((drawn[index] ?? 0) - p), `seed ${seed}`).toBeLessThanOrEqual(bound);
    }
  });

  it("chooses nobody when nobody has any hash rate", () => {
    expect(() => chooseByHashrate([0, 0], createRandom(1, "test"))).toThrow("bad-bound");
    expect(() => chooseByHashrate([], createRandom(1, "test"))).toThrow("bad-bound");
  });

  it("draws the same lots again for the same seed", () => {
    const lots = (): readonly number[] => {
      const random = createRandom(12_345, "controller");
      return Array.from({ length: 12 }, () => chooseByHashrate([25, 25, 50], random).index);
    };
    expect(lots()).toEqual(lots());
    expect(new Set(lots()).size).toBe(3);
  });
});

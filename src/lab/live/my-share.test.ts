import { describe, expect, it } from "vitest";
import { createRandom } from "../random/random.ts";
import { weighted } from "../testing/weighted.ts";
import type { LiveBlock } from "./live-block.ts";
import { myShare } from "./my-share.ts";

const PACE_MS = 60_000;
/** A quarter of the pace, less the ten seconds that a header may be ahead. */
const DEAD_MS = 5_000;
const MY_RATE = 200;
const OTHERS = [300, 300, 200];
const WORK = 60_000;

/** A chain by the story's rules: exponential waits, and whoever wrote last rests for two paces. */
function chain(blocks: number, seed: number): readonly LiveBlock[] {
  const random = createRandom(seed, "statistics-test");
  const rates = [MY_RATE, ...OTHERS];
  const wait = (able: readonly number[]): number => {
    const total = able.reduce((sum, rate) => sum + rate, 0);
    return ((random.exponential() * WORK) / total) * 1_000;
  };
  let last = -1;
  return Array.from({ length: blocks }, (_, index) => {
    const after = last;
    const others = rates.map((rate, author) => (author === after ? 0 : rate));
    const early = DEAD_MS + wait(others);
    const restMs = after === -1 ? Infinity : 2 * PACE_MS;
    const solveMs = early < restMs ? early : restMs + wait(rates);
    last = weighted(random, early < restMs ? others : rates);
    return { height: index + 2, author: `a${last}`, after: `a${after}`, solveMs, work: WORK };
  });
}

describe("my share of the live chain", () => {
  it.each([1, 2, 3])("expects what a tab gets that rests after its own (seed %i)", (seed) => {
    const blocks = chain(20_000, seed);
    const share = myShare({ blocks, me: "a0", paceMs: PACE_MS, myRate: MY_RATE });
    expect(share?.blocks).toBe(20_000);
    // Three standard errors of the share are 4.5 % of it.
    expect((share?.expected ?? 0) / (share?.share ?? 1)).toBeGreaterThan(0.955);
    expect((share?.expected ?? 0) / (share?.share ?? 1)).toBeLessThan(1.045);
  });

  it.each([
    ["few", 24],
    ["144", 144],
  ])("has a band that holds what luck does in 95 of 100 stretches of %s blocks", (_, length) => {
    const stretches = 600;
    const inside = Array.from({ length: stretches }, (_, seed) => {
      const blocks = chain(length, 1_000 + seed);
      const share = myShare({ blocks, me: "a0", paceMs: PACE_MS, myRate: MY_RATE });
      if (share === null) return false;
      return share.share >= share.band.low && share.share <= share.band.high;
    }).filter(Boolean).length;
    // Three standard errors are 2.7 %; a band of whole counts holds a little more.
    expect(inside / stretches).toBeGreaterThan(0.92);
    expect(inside / stretches).toBeLessThan(0.99);
  });

  it("counts no rest against a tab beyond two paces", () => {
    const block = { height: 2, author: "me", after: "me", solveMs: 180_000, work: 60_000 };
    const blocks = Array.from({ length: 12 }, () => block);
    const share = myShare({ blocks, me: "me", paceMs: PACE_MS, myRate: 1_000 });
    // 60 s of search for 60,000 hashes each.
    expect(share?.networkRate).toBe(1_000);
    expect(share?.expected).toBe(1);
    expect(share?.share).toBe(1);
  });

  it.each([
    ["fewer than ten blocks", { blocks: chain(9, 1), myRate: 5 }],
    ["a tab without a rate", { blocks: chain(50, 1), myRate: 0 }],
    ["a rate that is no number", { blocks: chain(50, 1), myRate: Number.NaN }],
    [
      "blocks without any time to look for them",
      { blocks: chain(50, 1).map((block) => ({ ...block, solveMs: 0 })), myRate: 5 },
    ],
  ])("is not known for %s", (_, { blocks, myRate }) => {
    expect(myShare({ blocks, me: "a0", paceMs: PACE_MS, myRate })).toBeNull();
  });

  it("is never more than all, however fast the tab", () => {
    const share = myShare({ blocks: chain(50, 1), me: "zz", paceMs: PACE_MS, myRate: 1e12 });
    expect(share?.expected).toBe(1);
    expect(share?.found).toBe(0);
  });
});

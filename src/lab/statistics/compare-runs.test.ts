import { describe, expect, it } from "vitest";
import { chanceText, compareRuns } from "./compare-runs.ts";
import { summarise } from "./summarise.ts";
import { makeRecord } from "./testing/make-record.ts";

const run = (seed: number, slowness = 1, record = {}) =>
  summarise(makeRecord({ seed, blocks: 3_000, slowness, record }));

describe("compareRuns", () => {
  it("shows no difference between two seeds of one scenario", () => {
    const { blockTimes, shares, staleRate } = compareRuns(run(1), run(2));
    expect(blockTimes.test?.pValue).toBeGreaterThan(0.05);
    expect(blockTimes.verdict).toBe("The block times: no difference that these runs could show.");
    expect(shares.map(({ id }) => id)).toEqual(["agent-0", "agent-1", "agent-2"]);
    expect(staleRate).toMatchObject({ a: 0, b: 0, pValue: 1 });
  });

  it("says by how much B is slower, and how often chance does that", () => {
    const { blockTimes } = compareRuns(run(1), run(2, 1.2));
    expect(blockTimes.test?.pValue).toBeLessThan(0.001);
    expect(blockTimes.verdict).toMatch(
      /^The block times of B are longer by 1\d %; a difference this large arises by chance in /,
    );
    const back = compareRuns(run(2, 1.2), run(1)).blockTimes;
    expect(back.test?.t).toBeCloseTo(-(blockTimes.test?.t ?? 0), 10);
    expect(back.verdict).toContain("are shorter by");
  });

  it("compares stale rates", () => {
    const { staleRate } = compareRuns(run(1, 1, { stale: 30 }), run(2, 1, { stale: 90 }));
    expect(staleRate.verdict).toContain("The stale rate of B is larger by 190 %");
  });

  it("compares propagation by whole runs, for the links of one run are always the same", () => {
    const took = (seed: number, ms: number) =>
      run(seed, 1, { propagationMs: Float64Array.of(ms, ms + 2) });
    const single = compareRuns(took(1, 9), took(2, 19)).propagation;
    expect(single).toMatchObject({ a: 10, b: 20, test: null });
    expect(single.verdict).toContain("100 % longer; whether by chance, two seeds or more");
    const same = "The times from finding to acceptance are the same in both on average.";
    expect(compareRuns(took(1, 9), took(2, 9)).propagation.verdict).toBe(same);
    expect(compareRuns(took(1, 9), took(2, 9.000_1)).propagation.verdict).toBe(same);
    expect(compareRuns(took(2, 19), took(1, 9)).propagation.verdict).toContain("50 % shorter;");
    const [before, after] = [
      [9, 10, 11],
      [19, 20, 21],
    ].map((means) => means.map((ms, seed) => took(seed, ms)));
    const several = compareRuns(before ?? [], after ?? []).propagation;
    expect(several.test?.df).toBe(4);
    expect(several.verdict).toContain("are longer by 91 %");
  });

  it("puts several seeds together", () => {
    const { a, blockTimes } = compareRuns([run(1), run(2), run(3)], [run(4)]);
    expect(a).toEqual({ name: "test", seeds: [1, 2, 3], blocks: 9_000 });
    expect(blockTimes.test?.df).toBeGreaterThan(4_000);
  });

  it("says that there is too little", () => {
    const none = summarise(
      makeRecord({ blocks: 1, record: { propagationMs: new Float64Array() } }),
    );
    const { blockTimes, propagation } = compareRuns(none, none);
    expect([blockTimes.test, propagation]).toEqual([
      null,
      expect.objectContaining({ a: null, verdict: expect.stringContaining("too few values") }),
    ]);
  });

  it("tells of a difference without chance", () => {
    const still = (everyMs: number) => {
      const record = makeRecord({ blocks: 10 });
      const foundMs = record.canon.foundMs.map((_, index) => (index + 1) * everyMs);
      return summarise({ ...record, canon: { ...record.canon, foundMs } });
    };
    expect(compareRuns(still(1_000), still(2_000)).blockTimes.verdict).toBe(
      "The block times of B are longer; neither run varies, so that this is no chance.",
    );
  });

  it.each([
    [0.04, "40 in 1,000 comparisons"],
    [0.003, "3 in 1,000 comparisons"],
    [0.000_02, "20 in 1,000,000 comparisons"],
    [0, "fewer than 1 in 1,000,000 comparisons"],
  ])("a chance of %d is %s", (pValue, text) => {
    expect(chanceText(pValue)).toBe(text);
  });
});

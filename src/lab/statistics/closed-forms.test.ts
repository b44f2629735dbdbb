import { describe, expect, it } from "vitest";
import { createRandom } from "../random/random.ts";
import { significant, withShortFigures } from "./figures.ts";
import { giniOf } from "./gini.ts";
import { histogramOf, niceStep } from "./histogram.ts";
import { expectedBand, proportionsTest, wilsonInterval } from "./proportions.ts";
import { sampleOf } from "./sample.ts";
import { selfishShare, selfishThreshold } from "./selfish-mining.ts";
import { testShares } from "./share-test.ts";
import { pooledMoments, welchTest } from "./welch.ts";

describe("selfishShare", () => {
  it("is one third at the threshold of one third when every tie is lost", () => {
    expect(selfishThreshold(0)).toBeCloseTo(1 / 3, 15);
    expect(selfishShare(1 / 3, 0)).toBeCloseTo(1 / 3, 12);
  });

  it.each([0, 0.25, 0.5, 0.75, 1])("pays exactly above its threshold for γ = %d", (gamma) => {
    const threshold = selfishThreshold(gamma);
    expect(selfishShare(threshold, gamma)).toBeCloseTo(threshold, 12);
    expect(selfishShare(threshold + 0.01, gamma)).toBeGreaterThan(threshold + 0.01);
  });

  it("is 1/4 at 1/4 for ties by hash, nothing for nobody, all from one half on", () => {
    expect(selfishThreshold()).toBe(0.25);
    expect([selfishShare(0), selfishShare(0.5), selfishShare(0.7)]).toEqual([0, 1, 1]);
    expect(selfishShare(0.4999)).toBeGreaterThan(0.99);
  });

  it.each([0.1, 0.2, 0.25, 0.33, 0.4, 0.45])(
    "agrees within 0.01 with 300,000 blocks of play with ties by hash at α = %d",
    (alpha) => {
      const seed = 20_140_303;
      const random = createRandom(seed, `selfish-${alpha}`);
      let lead = 0;
      let isTie = false;
      let own = 0;
      let others = 0;
      for (let block = 0; block < 300_000; block += 1) {
        const isOwn = random.unit() < alpha;
        if (isTie) {
          const isOwnBranch = random.unit() < 0.5;
          if (isOwn) own += 2;
          else if (isOwnBranch) {
            own += 1;
            others += 1;
          } else others += 2;
          isTie = false;
        } else if (isOwn) lead += 1;
        else if (lead === 0) others += 1;
        else if (lead === 1) {
          lead = 0;
          isTie = true;
        } else if (lead === 2) {
          own += 2;
          lead = 0;
        } else {
          own += 1;
          lead -= 1;
        }
      }
      expect(Math.abs(own / (own + others) - selfishShare(alpha)), `seed ${seed}`).toBeLessThan(
        0.01,
      );
    },
  );
});

describe("welchTest", () => {
  it("gives the figures of a textbook example", () => {
    const a = sampleOf([
      27.5, 21.0, 19.0, 23.6, 17.0, 17.9, 16.9, 20.1, 21.9, 22.6, 23.1, 19.6, 19.0, 21.7, 21.4,
    ]);
    const b = sampleOf([
      27.1, 22.0, 20.8, 23.4, 23.4, 23.5, 25.8, 22.0, 24.8, 20.2, 21.9, 22.1, 22.9, 20.5, 24.4,
    ]);
    const test = a && b && welchTest(a, b);
    // Rosetta Code, "Welch's t-test", first pair of samples.
    expect(test?.pValue).toBeCloseTo(0.021378001462867, 10);
    expect(test?.t).toBeCloseTo(2.4554, 4);
    expect(test?.df).toBeCloseTo(24.9885, 3);
  });

  it("is Student's test for equal sizes and variances", () => {
    const test = welchTest(
      { count: 10, mean: 0, variance: 1 },
      { count: 10, mean: 1, variance: 1 },
    );
    expect([test?.df, test?.effect]).toEqual([expect.closeTo(18, 10), 1]);
    expect(test?.t).toBeCloseTo(Math.sqrt(5), 12);
  });

  it("says so when nothing varies, or there is too little", () => {
    const still = { count: 5, mean: 3, variance: 0 };
    expect(welchTest(still, still)).toMatchObject({ t: null, pValue: 1 });
    expect(welchTest(still, { ...still, mean: 4 })).toMatchObject({ t: null, pValue: 0 });
    expect(welchTest(still, { ...still, count: 1 })).toBeNull();
  });

  it("puts samples together as if they had been one", () => {
    const values = [4, 8, 15, 16, 23, 42, 7];
    const parts = [values.slice(0, 3), values.slice(3)]
      .map(sampleOf)
      .filter((part) => part !== null);
    const whole = sampleOf(values);
    expect(pooledMoments(parts)?.mean).toBeCloseTo(whole?.mean ?? 0, 12);
    expect(pooledMoments(parts)?.variance).toBeCloseTo(whole?.variance ?? 0, 10);
    expect(pooledMoments([])).toBeNull();
  });
});

describe("giniOf", () => {
  it.each([
    [[], undefined],
    [[0, 0], undefined],
    [[7], 0],
    [[3, 3, 3, 3], 0],
    [[0, 0, 0, 8], 0.75],
    [[1, 2, 3], 2 / 9],
  ])("of %j is %j", (values, gini) => {
    expect(giniOf(values)?.toFixed(12)).toBe(gini?.toFixed(12));
  });
});

describe("shares", () => {
  it("gives Pearson's statistic for unchanging probabilities", () => {
    // A die thrown 60 times: Σ (found − 10)² ÷ 10 = 5.8.
    const found = [5, 8, 9, 8, 10, 20];
    const die = found.map((count) => ({ found: count, expected: 10, variance: 10 * (5 / 6) }));
    const test = testShares(die);
    expect(test).toMatchObject({ df: 5, cells: 6, pooled: 0 });
    expect(test?.statistic).toBeCloseTo(13.4, 10);
    expect(test?.pValue).toBeCloseTo(0.0199, 4);
  });

  it("puts small cells together, and a pool that is too small to the smallest other", () => {
    const cell = (found: number, expected: number, of: number) => ({
      found,
      expected,
      variance: expected * (1 - expected / of),
    });
    const pooled = testShares([cell(90, 88, 100), ...[1, 2, 3, 4].map((n) => cell(n, 3, 100))]);
    expect(pooled).toMatchObject({ df: 1, cells: 1, pooled: 4 });
    const merged = testShares([cell(50, 50, 100), cell(47, 48, 100), cell(3, 2, 100)]);
    expect(merged).toMatchObject({ df: 1, statistic: 0, pValue: 1, pooled: 1 });
  });

  it("has nothing to test with one miner, or none", () => {
    expect(testShares([{ found: 10, expected: 10, variance: 0 }])).toBeNull();
    expect(testShares([])).toBeNull();
  });

  it("has a normal band for many blocks and a binomial one for few", () => {
    const wide = expectedBand(10_000, 0.3, 0.21);
    expect(wide.low).toBeCloseTo(0.3 - 1.96 * Math.sqrt(0.21 / 10_000), 6);
    expect(expectedBand(10_000, 0.3, 0.05).low).toBeGreaterThan(wide.low);
    expect(expectedBand(100, 0.02, 0.0196)).toEqual({ low: 0, high: 0.05 });
    expect(expectedBand(0, 0.2, 0)).toEqual({ low: 0, high: 1 });
    expect(expectedBand(50, 1, 0)).toEqual({ low: 1, high: 1 });
  });

  it("has Wilson's interval", () => {
    // Newcombe, Statistics in Medicine 17 (1998), table I: 81 of 263, 15 of 148, 0 of 20.
    const rounded = (count: number, of: number) =>
      Object.values(wilsonInterval(count, of)).map((bound) => Number(bound.toFixed(4)));
    expect(rounded(81, 263)).toEqual([0.2553, 0.3662]);
    expect(rounded(15, 148)).toEqual([0.0624, 0.1605]);
    expect(rounded(0, 20)).toEqual([0, 0.1611]);
    expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 });
  });

  it("compares two shares by the pooled z-test", () => {
    const test = proportionsTest({ count: 30, of: 100 }, { count: 45, of: 100 });
    expect(test?.z).toBeCloseTo(2.191, 3);
    expect(test?.pValue).toBeCloseTo(0.0285, 4);
    expect(proportionsTest({ count: 0, of: 9 }, { count: 0, of: 5 })?.pValue).toBe(1);
    expect(proportionsTest({ count: 0, of: 0 }, { count: 0, of: 5 })).toBeNull();
  });
});

describe("figures", () => {
  it("have six digits, counts all of theirs", () => {
    expect([significant(1 / 3), significant(123_456_789), significant(1.23456789e-9)]).toEqual([
      0.333333, 123_456_789, 1.23457e-9,
    ]);
    expect(withShortFigures({ a: [0.1 + 0.2, null], b: { c: "x", d: true } })).toEqual({
      a: [0.3, null],
      b: { c: "x", d: true },
    });
  });

  it("describe a sample, and none", () => {
    expect(sampleOf([])).toBeNull();
    expect(sampleOf([5])).toMatchObject({ count: 1, mean: 5, variance: 0, min: 5, p95: 5 });
    expect(sampleOf(Float64Array.of(4, 1, 3, 2))).toEqual({
      count: 4,
      mean: 2.5,
      variance: expect.closeTo(5 / 3, 12),
      deviation: expect.closeTo(Math.sqrt(5 / 3), 12),
      min: 1,
      max: 4,
      median: 2.5,
      p5: expect.closeTo(1.15, 12),
      p95: expect.closeTo(3.85, 12),
    });
  });

  it("fall into bins that a person would choose", () => {
    expect([0.03, 1, 1.1, 7.5, 15, 4_000, 7_500].map(niceStep)).toEqual([
      0.05, 1, 2, 10, 20, 5_000, 10_000,
    ]);
    const bins = histogramOf([0, 9, 10, 35, 1_000], { width: 10, bins: 3 });
    expect(bins.map(({ count }) => count)).toEqual([2, 1, 0, 2]);
    expect(bins.at(-1)).toEqual({ fromMs: 30, toMs: null, count: 2 });
  });
});

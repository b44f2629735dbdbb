import { describe, expect, it } from "vitest";
import { overSeeds } from "./over-seeds.ts";
import { summarise } from "./summarise.ts";
import { studentPoint95, studentTail } from "./tails.ts";
import { makeRecord } from "./testing/make-record.ts";

describe("studentPoint95", () => {
  // From a printed table of the t distribution, two-sided 5 %.
  it.each([
    [1, 12.706],
    [2, 4.303],
    [9, 2.262],
    [29, 2.045],
    [1_000_000, 1.96],
  ])("with %d degrees of freedom is %d", (df, point) => {
    expect(studentPoint95(df)).toBeCloseTo(point, 3);
    expect(studentTail(studentPoint95(df), df)).toBeCloseTo(0.05, 10);
  });
});

describe("overSeeds", () => {
  const runs = (count: number, stale = 0) => {
    const [first, ...others] = Array.from({ length: count }, (_, index) =>
      summarise(makeRecord({ seed: index + 1, blocks: 990, record: { stale } })),
    );
    if (first === undefined) throw new Error("no runs");
    return [first, ...others] as const;
  };

  it("gives mean shares with the interval of two runs by hand", () => {
    const [a, b] = runs(2);
    const [share] = overSeeds([a, b ?? a]).shares;
    const [one = 0, two = 0] = [a, b].map((run) => run?.miners[0]?.share);
    expect(share?.mean).toBeCloseTo((one + two) / 2, 6);
    expect(share?.deviation).toBeCloseTo(Math.abs(one - two) / Math.SQRT2, 6);
    // t = 12.706 of one degree of freedom, times the standard error |a − b| ÷ 2.
    const reach = (12.7062 * Math.abs(one - two)) / 2;
    expect(share?.interval.low).toBeCloseTo((one + two) / 2 - reach, 4);
    expect(share?.interval.high).toBeCloseTo((one + two) / 2 + reach, 4);
  });

  it("takes two runs that agree by chance for no certainty", () => {
    const [run] = runs(1);
    const [share] = overSeeds([run, run]).shares;
    const { mean = 0, deviation, interval } = share ?? {};
    expect(deviation).toBe(0);
    const reach = 1.96 * Math.sqrt((mean * (1 - mean)) / 1_980);
    expect((interval?.high ?? 0) - (interval?.low ?? 0)).toBeCloseTo(2 * reach, 4);
  });

  it("holds the true share, closely with many seeds", () => {
    const { shares } = overSeeds(runs(30));
    for (const [index, truth] of [0.5, 0.3, 0.2].entries()) {
      const { low = 1, high = 0 } = shares[index]?.interval ?? {};
      expect(low, `miner ${index} of seeds 1 to 30`).toBeLessThan(truth);
      expect(high, `miner ${index} of seeds 1 to 30`).toBeGreaterThan(truth);
      expect(high - low).toBeLessThan(0.02);
    }
  });

  it("puts lost blocks together", () => {
    const { stale } = overSeeds(runs(4, 10));
    expect(stale).toMatchObject({ stale: 40, found: 4_000, rate: 0.01 });
    // Wilson's interval of 40 in 4,000.
    expect(stale.interval.low).toBeCloseTo(0.007_354, 5);
    expect(stale.interval.high).toBeCloseTo(0.013_585, 5);
  });
});

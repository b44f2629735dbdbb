import { describe, expect, it } from "vitest";
import { createEventLog } from "../event-log.ts";
import { negativeLog } from "./natural-log.ts";
import { createRandom } from "./random.ts";

describe("negativeLog", () => {
  it("is −ln of the middle of the interval to within 2^−31, over the whole range", () => {
    const draws = [0, 1, 2, 3, 255, 256, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 2, 2 ** 32 - 1];
    for (let u = 1; u < 2 ** 32; u = Math.floor(u * 1.013) + 1) draws.push(u);
    for (const u of draws) {
      expect(Math.abs(negativeLog(u) + Math.log((u + 0.5) / 2 ** 32)), `u = ${u}`).toBeLessThan(
        2 ** -31,
      );
    }
  });

  it("is never 0, because a clock that rings at once would ring for ever", () => {
    expect(negativeLog(2 ** 32 - 1)).toBeGreaterThan(0);
    expect(negativeLog(0)).toBeLessThan(23);
  });
});

describe("createRandom", () => {
  it("gives the same numbers for the same seed and name, others for another", () => {
    const draw = (seed: number, name: string): number[] => {
      const random = createRandom(seed, name);
      return [random.nextUint32(), random.below(1_000), random.nextUint32()];
    };
    expect(draw(12345, "mining")).toEqual(draw(12345, "mining"));
    expect(draw(12345, "mining")).not.toEqual(draw(12345, "latency"));
    expect(draw(12345, "mining")).not.toEqual(draw(12346, "mining"));
    // Golden: a change here changes every log hash that was ever published.
    expect(draw(12345, "mining")).toEqual([621_539_378, 954, 2_329_802_897]);
  });

  it("draws exponentials of mean and deviation 1", () => {
    const random = createRandom(7, "test");
    const draws = Array.from({ length: 100_000 }, () => random.exponential());
    const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length;
    const variance = draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws.length;
    // Five standard errors: 1/√n of the mean, √8/√n of the variance.
    expect(Math.abs(mean - 1)).toBeLessThan(5 / Math.sqrt(draws.length));
    expect(Math.abs(variance - 1)).toBeLessThan((5 * Math.sqrt(8)) / Math.sqrt(draws.length));
  });

  it("refuses bounds that choose nothing", () => {
    const random = createRandom(1, "test");
    expect(() => random.below(0)).toThrow("bad-bound");
  });
});

describe("createEventLog", () => {
  it("gives another hash for another event, order or time", () => {
    const digest = (events: readonly (readonly [number, number, number, number])[]): string => {
      const log = createEventLog();
      for (const event of events) log.add(...event);
      return log.digest();
    };
    const a = [1, 1_000, 3, 4] as const;
    const b = [2, 1_000.5, 0, 4] as const;
    const all = [digest([]), digest([a]), digest([b]), digest([a, b]), digest([b, a])];
    expect(new Set(all).size).toBe(all.length);
    expect(digest([a, b])).toBe(digest([a, b]));
  });

  it("counts, and may be asked in the middle", () => {
    const log = createEventLog();
    for (let n = 0; n < 1_000; n++) {
      log.add(1, n, n, n);
      if (n === 500) log.digest();
    }
    const other = createEventLog();
    for (let n = 0; n < 1_000; n++) other.add(1, n, n, n);
    expect(log.digest()).toBe(other.digest());
    expect(log.count()).toBe(1_000);
  });
});

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FULL_CACHES_BLOCKS, growthOf, leastSquaresSlope, type MemoryPoint } from "./soak-slope.ts";

describe("the slope of memory", () => {
  it("is that of the line, wherever the line begins and however it is shaken evenly", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -5_000, max: 5_000 }),
        fc.integer({ min: -1_000_000, max: 1_000_000 }),
        fc.integer({ min: 0, max: 100_000 }),
        (slope, start, shake) => {
          // The shakes +, −, −, + are square to any line over four even steps, so they cancel.
          const points = [1, -1, -1, 1, 1, -1, -1, 1].map(
            (sign, x) => [x, start + slope * x + sign * shake] as const,
          );
          expect(leastSquaresSlope(points)).toBeCloseTo(slope, 3);
        },
      ),
    );
  });

  it("counts from where the caches are full, for each peer, and stays silent on a short run", () => {
    const point = (blocks: number): MemoryPoint => ({
      blocks,
      // Steep while caches fill, then 3,000 bytes for each block and each of 5 peers.
      usedBytes: blocks < FULL_CACHES_BLOCKS ? blocks * 90_000 : 54_000_000 + blocks * 15_000,
      storeBytes: blocks * 4_500,
    });
    const long = [100, 300, 500, 600, 700, 800, 900, 1_000, 1_100].map(point);
    expect(growthOf(long, 5)).toEqual({ usedBytes: 3_000, storeBytes: 900 });
    expect(growthOf(long.slice(0, 8), 5)).toBeNull();
  });
});

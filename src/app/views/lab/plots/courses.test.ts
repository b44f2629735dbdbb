import { describe, expect, it } from "vitest";
import { blockRates, onGrid } from "./courses.ts";

describe("block rates", () => {
  const every = (stepMs: number, count: number): Float64Array =>
    Float64Array.from({ length: count }, (_, index) => index * stepMs);

  it("are 1 where blocks come at the pace, and follow within the window", () => {
    const atMs = every(1_000, 101);
    // One a second for 50 s, then two.
    const height = atMs.map(
      (ms) => Math.min(ms, 50_000) / 1_000 + 2 * Math.max(0, ms / 1_000 - 50),
    );
    const rates = blockRates({ atMs, height }, 1_000);
    expect(rates.slice(0, 15)).toEqual(Array.from({ length: 15 }, () => null));
    expect(rates[15]).toBe(1);
    expect(rates[50]).toBe(1);
    expect(rates[65]).toBe(1.5);
    expect(rates[100]).toBe(2);
  });

  it("are taken from sample to sample where these are far apart", () => {
    const rates = blockRates({ atMs: every(100_000, 3), height: every(50, 3) }, 1_000);
    expect(rates).toEqual([null, 0.5, 0.5]);
  });
});

it("a course on a grid holds its value until the next one, and ends where it ends", () => {
  expect(onGrid([1, 3, 4], [10, 30, 40], [0, 1, 2, 3, 4, 5])).toEqual([null, 10, 10, 30, 40, null]);
  expect(onGrid([], [], [0, 1])).toEqual([null, null]);
});

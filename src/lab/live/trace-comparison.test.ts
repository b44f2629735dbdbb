import { expect, it } from "vitest";
import type { LiveBlock } from "./live-block.ts";
import { compareTrace } from "./trace-comparison.ts";

const BLOCKS: readonly LiveBlock[] = [10, 20, 30].map((solveMs, index) => ({
  height: 5 + index,
  author: "a",
  after: "b",
  solveMs,
  work: 100,
}));

it("pairs blocks by their time, and says how far the rule is from the live chain", () => {
  const { asked, equal, ratio } = compareTrace(BLOCKS, {
    atMs: [10, 30, 60],
    work: [100, 50, 300],
  });
  expect(asked).toEqual([100, 50, 300]);
  expect(equal).toBe(1);
  expect(ratio).toEqual({ least: 0.5, most: 3, whole: 1.5 });
});

it("leaves out what the run does not have", () => {
  const { asked, equal, ratio } = compareTrace(BLOCKS, { atMs: [10, 60], work: [100, 100] });
  expect(asked).toEqual([100, null, 100]);
  expect(equal).toBe(2);
  expect(ratio).toEqual({ least: 1, most: 1, whole: 1 });
  expect(compareTrace(BLOCKS, { atMs: [], work: [] }).ratio).toBeNull();
});

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { compactFromTarget, targetOfWork } from "../../../kernel/target.ts";
import { changeAfter, changeWords, easiestWork, reliefAt, reliefWords } from "./next-difficulty.ts";

const P = 60_000;

test("a round as long as the pace changes nothing; a short one makes the next harder", () => {
  expect(changeAfter(P, P)).toBe(0);
  expect(changeAfter(0, P)).toBeCloseTo(1 / 3);
  expect(changeAfter(4 * P, P)).toBeCloseTo(-3 / 7);
  expect(changeAfter(40 * P, P)).toBe(changeAfter(4 * P, P));
});

test("longer rounds never make the next one harder", () => {
  const time = fc.integer({ min: 0, max: 10 * P });
  fc.assert(
    fc.property(time, time, (a, b) => {
      expect(changeAfter(Math.max(a, b), P)).toBeLessThanOrEqual(changeAfter(Math.min(a, b), P));
    }),
  );
});

test("relief begins after four paces and doubles with each further one", () => {
  expect(reliefAt(0, P)).toEqual({ doublings: 0, nextInMs: 4 * P });
  expect(reliefAt(4 * P, P)).toEqual({ doublings: 1, nextInMs: P });
  expect(reliefAt(5.5 * P, P)).toEqual({ doublings: 2, nextInMs: P / 2 });
});

test("relief in words ends at the easiest target of the story", () => {
  expect(reliefWords({ doublings: 0, nextInMs: 4 * P }, false)).toEqual([
    "in 4 min",
    "writing gets twice as easy",
  ]);
  expect(reliefWords({ doublings: 12, nextInMs: P }, false)[1]).toContain("4,096 times easier");
  expect(reliefWords({ doublings: 60, nextInMs: P }, true).join(" ")).not.toContain("times");
});

test("the easiest work is what the compact target of the genesis costs", () => {
  const work = 375_000n;
  const rounded = easiestWork(compactFromTarget(targetOfWork(work)));
  expect(Number(rounded) / Number(work)).toBeCloseTo(1, 3);
});

test("changes in words", () => {
  expect(changeWords(1 / 3)).toBe("+33 %");
  expect(changeWords(-3 / 7)).toBe("−43 %");
  expect(changeWords(0.001)).toBe("unchanged");
});

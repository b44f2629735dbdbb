import { expect, it } from "vitest";
import { selfishContent } from "./selfish-content.ts";

const RUN = [{ alpha: 1 / 3, share: 0.4, standardError: 0.02 }];

it("shows a run at its hash rate, with two standard errors, over curve and diagonal", () => {
  const { x, series, moments } = selfishContent([
    { name: "this run", look: "points", points: RUN },
  ]);
  const index = Array.from(x.values).indexOf(1 / 3);
  const [curve, honest, run] = series;
  expect([curve, honest, run].map((one) => one?.values.length)).toEqual([52, 52, 52]);
  expect(run?.values[index]).toBe(0.4);
  expect(run?.reach?.low[index]).toBeCloseTo(0.36);
  expect(run?.reach?.high[index]).toBeCloseTo(0.44);
  expect(Array.from(run?.values ?? []).filter((value) => value !== null)).toHaveLength(1);
  // Below a quarter honest mining earns more, above it less.
  const at = (values: ArrayLike<number | null> | undefined, alpha: number): number =>
    values?.[Array.from(x.values).indexOf(alpha)] ?? Number.NaN;
  expect(at(curve?.values, 0.2)).toBeLessThan(at(honest?.values, 0.2));
  expect(at(curve?.values, 0.3)).toBeGreaterThan(at(honest?.values, 0.3));
  expect(at(curve?.values, 0.5)).toBe(1);
  expect(moments?.[0]?.at).toBe(0.25);
});

it("keeps whiskers between nothing and everything, and draws none where the error is not known", () => {
  const points = [
    { alpha: 0.01, share: 0.001, standardError: 0.02 },
    { alpha: 0.6, share: 1, standardError: null },
  ];
  const { x, series } = selfishContent([{ name: "runs", look: "points", points }]);
  expect(x.values[x.values.length - 1]).toBe(0.6);
  expect(Array.from(series[2]?.reach?.low ?? []).filter((one) => one !== null)).toEqual([0]);
  expect(series[2]?.values[x.values.length - 1]).toBe(1);
});

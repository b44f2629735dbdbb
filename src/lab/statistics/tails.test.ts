import jStat from "jstat";
import { describe, expect, it } from "vitest";
import { incompleteBeta, upperGamma } from "./special-functions.ts";
import {
  binomialBelow,
  binomialQuantile,
  chiSquareTail,
  kolmogorovTail,
  normalTail,
  studentTail,
} from "./tails.ts";

describe("special functions", () => {
  it.each([
    [0.5, 0.1],
    [0.5, 4],
    [3, 3],
    [10, 2],
    [50, 70],
    [400, 380],
  ])("Q(%d, %d) agrees with jStat", (a, x) => {
    expect(upperGamma(a, x)).toBeCloseTo(1 - jStat.lowRegGamma(a, x), 9);
  });

  it.each([
    [0.1, 2, 3],
    [0.5, 0.5, 0.5],
    [0.9, 8, 10],
    [0.3, 40, 60],
    [0.999, 0.5, 3],
  ])("I_%d(%d, %d) agrees with jStat", (x, a, b) => {
    expect(incompleteBeta(x, a, b)).toBeCloseTo(jStat.ibeta(x, a, b), 7);
  });

  it("reaches its ends", () => {
    expect([upperGamma(2, 0), incompleteBeta(0, 2, 3), incompleteBeta(1, 2, 3)]).toEqual([1, 0, 1]);
    expect(upperGamma(1, 3)).toBeCloseTo(Math.exp(-3), 12);
  });
});

describe("tails", () => {
  it.each([
    [3.841459, 1, 0.05],
    [6.634897, 1, 0.01],
    [11.0705, 5, 0.05],
    [124.342113, 100, 0.05],
  ])("P(χ² ≥ %d) with %d degrees of freedom is the table's %d", (statistic, df, p) => {
    expect(chiSquareTail(statistic, df)).toBeCloseTo(p, 6);
    expect(chiSquareTail(statistic, df)).toBeCloseTo(1 - jStat.chisquare.cdf(statistic, df), 9);
  });

  it.each([
    [12.7062, 1],
    [2.228139, 10],
    [1.984467, 97.5],
    [1.960201, 10_000],
  ])("P(|T| ≥ %d) with %d degrees of freedom agrees with jStat", (t, df) => {
    expect(studentTail(t, df)).toBeCloseTo(2 * (1 - jStat.studentt.cdf(t, df)), 8);
    expect(studentTail(-t, df)).toBe(studentTail(t, df));
  });

  it.each([0, 0.5, 1.959964, 4, 8])("P(|Z| ≥ %d) agrees with jStat", (z) => {
    expect(normalTail(z)).toBeCloseTo(2 * jStat.normal.cdf(-z, 0, 1), 9);
  });

  it("keeps small tails exact, where one less the rest would be zero", () => {
    // Abramowitz and Stegun, table 26.2: P(Z ≥ 10) = 7.61985 e−24.
    expect(normalTail(10) / 2 / 7.61985e-24).toBeCloseTo(1, 5);
  });

  it("sums the binomial distribution", () => {
    for (const [n, p] of [
      [10, 0.5],
      [30, 0.03],
      [200, 0.9],
    ] as const) {
      for (let k = -1; k <= n; k += 1) {
        expect(binomialBelow(k, n, p)).toBeCloseTo(k < 0 ? 0 : jStat.binomial.cdf(k, n, p), 8);
      }
    }
  });

  it("finds the first count that reaches a level", () => {
    expect(binomialQuantile(0.5, 10, 0.5)).toBe(5);
    expect(binomialQuantile(0.975, 100, 0.02)).toBe(5);
    expect([binomialQuantile(0.975, 10, 0), binomialQuantile(0.025, 10, 1)]).toEqual([0, 10]);
  });

  it.each([
    [1.22385, 0.1],
    [1.3581, 0.05],
    [1.62762, 0.01],
    [0.82757, 0.5],
  ])("P(K ≥ %d) is the table's %d", (lambda, p) => {
    expect(kolmogorovTail(lambda)).toBeCloseTo(p, 4);
  });

  it("has no step where the series change", () => {
    expect(kolmogorovTail(1.179_999_999)).toBeCloseTo(kolmogorovTail(1.180_000_001), 8);
    expect([kolmogorovTail(0), kolmogorovTail(0.05)]).toEqual([1, 1]);
  });
});

import { describe, expect, it } from "vitest";
import {
  chanceText,
  countText,
  durationText,
  figureText,
  percentText,
  plural,
  tokensText,
} from "./format.ts";
import { scaleOf, timeAxis } from "./scale.ts";

describe("figures for people", () => {
  it.each([
    [0, "0 ms"],
    [59.6, "59.6 ms"],
    [12_340, "12.3 s"],
    [59_999, "60 s"],
    [60_000, "1 min"],
    [90_400, "1 min 30 s"],
    [3_599_600, "1 h"],
    [7_500_000, "2 h 5 min"],
    [86_399_999, "1 d"],
    [360_000_000, "4 d 4 h"],
    [8_640_000_000_000, "100,000 d"],
  ])("%d ms is %s", (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });

  it.each([
    [0, "0 %"],
    [1, "100 %"],
    [0.99961, "100 %"],
    [0.25, "25.0 %"],
    [0.031, "3.10 %"],
    [0.000_35, "0.035 %"],
    [0.099_98, "10.0 %"],
  ])("a share of %d is %s", (share, text) => {
    expect(percentText(share)).toBe(text);
  });

  it("groups counts, tells one from many, and cuts what nobody reads", () => {
    expect([
      countText(1_234_567),
      countText(12),
      plural(1, "block"),
      plural(2_000, "block"),
    ]).toEqual(["1,234,567", "12", "1 block", "2,000 blocks"]);
    expect([figureText(0.012_345), figureText(99.96), figureText(12_345.6)]).toEqual([
      "0.0123",
      "100",
      "12,346",
    ]);
    expect([tokensText(1_234_567_890), tokensText(5_000), tokensText(0)]).toEqual([
      "1,234.57",
      "0.01",
      "0.00",
    ]);
    expect([chanceText(0.0344), chanceText(1e-9), chanceText(1)]).toEqual([
      "p = 0.034",
      "p < 0.001",
      "p = 1",
    ]);
  });
});

describe("countText", () => {
  it.each([
    [999_999_999_999_999, "999,999,999,999,999"],
    [1e20, "100,000,000,000,000,000,000"],
    [1e21, "1.00 × 10^21"],
    [1.234_567e24, "1.23 × 10^24"],
    [-5e30, "-5.00 × 10^30"],
  ])("of %d is %s", (value, text) => {
    expect(countText(value)).toBe(text);
    expect(figureText(value)).toBe(text);
  });
});

describe("axes", () => {
  const position = { from: 0, to: 100, ticks: 5 };

  it("have round ticks within their range", () => {
    const scale = scaleOf({ label: "", max: 430, text: String }, position);
    expect(scale.ticks.map(({ text }) => text)).toEqual(["0", "100", "200", "300", "400"]);
    expect([scale.at(0), scale.at(215), scale.at(430)]).toEqual([0, 50, 100]);
  });

  it("tell times in the unit that fits", () => {
    const axis = timeAxis("time", 5 * 3_600_000);
    expect(axis.label).toBe("time, h");
    expect(scaleOf(axis, position).ticks.map(({ text }) => text)).toEqual([
      "0",
      "1",
      "2",
      "3",
      "4",
      "5",
    ]);
    expect([timeAxis("t", 300).label, timeAxis("t", 0).label]).toEqual(["t, ms", "t, ms"]);
  });

  it("stand a range without length", () => {
    const scale = scaleOf({ label: "", max: 0, text: String }, position);
    expect(scale.at(0)).toBe(0);
    expect(scale.ticks.length).toBeGreaterThan(1);
  });
});

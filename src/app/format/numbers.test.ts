import { expect, test } from "vitest";
import { formatTokens } from "./amounts.ts";
import {
  formatBytes,
  formatMetric,
  formatRate,
  formatShare,
  formatWork,
  plural,
  romanNumeral,
} from "./numbers.ts";

test("metric prefixes keep three digits and never show 1000 of a smaller unit", () => {
  expect(formatMetric(0)).toBe("0");
  expect(formatMetric(999)).toBe("999");
  expect(formatMetric(999.6)).toBe("1 k");
  expect(formatMetric(15_340_000)).toBe("15.3 M");
  expect(formatMetric(Number.NaN)).toBe("–");
});

test("rates, work and bytes carry their units", () => {
  expect(formatRate(43_100_000)).toBe("43.1 MH/s");
  expect(formatRate(12)).toBe("12 H/s");
  expect(formatWork("61200000")).toBe("61.2 M hashes");
  expect(formatBytes(512)).toBe("512 B");
  expect(formatBytes(4_200_000)).toBe("4.2 MB");
  expect(formatBytes(1500)).toBe("1.5 kB");
});

test("a share never rounds to a false certainty", () => {
  expect(formatShare(0)).toBe("0 %");
  expect(formatShare(0.004)).toBe("< 1 %");
  expect(formatShare(0.184)).toBe("18 %");
  expect(formatShare(0.999)).toBe("> 99 %");
  expect(formatShare(1)).toBe("100 %");
});

test("plurals and chapter numbers", () => {
  expect(plural(1, "peer")).toBe("1 peer");
  expect(plural(1234, "peer")).toBe("1,234 peers");
  expect([1, 4, 9, 14, 40, 99, 399].map(romanNumeral)).toEqual([
    "I",
    "IV",
    "IX",
    "XIV",
    "XL",
    "XCIX",
    "CCCXCIX",
  ]);
  expect(romanNumeral(400)).toBe("400");
});

test("[ENC-3] tokens are exact to the micro-unit, also above what a double can hold", () => {
  expect(formatTokens("0")).toBe("0");
  expect(formatTokens("1")).toBe("0.000001");
  expect(formatTokens("12500000")).toBe("12.5");
  expect(formatTokens("20000000000000")).toBe("20,000,000");
  expect(formatTokens("18446744073709551615")).toBe("18,446,744,073,709.551615");
});

import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  addPairs,
  formatLedger,
  formatPair,
  formatTokens,
  pairIn,
  parseTokens,
  subtractPair,
} from "./amounts.ts";

test("micro-units are shown as tokens, exactly and without idle zeros", () => {
  expect(formatTokens("0")).toBe("0");
  expect(formatTokens("1")).toBe("0.000001");
  expect(formatTokens("12500000")).toBe("12.5");
  expect(formatTokens("20000000000000")).toBe("20,000,000");
  expect(formatTokens("18446744073709551615")).toBe("18,446,744,073,709.551615");
  expect(formatTokens(-282n)).toBe("−0.000282");
});

test("a column's figures all have six places", () => {
  expect(formatLedger("12500000")).toBe("12.500000");
  expect(formatLedger(-1n)).toBe("−0.000001");
});

test("what a person types is read exactly, or asked about", () => {
  expect(parseTokens(" 12.5 ").units).toBe(12_500_000n);
  expect(parseTokens(".25").units).toBe(250_000n);
  expect(parseTokens("3.").units).toBe(3_000_000n);
  expect(parseTokens("1,250.000001").units).toBe(1_250_000_001n);
  expect(parseTokens("0.1000000").units).toBe(100_000n);
  expect(parseTokens("").problem).toBe("empty");
  for (const text of ["12,5", "1e3", "-1", "+1", ".", "1.2.3", "0x10", "1 000", "١"]) {
    expect(parseTokens(text).problem, text).toBe("not-a-number");
  }
  expect(parseTokens("0.0000001").problem).toBe("too-precise");
  expect(parseTokens("18446744073709.551616").problem).toBe("too-large");
});

test("every amount reads back as itself, in both forms", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (units) => {
      expect(parseTokens(formatTokens(units)).units).toBe(units);
      expect(parseTokens(formatLedger(units)).units).toBe(units);
    }),
  );
});

test("pairs are named token by token", () => {
  const both = addPairs(pairIn("consumer", 12_500_000n), pairIn("industrial", 3_000_000n));
  expect(formatPair(both)).toBe("12.5 consumer and 3 industrial");
  expect(formatPair(subtractPair(both, both))).toBe("nothing");
});

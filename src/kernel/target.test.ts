import * as fc from "fast-check";
import { expect, test } from "vitest";
import { CodedError } from "./errors.ts";
import {
  compactFromTarget,
  TARGET_LIMIT,
  targetFromCompact,
  targetOfWork,
  workOfTarget,
} from "./target.ts";

const target = fc
  .tuple(fc.bigInt({ min: 1n, max: TARGET_LIMIT }), fc.nat({ max: 255 }))
  .map(([value, shift]) => (value >> BigInt(shift)) + 1n)
  .filter((value) => value <= TARGET_LIMIT);

test("[DIF-2] a compact target rounds down by less than 1 part in 2^15", () => {
  fc.assert(
    fc.property(target, (value) => {
      const rounded = targetFromCompact(compactFromTarget(value));
      expect(rounded).toBeLessThanOrEqual(value);
      expect(value - rounded).toBeLessThanOrEqual(value >> 15n);
      expect(compactFromTarget(rounded)).toBe(compactFromTarget(value));
    }),
    { numRuns: 500 },
  );
});

test("[DIF-2] compact forms keep the order of targets", () => {
  fc.assert(
    fc.property(target, target, (a, b) => {
      const [low, high] = a < b ? [a, b] : [b, a];
      expect(targetFromCompact(compactFromTarget(low))).toBeLessThanOrEqual(
        targetFromCompact(compactFromTarget(high)),
      );
    }),
    { numRuns: 500 },
  );
});

test("[DIF-2] any 32 bits are the one form of a target, or refused", () => {
  const anything = fc.oneof(
    fc.integer({ min: 0, max: 0xff_ff_ff_ff }),
    fc
      .tuple(fc.integer({ min: 0, max: 36 }), fc.nat({ max: 0xff_ff_ff }))
      .map(([exponent, mantissa]) => exponent * 0x1_00_00_00 + mantissa),
  );
  const isOneForm = (compact: number): boolean => {
    try {
      const value = targetFromCompact(compact);
      return value > 0n && value <= TARGET_LIMIT && compactFromTarget(value) === compact;
    } catch (error) {
      return error instanceof CodedError && error.code === "bad-target";
    }
  };
  fc.assert(
    fc.property(anything, (compact) => {
      expect(isOneForm(compact)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test("[DIF-2] work falls as the target rises, and targetOfWork is its inverse", () => {
  fc.assert(
    fc.property(target, target, (a, b) => {
      const [low, high] = a < b ? [a, b] : [b, a];
      expect(workOfTarget(low)).toBeGreaterThanOrEqual(workOfTarget(high));
    }),
  );
  fc.assert(
    fc.property(fc.bigInt({ min: 2n, max: 1n << 255n }), (work) => {
      const easiest = targetOfWork(work);
      expect(workOfTarget(easiest)).toBeGreaterThanOrEqual(work);
      expect(workOfTarget(easiest + 1n)).toBeLessThan(work);
    }),
  );
  expect(targetOfWork(1n)).toBe(TARGET_LIMIT);
});

test("[DIF-2] work and targets out of range are refused", () => {
  for (const work of [0n, -1n, (1n << 255n) + 1n]) {
    expect(() => targetOfWork(work)).toThrow(expect.objectContaining({ code: "bad-work" }));
  }
  for (const value of [-1n, TARGET_LIMIT + 1n]) {
    expect(() => workOfTarget(value)).toThrow(expect.objectContaining({ code: "bad-target" }));
    expect(() => compactFromTarget(value)).toThrow(expect.objectContaining({ code: "bad-target" }));
  }
});

test.each([
  [0x1d_80_ff_ff, "negative"],
  [0, "zero"],
  [0x01_00_ff_ff, "zero"],
  [0x22_00_ff_ff, "overflow"],
  [0x1e_00_00_ff, "not canonical"],
  [2 ** 32, "not 32 bits"],
])("[DIF-2] compact %i is refused as %s", (compact, reason) => {
  expect(() => targetFromCompact(compact)).toThrow(
    expect.objectContaining({ code: "bad-target", data: { compact, reason } }),
  );
});

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { pickPositions } from "./positions.ts";

test("three different positions within the phrase, in order", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 0.999999, noNaN: true }), { minLength: 3 }),
      (chances) => {
        let next = 0;
        const picked = pickPositions(24, 3, () => chances[next++] ?? 0);
        expect(new Set(picked).size).toBe(3);
        expect([...picked].sort((a, b) => a - b)).toEqual(picked);
        expect(picked.every((one) => one >= 0 && one < 24)).toBe(true);
      },
    ),
  );
});

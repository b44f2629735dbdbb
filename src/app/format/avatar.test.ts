import * as fc from "fast-check";
import { expect, test } from "vitest";
import { AVATAR_RADIUS, avatarFigures, avatarOf } from "./avatar.ts";

const recipes = fc
  .uint8Array({ minLength: 8, maxLength: 8 })
  .map((bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(""));

test("every recipe gives a flower, the same one each time, with figures only", () => {
  fc.assert(
    fc.property(recipes, (recipe) => {
      const figures = avatarFigures(recipe);
      expect(avatarFigures(recipe)).toEqual(figures);
      for (const { path } of figures) {
        expect(path).toMatch(/^[MLQaz0-9 .-]+$/);
        expect(path).not.toContain("NaN");
      }
    }),
  );
});

test("points stay in their square", () => {
  fc.assert(
    fc.property(recipes, (recipe) => {
      for (const { path } of avatarFigures(recipe)) {
        for (const [, x, y] of path.matchAll(/[MLQ](-?[\d.]+) (-?[\d.]+)/g)) {
          expect(Math.hypot(Number(x), Number(y))).toBeLessThanOrEqual(AVATAR_RADIUS);
        }
      }
    }),
  );
});

test("an address and a damaged recipe have one too", () => {
  expect(avatarOf("ab".repeat(32))).toHaveLength(16);
  expect(avatarFigures("").length).toBeGreaterThan(2);
});

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLru } from "./lru.ts";

describe("bounded map", () => {
  it("forgets the least recently used entry, and get counts as use", () => {
    const lru = createLru<string, number>(2);
    lru.set("a", 1);
    lru.set("b", 2);
    expect(lru.get("a")).toBe(1);
    lru.set("c", 3);
    expect([lru.get("a"), lru.get("b"), lru.get("c")]).toEqual([1, undefined, 3]);
    lru.delete("a");
    expect(lru.get("a")).toBeUndefined();
  });

  it("[NET-6] never holds more than its bound (property)", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.array(fc.nat({ max: 20 })), (bound, keys) => {
        const lru = createLru<number, number>(bound);
        for (const key of keys) {
          lru.set(key, key);
          expect(lru.get(key)).toBe(key);
          expect(lru.size).toBeLessThanOrEqual(bound);
        }
      }),
    );
  });
});

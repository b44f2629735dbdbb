import { describe, expect, it } from "vitest";
import { acceptableFrom, earliestTimestamp } from "./times.ts";
import { restUntil } from "./tracker-rest.ts";

describe("times", () => {
  it("[HDR-6] not before keyParent + ⌊P/4⌋", () => {
    expect(earliestTimestamp(60_000, 100)).toBe(15_100);
    expect(earliestTimestamp(2_003, 100)).toBe(600);
  });

  it("[HDR-6] not more than min(10 s, P) ahead", () => {
    expect(acceptableFrom(60_000, 50_000)).toBe(40_000);
    expect(acceptableFrom(10_000, 50_000)).toBe(40_000);
    expect(acceptableFrom(4_000, 50_000)).toBe(46_000);
  });
});

describe("tracker's rest", () => {
  it("[TRK-1] the keyParent's author rests 2P, others and the genesis' successors do not", () => {
    const keyParent = { author: "a", timestampMs: 1_000 };
    expect(restUntil(60_000, keyParent, "a")).toBe(121_000);
    expect(restUntil(60_000, keyParent, "b")).toBeNull();
    expect(restUntil(60_000, { ...keyParent, author: null }, "a")).toBeNull();
  });
});

import { describe, expect, it } from "vitest";
import { createRateLimiter } from "./rate-limiter.ts";

describe("createRateLimiter", () => {
  it("lets a burst through, then the rate, for each address by itself", () => {
    let nowMs = 0;
    const limiter = createRateLimiter({ perSecond: 2, burst: 4, maxKeys: 10, now: () => nowMs });
    expect(limiter.take("a", 4)).toBe(true);
    expect(limiter.take("a", 1)).toBe(false);
    expect(limiter.take("b", 4)).toBe(true);
    nowMs = 500;
    expect(limiter.take("a", 1)).toBe(true);
    expect(limiter.take("a", 1)).toBe(false);
    nowMs = 100_000;
    expect(limiter.take("a", 5)).toBe(false);
    expect(limiter.take("a", 4)).toBe(true);
  });

  it("remembers at most maxKeys addresses, forgetting idle ones before busy ones", () => {
    let nowMs = 0;
    const limiter = createRateLimiter({ perSecond: 1, burst: 2, maxKeys: 2, now: () => nowMs });
    limiter.take("idle", 1);
    nowMs = 5_000;
    limiter.take("busy", 2);
    limiter.take("new", 2);
    expect(limiter.take("busy", 1)).toBe(false);
  });
});

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  MICRO_BODY_MAX_BYTES,
  ROUND_BODIES_MAX_BYTES,
  SIGNED_TRANSACTION_MAX_BYTES,
} from "../../kernel/limits.ts";
import { roomOfRound } from "./round-room.ts";

const paceMs = fc.integer({ min: 2_000, max: 86_400_000 });
const elapsedMs = fc.integer({ min: -10_000, max: 200_000_000 });
const usedBytes = fc.integer({ min: 0, max: ROUND_BODIES_MAX_BYTES });

describe("room of a round", () => {
  it("[BODY-1b] never exceeds the caps, and is none or enough for any transaction until the round is over", () => {
    const property = fc.property(paceMs, elapsedMs, usedBytes, (pace, elapsed, used) => {
      const room = roomOfRound({ paceMs: pace, elapsedMs: elapsed, usedBytes: used });
      const isWithinCaps =
        room >= 0 &&
        room < MICRO_BODY_MAX_BYTES &&
        (room === 0 || used + room < ROUND_BODIES_MAX_BYTES);
      const isEnough = room === 0 || elapsed >= pace / 2 || room >= SIGNED_TRANSACTION_MAX_BYTES;
      return isWithinCaps && isEnough;
    });
    expect(() => fc.assert(property)).not.toThrow();
  });

  it("[BODY-1b] a flood of cheap payments leaves room in every second of the pace", () => {
    const pace = 60_000;
    let used = 0;
    let waitedMs = 0;
    for (let elapsed = 0; elapsed <= pace / 2; elapsed += 1_000) {
      const room = roomOfRound({ paceMs: pace, elapsedMs: elapsed, usedBytes: used });
      used += room;
      waitedMs = room > 0 ? 0 : waitedMs + 1_000;
      expect(waitedMs).toBeLessThanOrEqual(1_000);
    }
    expect(used).toBeLessThan(ROUND_BODIES_MAX_BYTES);
    const late = { paceMs: pace, elapsedMs: pace, usedBytes: used };
    expect(roomOfRound(late)).toBeGreaterThan(30_000);
  });
});

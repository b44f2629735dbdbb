import { describe, expect, it } from "vitest";
import { MAX_SUPPLY } from "../../../ledger/rewards.ts";
import { createSchedule } from "./supply-view.ts";

/** The schedule again, from the first block, as its rule is written. */
function scheduledFromStart(height: number): bigint {
  let emitted = 0n;
  for (let block = 1; block <= height; block++) emitted += (MAX_SUPPLY - emitted) / 20_000n;
  return emitted;
}

describe("the schedule", () => {
  it("[RWD-1] goes on from where it was asked, also downwards after a reorganisation", () => {
    const scheduledAt = createSchedule();
    for (const height of [0, 1, 2, 500, 500, 499, 3_000, 7, 3_001]) {
      expect(scheduledAt(height), String(height)).toBe(scheduledFromStart(height));
    }
    expect(scheduledAt(1)).toBe(1_000_000_000n);
  });
});

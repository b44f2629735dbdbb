import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  floorDivide,
  fullReward,
  MAX_SUPPLY,
  nextReferenceWork,
  rewardFor,
  scaledReward,
  splitPot,
} from "./rewards.ts";

const workArbitrary = fc.bigInt({ min: 1n, max: 1n << 80n });

describe("rewards", () => {
  it("[RWD-1] pays ⌊(max − emitted)/20,000⌋: 1,000 tokens first, nothing at the cap", () => {
    expect(fullReward(0n)).toBe(1_000_000_000n);
    expect(fullReward(1n)).toBe(999_999_999n);
    expect(fullReward(MAX_SUPPLY - 20_000n)).toBe(1n);
    expect(fullReward(MAX_SUPPLY - 19_999n)).toBe(0n);
    expect(fullReward(MAX_SUPPLY)).toBe(0n);
  });

  it("[RWD-1] does not die early: still paying at block 36,666, half of all by block 13,863", () => {
    let emitted = 0n;
    let half = 0;
    for (let height = 1; height <= 36_666; height++) {
      emitted += fullReward(emitted);
      if (half === 0 && emitted * 2n >= MAX_SUPPLY) half = height;
    }
    expect(half).toBe(13_863);
    expect(fullReward(emitted)).toBeGreaterThan(150_000_000n);
  });

  it("[RWD-1b] scales by min(work, reference)/reference, floored", () => {
    expect(scaledReward(1_000n, 64n, 64n)).toBe(1_000n);
    expect(scaledReward(1_000n, 65n, 64n)).toBe(1_000n);
    expect(scaledReward(1_000n, 63n, 64n)).toBe(984n);
    expect(scaledReward(1_000n, 1n, 1_001n)).toBe(0n);
  });

  it("[RWD-1b] floors the reference's step also downwards", () => {
    expect(floorDivide(7n, 2n)).toBe(3n);
    expect(floorDivide(-7n, 2n)).toBe(-4n);
    expect(floorDivide(-8n, 2n)).toBe(-4n);
    expect(nextReferenceWork(1_000n, 1_255n)).toBe(1_000n);
    expect(nextReferenceWork(1_000n, 1_256n)).toBe(1_001n);
    expect(nextReferenceWork(1_000n, 999n)).toBe(999n);
    expect(nextReferenceWork(1_000n, 744n)).toBe(999n);
    expect(nextReferenceWork(1_000n, 743n)).toBe(998n);
  });

  it("[RWD-1b] the reference moves towards the work and never past it (property)", () => {
    fc.assert(
      fc.property(workArbitrary, workArbitrary, (reference, work) => {
        const next = nextReferenceWork(reference, work);
        expect(next).toBeGreaterThanOrEqual(reference < work ? reference : work);
        expect(next).toBeLessThanOrEqual(reference < work ? work : reference);
      }),
    );
  });

  it("[RWD-1] [RWD-1b] supply never exceeds the cap for any sequence of work (property)", () => {
    fc.assert(
      fc.property(
        fc.array(workArbitrary, { maxLength: 200 }),
        workArbitrary,
        fc.bigInt({ min: 0n, max: MAX_SUPPLY }),
        (works, firstReference, alreadyEmitted) => {
          let emitted = { consumer: alreadyEmitted, industrial: 0n };
          let reference = firstReference;
          for (const work of works) {
            const reward = rewardFor(emitted, work, reference);
            expect(reward.consumer).toBeGreaterThanOrEqual(0n);
            expect(reward.consumer).toBeLessThanOrEqual(fullReward(emitted.consumer));
            emitted = {
              consumer: emitted.consumer + reward.consumer,
              industrial: emitted.industrial + reward.industrial,
            };
            reference = nextReferenceWork(reference, work);
            expect(reference).toBeGreaterThanOrEqual(1n);
          }
          expect(emitted.consumer).toBeLessThanOrEqual(MAX_SUPPLY);
          expect(emitted.industrial).toBeLessThanOrEqual(MAX_SUPPLY);
        },
      ),
    );
  });

  it("[RWD-2] pays ⌊40 %⌋ of the pot to the old tracker, the rest to the author", () => {
    expect(splitPot(10n, true)).toEqual({ tracker: 4n, author: 6n });
    expect(splitPot(9n, true)).toEqual({ tracker: 3n, author: 6n });
    expect(splitPot(2n, true)).toEqual({ tracker: 0n, author: 2n });
    expect(splitPot(10n, false)).toEqual({ tracker: 0n, author: 10n });
  });
});

import { expect, test } from "vitest";
import { BACKOFF_FIRST_MS, BACKOFF_MAX_MS, Backoff } from "./backoff.ts";

const MIDDLE = (): number => 0.5;

test("waits grow from 1 s to 60 s and stay there", () => {
  const backoff = new Backoff(MIDDLE);
  const waits = Array.from({ length: 60 }, () => backoff.next());
  expect(waits[0]).toBe(BACKOFF_FIRST_MS);
  expect(waits.at(-1)).toBe(BACKOFF_MAX_MS);
  for (let i = 1; i < waits.length; i += 1)
    expect(waits[i]).toBeGreaterThanOrEqual(waits[i - 1] ?? Number.NaN);
});

test("the wait stays at a tenth of the time already lost, and a second", () => {
  const backoff = new Backoff(MIDDLE);
  let lostMs = 0;
  for (let i = 0; i < 60; i += 1) {
    const waitMs = backoff.next();
    expect(waitMs).toBeLessThanOrEqual(lostMs / 10 + BACKOFF_FIRST_MS + 50);
    lostMs += waitMs;
  }
});

test("a reset starts again at 1 s, and jitter stays within 20 %", () => {
  for (const [chance, factor] of [
    [0, 0.8],
    [0.999_999, 1.2],
  ] as const) {
    const backoff = new Backoff(() => chance);
    backoff.next();
    backoff.next();
    backoff.reset();
    expect(backoff.next()).toBeCloseTo(BACKOFF_FIRST_MS * factor, 0);
  }
});

import { expect, test } from "vitest";
import { TokenBucket } from "./token-bucket.ts";

test("[NET-6] a bucket gives its burst, then its rate, and no more", () => {
  const bucket = new TokenBucket(10, 3, 0);
  expect([1, 2, 3, 4].map(() => bucket.take(1, 0))).toEqual([true, true, true, false]);
  expect(bucket.waitMs(1, 0)).toBe(100);
  expect(bucket.take(1, 99)).toBe(false);
  expect(bucket.take(1, 100)).toBe(true);
  expect(bucket.take(4, 60_000)).toBe(false);
});

test("booked units push later ones back", () => {
  const bucket = new TokenBucket(1, 1, 0);
  bucket.book(11, 0);
  expect(bucket.waitMs(1, 0)).toBe(11_000);
  expect(bucket.take(1, 10_999)).toBe(false);
  expect(bucket.take(1, 11_000)).toBe(true);
});

test("a clock set back neither gives nor takes", () => {
  const bucket = new TokenBucket(1, 2, 10_000);
  expect(bucket.take(1, 5_000)).toBe(true);
  expect(bucket.take(1, 5_000)).toBe(true);
  expect(bucket.take(1, 5_000)).toBe(false);
  expect(bucket.take(1, 6_000)).toBe(true);
});

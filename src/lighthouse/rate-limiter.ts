/**
 * A token bucket for each address, so that one busy script cannot starve the others.
 *
 * @module
 */

/** How fast buckets fill and how much they hold. */
export interface RateLimits {
  readonly perSecond: number;
  readonly burst: number;
  /** Buckets kept; full (idle) ones are forgotten first, then the oldest. */
  readonly maxKeys: number;
  /** Monotonic milliseconds. */
  readonly now: () => number;
}

/** Decides who may go on. */
export interface RateLimiter {
  /** Takes `count` tokens of `key`; false, and nothing is taken, when there are not enough. */
  take(key: string, count: number): boolean;
}

interface Bucket {
  tokens: number;
  atMs: number;
}

/** Creates a rate limiter with bounded memory. */
export function createRateLimiter(limits: RateLimits): RateLimiter {
  const buckets = new Map<string, Bucket>();
  const refill = (bucket: Bucket, nowMs: number): number =>
    Math.min(limits.burst, bucket.tokens + ((nowMs - bucket.atMs) / 1_000) * limits.perSecond);
  const makeRoom = (nowMs: number): void => {
    for (const [key, bucket] of buckets) {
      if (refill(bucket, nowMs) >= limits.burst) buckets.delete(key);
    }
    for (const key of buckets.keys()) {
      if (buckets.size < limits.maxKeys) return;
      buckets.delete(key);
    }
  };
  return {
    take(key, count) {
      const nowMs = limits.now();
      const known = buckets.get(key);
      if (!known && buckets.size >= limits.maxKeys) makeRoom(nowMs);
      const tokens = known ? refill(known, nowMs) : limits.burst;
      const enough = tokens >= count;
      buckets.set(key, { tokens: enough ? tokens - count : tokens, atMs: nowMs });
      return enough;
    },
  };
}

/**
 * Chance that every engine repeats: 32-bit integer mixing only, no floating point, no clock.
 *
 * @module
 */

/** A stream of repeatable draws. */
export interface SeededChance {
  /** A whole number from 0 to `bound` − 1; `bound` ≥ 1. */
  below(bound: number): number;
  /** One of the items; the list must not be empty. */
  pick<T>(items: readonly [T, ...T[]]): T;
}

/** 32-bit FNV-1a over UTF-16 code units, continued from `state`. */
export function mixText(text: string, state = 0x811c9dc5): number {
  let hash = state | 0;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash | 0;
}

/** Starts a stream from a 64-bit seed and a 32-bit salt (the mixed canon). */
export function seededChance(seed: bigint, salt: number): SeededChance {
  const bits = BigInt.asUintN(64, seed);
  let state = Math.imul(Number(bits & 0xffffffffn) ^ salt, 0x9e3779b1) ^ Number(bits >> 32n);
  function next(): number {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }
  function below(bound: number): number {
    return next() % bound;
  }
  return { below, pick: (items) => items[below(items.length)] ?? items[0] };
}

/**
 * Seeded chance for audits and fuzzing: the same seed and stream give the same choices on every engine
 * (sfc32, 32-bit arithmetic only). A stream for each input makes every input repeatable by its number.
 * Test-only.
 *
 * @module
 */

/** A source of choices. */
export interface Random {
  /** A whole number from 0 to `limit` − 1; `limit` is at most 2^32. */
  below(limit: number): number;
  /** A bigint from 0 to `limit` − 1; 0 when the limit is not above 0. */
  bigBelow(limit: bigint): bigint;
  /** True once in `n` times. */
  chance(n: number): boolean;
  pick<T>(values: readonly T[]): T;
  bytes(sizeBytes: number): Uint8Array;
}

/** A step of splitmix32, to spread a seed over the whole state. */
function mixed(value: number): number {
  let z = (value + 0x9e_37_79_b9) | 0;
  z = Math.imul(z ^ (z >>> 16), 0x21_f0_aa_ad);
  z = Math.imul(z ^ (z >>> 15), 0x73_5a_2d_97);
  return z ^ (z >>> 15);
}

/** The choices of stream number `stream` of a seed; both are whole numbers below 2^53. */
export function createRandom(seed: number, stream: number): Random {
  let a = mixed(seed | 0);
  let b = mixed(a ^ Math.floor(seed / 2 ** 32));
  let c = mixed(b ^ (stream | 0));
  let counter = mixed(c ^ Math.floor(stream / 2 ** 32)) | 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  for (let round = 0; round < 8; round++) next();
  const below = (limit: number): number => Math.floor((next() / 2 ** 32) * limit);
  return {
    below,
    bigBelow(limit) {
      if (limit <= 0n) return 0n;
      // 64 more bits than the limit has, so that the remainder favours nobody that a test would notice.
      let value = 0n;
      for (let bits = 0; bits < limit.toString(2).length + 64; bits += 32) {
        value = (value << 32n) | BigInt(next());
      }
      return value % limit;
    },
    chance: (n) => below(n) === 0,
    pick<T>(values: readonly T[]): T {
      const value = values[below(values.length)];
      if (value === undefined) throw new RangeError("nothing to pick from");
      return value;
    },
    bytes(sizeBytes) {
      const bytes = new Uint8Array(sizeBytes);
      for (let index = 0; index < sizeBytes; index++) bytes[index] = next() & 0xff;
      return bytes;
    },
  };
}

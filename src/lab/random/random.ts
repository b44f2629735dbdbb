/**
 * Chance of the lab: streams of numbers that depend on the run's seed and their own name alone, so that
 * one more payment does not change who finds the next block. The generator is xoroshiro128+.
 *
 * @module
 */
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import { utf8Encode } from "../../kernel/bytes.ts";
import { CodedError } from "../../kernel/errors.ts";
import { hash } from "../../kernel/hash.ts";
import { negativeLog } from "./natural-log.ts";

/** A stream of random numbers. */
export interface Random {
  /** 0 … 2^32 − 1. */
  nextUint32(): number;
  /** 0 … bound − 1, evenly; throws `bad-bound` unless the bound is an integer from 1 to 2^32. */
  below(bound: number): number;
  /** 0 ≤ x < 1 with 53 bits. */
  unit(): number;
  /** Exponential with mean 1, a multiple of 2^−32; never 0 and at most 23. */
  exponential(): number;
  bytes(length: number): Uint8Array;
}

const TWO_32 = 2 ** 32;
/** The low bits of xoroshiro128+ are its weakest; `unit` takes 21 and 32 of two draws. */
const HIGH_BITS = 21;

/** The stream `name` of a run with this seed. */
export function createRandom(seed: number, name: string): Random {
  const digest = hash("lab-log", utf8Encode(`${seed}/${name}`));
  const view = new DataView(digest.buffer, digest.byteOffset);
  const generator = xoroshiro128plusFromState([
    view.getInt32(0, true),
    view.getInt32(4, true),
    view.getInt32(8, true),
    view.getInt32(12, true),
  ]);
  const nextUint32 = (): number => generator.next() >>> 0;
  const unit = (): number =>
    ((nextUint32() >>> (32 - HIGH_BITS)) * TWO_32 + nextUint32()) / 2 ** (32 + HIGH_BITS);
  return {
    nextUint32,
    below(bound) {
      if (!Number.isInteger(bound) || bound < 1 || bound > TWO_32) {
        throw new CodedError("bad-bound", { bound });
      }
      const even = TWO_32 - (TWO_32 % bound);
      let draw = nextUint32();
      while (draw >= even) draw = nextUint32();
      return draw % bound;
    },
    unit,
    exponential: () => negativeLog(nextUint32()),
    bytes: (length) => Uint8Array.from({ length }, () => nextUint32() >>> 24),
  };
}

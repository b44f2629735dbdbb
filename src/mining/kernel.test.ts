/**
 * The WebAssembly kernels against another implementation of BLAKE3, nonce by nonce.
 *
 * @module
 */
import { blake3 } from "@noble/hashes/blake3.js";
import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { CodedError } from "../kernel/errors.ts";
import { createMinerKernel, type MinerKernel, type SearchRange, WORD_VALUES } from "./kernel.ts";

const SCAN = 16_384;

function digestOf(coreHash: Uint8Array, nonce: bigint): Uint8Array {
  const input = new Uint8Array(40);
  input.set(coreHash);
  new DataView(input.buffer).setBigUint64(32, nonce, true);
  return blake3(input);
}

function numberFromBytes(bytes: Uint8Array): bigint {
  return bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

function bytesFromNumber(value: bigint): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, i) => Number((value >> BigInt(8 * (31 - i))) & 255n));
}

const nonceOf = (inner: number, outer: number): bigint => (BigInt(inner) << 32n) | BigInt(outer);

/** Every hit of the range in order: each search goes on after the group of the last hit. */
function hitGroups(kernel: MinerKernel, range: SearchRange): { found: bigint[]; hashes: number } {
  const found: bigint[] = [];
  let hashes = 0;
  while (hashes < range.groups * kernel.step && range.start + hashes < WORD_VALUES) {
    const result = kernel.search({
      ...range,
      start: range.start + hashes,
      groups: range.groups - hashes / kernel.step,
    });
    hashes += result.hashes;
    if (result.found !== undefined) found.push(result.found);
  }
  return { found, hashes };
}

/** The same by brute force: the first hit of each group of `step`. */
function expectedHits({ coreHash, target, outer, start }: SearchRange, scan: number, step: number) {
  const limit = numberFromBytes(target);
  const hits: bigint[] = [];
  for (let group = start; group < start + scan; group += step) {
    for (let inner = group; inner < group + step; inner += 1) {
      const nonce = nonceOf(inner, outer);
      if (numberFromBytes(digestOf(coreHash, nonce)) > limit) continue;
      hits.push(nonce);
      break;
    }
  }
  return hits;
}

const seededBytes = (seed: number): Uint8Array => blake3(Uint8Array.of(seed, 7, 7));

describe.each([
  { name: "SIMD", forceScalar: false },
  { name: "scalar", forceScalar: true },
])("$name miner kernel", ({ forceScalar }) => {
  let kernel: MinerKernel;
  beforeAll(async () => {
    kernel = await createMinerKernel({ forceScalar });
  });

  it("is the module that was asked for", () => {
    expect(kernel.simd).toBe(!forceScalar);
  });

  it("[HDR-1] finds exactly the nonces that @noble/hashes finds in 16,384", () => {
    const range: SearchRange = {
      coreHash: seededBytes(1),
      target: bytesFromNumber(2n ** 256n / 300n),
      outer: 0x89abcdef,
      start: 4_096,
      groups: SCAN / kernel.step,
    };
    const expected = expectedHits(range, SCAN, kernel.step);
    expect(expected.length).toBeGreaterThan(20);
    expect(hitGroups(kernel, range)).toEqual({ found: expected, hashes: SCAN });
  });

  it("[HDR-1] agrees with @noble/hashes on random headers, outer words and starts", () => {
    const words = fc.integer({ min: 0, max: WORD_VALUES - 1 });
    const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(
        hash,
        words,
        words,
        fc.integer({ min: 8, max: 200 }),
        (coreHash, outer, at, odds) => {
          const groups = 24;
          const last = WORD_VALUES - groups * kernel.step;
          const start = Math.min(last, at - (at % kernel.step));
          const target = bytesFromNumber(2n ** 256n / BigInt(odds));
          const range: SearchRange = { coreHash, target, outer, start, groups };
          const expected = expectedHits(range, groups * kernel.step, kernel.step);
          expect(hitGroups(kernel, range).found).toEqual(expected);
        },
      ),
      { numRuns: 40 },
    );
  });

  it("scans up to the last group below 2^32 and cuts off what lies beyond", () => {
    const start = WORD_VALUES - 256;
    const range: SearchRange = {
      coreHash: seededBytes(2),
      target: bytesFromNumber(2n ** 256n / 40n),
      outer: WORD_VALUES - 1,
      start,
      groups: 1_000,
    };
    const { found, hashes } = hitGroups(kernel, range);
    expect(hashes).toBe(256);
    expect(found).toEqual(expectedHits(range, 256, kernel.step));
    expect(found.length).toBeGreaterThan(0);
  });

  it("finds a hit in the very last group, whose start looks most like -1", () => {
    const start = WORD_VALUES - kernel.step;
    const target = new Uint8Array(32).fill(0xff);
    const coreHash = seededBytes(3);
    const result = kernel.search({ coreHash, target, outer: 5, start, groups: 1 });
    expect(result).toEqual({ found: nonceOf(start, 5), hashes: kernel.step });
  });

  it("[HDR-1] a digest equal to the target is a hit, one above it is not", () => {
    const coreHash = seededBytes(4);
    const base = { coreHash, outer: 77, start: 0, groups: 64 };
    const nonces = Array.from({ length: 64 * kernel.step }, (_, inner) => nonceOf(inner, 77));
    const digests = nonces.map((nonce) => numberFromBytes(digestOf(coreHash, nonce)));
    const least = digests.reduce((low, digest) => (digest < low ? digest : low));
    const winner = nonces[digests.indexOf(least)];

    const exact = kernel.search({ ...base, target: bytesFromNumber(least) });
    expect(exact.found).toBe(winner);
    const below = kernel.search({ ...base, target: bytesFromNumber(least - 1n) });
    expect(below).toEqual({ found: undefined, hashes: 64 * kernel.step });
  });

  it("refuses ranges that break the contract", () => {
    const good = {
      coreHash: new Uint8Array(32),
      target: new Uint8Array(32),
      outer: 0,
      start: 0,
      groups: 1,
    };
    const bad: Partial<SearchRange>[] = [
      { coreHash: new Uint8Array(31) },
      { target: new Uint8Array(33) },
      { outer: -1 },
      { outer: WORD_VALUES },
      { start: 1 },
      { start: WORD_VALUES },
      { groups: 0 },
      { groups: 1.5 },
    ];
    for (const change of bad) {
      expect(() => kernel.search({ ...good, ...change })).toThrow(CodedError);
    }
    expect(() => kernel.search(good)).not.toThrow();
  });
});

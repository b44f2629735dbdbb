/**
 * The kernel in a real browser: other engines compile the same bytes with other compilers.
 *
 * @module
 */
import { blake3 } from "@noble/hashes/blake3.js";
import { expect, it } from "vitest";
import { createMinerKernel } from "./kernel.ts";

const SCAN = 4_096;

function firstByteOf(coreHash: Uint8Array, inner: number, outer: number): number {
  const input = new Uint8Array(40);
  input.set(coreHash);
  const view = new DataView(input.buffer);
  view.setUint32(32, outer, true);
  view.setUint32(36, inner, true);
  return blake3(input)[0] ?? 255;
}

it.each([false, true])(
  "[HDR-1] finds what @noble/hashes finds (scalar: %s)",
  async (forceScalar) => {
    const kernel = await createMinerKernel({ forceScalar });
    const coreHash = blake3(Uint8Array.of(9, 9));
    // Every digest that begins with a zero byte: 1 in 256.
    const target = new Uint8Array(32).fill(0xff);
    target[0] = 0;
    const outer = 0xfedcba98;

    const found: number[] = [];
    for (let start = 0; start < SCAN; ) {
      const groups = (SCAN - start) / kernel.step;
      const result = kernel.search({ coreHash, target, outer, start, groups });
      if (result.found !== undefined) found.push(Number(result.found >> 32n));
      start += result.hashes;
    }

    const expected: number[] = [];
    for (let group = 0; group < SCAN; group += kernel.step) {
      const inGroup = Array.from({ length: kernel.step }, (_, i) => group + i);
      const hit = inGroup.find((inner) => firstByteOf(coreHash, inner, outer) === 0);
      if (hit !== undefined) expected.push(hit);
    }
    expect(expected.length).toBeGreaterThan(5);
    expect(found).toEqual(expected);
  },
);

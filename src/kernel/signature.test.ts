import * as fc from "fast-check";
import { expect, test, vi } from "vitest";
import { initKernel } from "./init.ts";
import { publicKeyFromSeed, signWithSeed, verifySignature } from "./signature.ts";

const bytes = (size: number) => fc.uint8Array({ minLength: size, maxLength: size });

test("before initKernel a signature is neither made nor judged", async () => {
  // Another file of this worker may have made the kernel ready.
  vi.resetModules();
  const fresh = await import("./signature.ts");
  const { initKernel: initFresh } = await import("./init.ts");
  const seed = new Uint8Array(32);
  expect(() => fresh.publicKeyFromSeed(seed)).toThrow(
    expect.objectContaining({ code: "kernel-not-ready" }),
  );
  expect(() => fresh.verifySignature(seed, seed, new Uint8Array(64))).toThrow(
    expect.objectContaining({ code: "kernel-not-ready" }),
  );
  await initFresh();
  await initFresh();
  expect(fresh.publicKeyFromSeed(seed).length).toBe(32);
});

test("[SIG-1] what a seed signs holds, and any flipped bit of it does not", async () => {
  await initKernel();
  fc.assert(
    fc.property(
      bytes(32),
      fc.uint8Array({ maxLength: 200 }),
      fc.nat({ max: 511 }),
      (seed, message, bit) => {
        const publicKey = publicKeyFromSeed(seed);
        const signature = signWithSeed(seed, message);
        expect(verifySignature(publicKey, message, signature)).toBe(true);
        expect(signWithSeed(seed, message)).toEqual(signature);
        const flipped = signature.map((byte, at) =>
          at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte,
        );
        expect(verifySignature(publicKey, message, flipped)).toBe(false);
        expect(verifySignature(publicKey, Uint8Array.from([...message, 0]), signature)).toBe(false);
      },
    ),
  );
});

test("[SIG-1] S + L is refused: a signature has one form", async () => {
  await initKernel();
  const groupOrder = (1n << 252n) + 27742317777372353535851937790883648493n;
  fc.assert(
    fc.property(bytes(32), (seed) => {
      const message = Uint8Array.of(1);
      const signature = signWithSeed(seed, message);
      let s = groupOrder;
      for (let at = 0; at < 32; at++) s += BigInt(signature[32 + at] ?? 0) << BigInt(8 * at);
      const shifted = signature.map((byte, at) =>
        at < 32 ? byte : Number((s >> BigInt(8 * (at - 32))) & 0xffn),
      );
      expect(verifySignature(publicKeyFromSeed(seed), message, shifted)).toBe(false);
    }),
    { numRuns: 20 },
  );
});

test("[SIG-1] wrong lengths are no signature, and no seed", async () => {
  await initKernel();
  const seed = new Uint8Array(32).fill(1);
  const key = publicKeyFromSeed(seed);
  const signature = signWithSeed(seed, key);
  expect(verifySignature(key.subarray(1), key, signature)).toBe(false);
  expect(verifySignature(key, key, signature.subarray(1))).toBe(false);
  for (const size of [0, 31, 33, 64]) {
    expect(() => publicKeyFromSeed(new Uint8Array(size))).toThrow(
      expect.objectContaining({ code: "bad-seed" }),
    );
  }
});

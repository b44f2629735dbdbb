/**
 * BLAKE3 in WebAssembly against @noble/hashes and the official vectors. In Chromium the golden vectors
 * and `blake3-wasm.browser.test.ts` compare the same.
 *
 * @module
 */
import * as fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import { nobleBlake3 } from "./blake3.ts";
import { createBlake3, createWasmBlake3 } from "./blake3-wasm.ts";
import { concatBytes, hexFromBytes, utf8Encode } from "./bytes.ts";
import { HASH_USES } from "./hash.ts";
import { differencesFromNoble } from "./testing/compare-blake3.ts";
import official from "./vectors/blake3.json" with { type: "json" };

const contextOf = (use: string): Uint8Array => utf8Encode(`fabula/1 ${use}`);

afterEach(() => vi.unstubAllGlobals());

test("[HASH-1] official vectors", () => {
  const blake3 = createWasmBlake3();
  const derived = blake3?.deriveKey(utf8Encode(official.context));
  const made = official.cases.map(({ inputLength }) => {
    const input = Uint8Array.from({ length: inputLength }, (_, index) => index % 251);
    return {
      inputLength,
      hash: hexFromBytes(blake3?.plain([input]) ?? input),
      deriveKey: hexFromBytes(derived?.hash([input]) ?? input),
    };
  });
  expect(made).toEqual(official.cases);
});

test("[HASH-1] every length at which blocks, chunks or trees change shape", () => {
  expect(differencesFromNoble(createWasmBlake3())).toEqual([]);
});

test("[HASH-1] any parts in any use, one hash after another in the same memory", () => {
  const blake3 = createWasmBlake3();
  const ours = new Map(HASH_USES.map((use) => [use, blake3?.deriveKey(contextOf(use))]));
  const parts = fc.array(fc.uint8Array({ maxLength: 1_400 }), { maxLength: 5 });
  fc.assert(
    fc.property(fc.constantFrom(...HASH_USES), parts, (use, parts) => {
      const whole = [concatBytes(...parts)];
      expect(ours.get(use)?.hash(parts)).toEqual(nobleBlake3.deriveKey(contextOf(use)).hash(whole));
      expect(blake3?.plain(parts)).toEqual(nobleBlake3.plain(whole));
    }),
    { numRuns: 400 },
  );
});

test("a digest is not touched by the next hash", () => {
  const blake3 = createWasmBlake3();
  const first = blake3?.plain([Uint8Array.of(1)]);
  const kept = first?.slice();
  blake3?.plain([Uint8Array.of(2)]);
  expect(first).toEqual(kept);
});

test("[HASH-1] without WebAssembly, or where a policy refuses it, JavaScript hashes", () => {
  const refuse = vi.fn<() => void>(function refuse() {
    throw new EvalError("refused by the page's policy");
  });
  for (const absent of [undefined, { Module: refuse }]) {
    vi.stubGlobal("WebAssembly", absent);
    expect(createWasmBlake3()).toBeNull();
    expect(createBlake3()).toBe(nobleBlake3);
  }
  expect(refuse).toHaveBeenCalledTimes(2);
});

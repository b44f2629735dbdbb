/**
 * Contexts keep hashes of different purposes apart; the oracle is the noble library called directly.
 *
 * @module
 */
import { blake3 } from "@noble/hashes/blake3.js";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { concatBytes, hexFromBytes, utf8Encode } from "./bytes.ts";
import { bytesFromWords, wordsFromBytes } from "./digest-words.ts";
import { HASH_USES, hash, hashPair, plainBlake3 } from "./hash.ts";

test("[HASH-1] a hash is BLAKE3 derive-key under `fabula/1 <use>`, over all parts in order", () => {
  fc.assert(
    fc.property(fc.constantFrom(...HASH_USES), fc.array(fc.uint8Array()), (use, parts) => {
      const expected = blake3(concatBytes(...parts), { context: utf8Encode(`fabula/1 ${use}`) });
      expect(hexFromBytes(hash(use, ...parts))).toBe(hexFromBytes(expected));
    }),
  );
});

test("[HASH-1] the same bytes have another hash for each use, and none is the plain one", () => {
  const bytes = utf8Encode("the same bytes");
  const hashes = [plainBlake3(bytes), ...HASH_USES.map((use) => hash(use, bytes))];
  expect(new Set(hashes.map(hexFromBytes)).size).toBe(HASH_USES.length + 1);
  expect(hexFromBytes(plainBlake3(bytes))).toBe(hexFromBytes(blake3(bytes)));
});

test("[HASH-1] a pair of digests in words has the hash of their bytes", () => {
  const digest = fc.uint8Array({ minLength: 32, maxLength: 32 });
  fc.assert(
    fc.property(fc.constantFrom(...HASH_USES), digest, digest, (use, left, right) => {
      const pair = hashPair(use, wordsFromBytes(left), wordsFromBytes(right));
      expect(bytesFromWords(pair)).toEqual(hash(use, left, right));
    }),
  );
});

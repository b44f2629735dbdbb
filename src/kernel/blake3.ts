/**
 * BLAKE3-256 behind one small interface, and the implementation that runs everywhere. The faster one is
 * `blake3-wasm.ts`; both give the same bytes.
 *
 * @module
 */
import { blake3 } from "@noble/hashes/blake3.js";
import { bytesFromWords, type DigestWords, wordsFromBytes } from "./digest-words.ts";

/** The hash of concatenated parts, 32 bytes. */
export type PartsHash = (parts: readonly Uint8Array[]) => Uint8Array;

/** The two modes that HASH-1 uses. */
export interface Blake3 {
  readonly plain: PartsHash;
  /** Derive-key mode: hashes for one purpose, which `context` names. */
  deriveKey(context: Uint8Array): KeyedHash;
}

/** The hash for one purpose. */
export interface KeyedHash {
  readonly hash: PartsHash;
  /** `hash` of two digests, in words. */
  hashPair(left: DigestWords, right: DigestWords): DigestWords;
}

type Hasher = ReturnType<typeof blake3.create>;

function hashWith(hasher: Hasher, parts: readonly Uint8Array[]): Uint8Array {
  for (const part of parts) hasher.update(part);
  return hasher.digest();
}

/** BLAKE3 in JavaScript: for engines without WebAssembly, and pages whose policy refuses it. */
export const nobleBlake3: Blake3 = {
  plain: (parts) => hashWith(blake3.create(), parts),
  deriveKey(context) {
    // Cloned for each hash, since noble hashes the context anew for each `create`.
    const fresh = blake3.create({ context });
    const hash: PartsHash = (parts) => hashWith(fresh.clone(), parts);
    return {
      hash,
      hashPair: (left, right) =>
        wordsFromBytes(hash([bytesFromWords(left), bytesFromWords(right)])),
    };
  },
};

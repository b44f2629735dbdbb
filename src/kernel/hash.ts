/**
 * The one hash (HASH-1): BLAKE3-256 in derive-key mode, with a context for each use, so that bytes made
 * for one purpose can never be taken for another. Plain BLAKE3 remains for proof of work and txid only.
 *
 * @module
 */
import type { KeyedHash } from "./blake3.ts";
import { createBlake3 } from "./blake3-wasm.ts";
import { utf8Encode } from "./bytes.ts";
import type { DigestWords } from "./digest-words.ts";

/** What hashes are for: each use is a context `fabula/1 <use>`, and a new purpose gets a new use. */
export const HASH_USES = [
  "genesis",
  "header",
  "block id",
  "tie",
  "body",
  "paragraph",
  "merkle-leaf",
  "merkle-node",
  "state-key",
  "state-value",
  "state-leaf",
  "state-node",
  "history-leaf",
  "history-node",
  "history-root",
  "fees",
  "equivocation",
  "message-id",
  "writer-seed",
  "writer-algorithm",
  "local-record",
  "peer-record",
  "tracker-list",
  "lab-log",
] as const;

/** A purpose of a hash (HASH-1). */
export type HashUse = (typeof HASH_USES)[number];

const blake3 = createBlake3();

const hashOfUse = new Map<HashUse, KeyedHash>();

function hashFor(use: HashUse): KeyedHash {
  let found = hashOfUse.get(use);
  if (found === undefined) {
    found = blake3.deriveKey(utf8Encode(`fabula/1 ${use}`));
    hashOfUse.set(use, found);
  }
  return found;
}

/** BLAKE3-256 of the concatenated `parts` under the context of `use` (HASH-1); 32 bytes. */
export function hash(use: HashUse, ...parts: readonly Uint8Array[]): Uint8Array {
  return hashFor(use).hash(parts);
}

/** `hash` of two digests, in words: for trees that keep many of them. */
export function hashPair(use: HashUse, left: DigestWords, right: DigestWords): DigestWords {
  return hashFor(use).hashPair(left, right);
}

/** Plain BLAKE3-256 of the concatenated `parts`, for proof of work (HDR-1) and txid (TX-3) only. */
export function plainBlake3(...parts: readonly Uint8Array[]): Uint8Array {
  return blake3.plain(parts);
}

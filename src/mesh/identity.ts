/**
 * A peer's network identity: a libp2p Ed25519 key made from 32 bytes, so that the caller decides where
 * the seed is kept and the same slot is the same peer after a reload (STO-3).
 *
 * @module
 */
import { generateKeyPairFromSeed } from "@libp2p/crypto/keys";
import type { Ed25519PrivateKey } from "@libp2p/interface";
import { peerIdFromPrivateKey } from "@libp2p/peer-id";
import { CodedError } from "../kernel/errors.ts";

const SEED_BYTES = 32;

/** The libp2p key of a seed; throws `bad-seed` unless it has 32 bytes. */
export async function privateKeyFromSeed(seed: Uint8Array): Promise<Ed25519PrivateKey> {
  if (seed.byteLength !== SEED_BYTES)
    throw new CodedError("bad-seed", { sizeBytes: seed.byteLength, needBytes: SEED_BYTES });
  return await generateKeyPairFromSeed("Ed25519", seed);
}

/** The peer id (base58btc) of a seed; throws `bad-seed`. */
export async function peerIdFromSeed(seed: Uint8Array): Promise<string> {
  return peerIdFromPrivateKey(await privateKeyFromSeed(seed)).toString();
}

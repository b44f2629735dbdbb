/**
 * Ed25519, strict (SIG-1). libsodium's WASM is the reference in every engine: verifiers on the market
 * disagree on crafted signatures, and each disagreement would split the chain. A browser's or Node's own
 * verifier is therefore never asked. The package's version is part of consensus: later libsodium sources
 * verify with the cofactor and accept cases 4 and 5 of ed25519-speccheck, so an upgrade that fails the
 * vectors here must not be taken. Its functions hang on the default export only after `ready`.
 *
 * @module
 */
import sodium, { ready } from "libsodium-wrappers";
import { CodedError } from "./errors.ts";

/** An Ed25519 public key, in bytes. */
export const PUBLIC_KEY_BYTES = 32;
/** An Ed25519 signature (R ‖ S), in bytes. */
export const SIGNATURE_BYTES = 64;
/** An Ed25519 seed (the secret), in bytes. */
export const SEED_BYTES = 32;

let isReady = false;

/** Resolves when signatures can be made and checked; safe to call often. */
export async function initSignatures(): Promise<void> {
  await ready;
  isReady = true;
}

function requireReady(): void {
  if (!isReady) throw new CodedError("kernel-not-ready", { hint: "await initKernel() first" });
}

function keyPairFromSeed(seed: Uint8Array): { publicKey: Uint8Array; privateKey: Uint8Array } {
  requireReady();
  if (seed.length !== SEED_BYTES) {
    throw new CodedError("bad-seed", { sizeBytes: seed.length, expectedBytes: SEED_BYTES });
  }
  return sodium.crypto_sign_seed_keypair(seed);
}

/** True when `signature` is valid under dalek's `verify_strict` rules (SIG-1); wrong lengths are false. */
export function verifySignature(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  requireReady();
  if (publicKey.length !== PUBLIC_KEY_BYTES || signature.length !== SIGNATURE_BYTES) return false;
  return sodium.crypto_sign_verify_detached(signature, message, publicKey);
}

/** The deterministic Ed25519 signature of `message`, 64 bytes; throws `bad-seed`. */
export function signWithSeed(seed: Uint8Array, message: Uint8Array): Uint8Array {
  return sodium.crypto_sign_detached(message, keyPairFromSeed(seed).privateKey);
}

/** The public key of a 32-byte seed, 32 bytes; throws `bad-seed`. */
export function publicKeyFromSeed(seed: Uint8Array): Uint8Array {
  return keyPairFromSeed(seed).publicKey;
}

/**
 * The keystore of one slot: 32 bytes of entropy (a BIP-39 phrase of 24 words), from which the author
 * key is derived by SLIP-0010. At rest the entropy is sealed by a key that cannot leave the browser,
 * and, once the person sets a passphrase, inside that by Argon2id + AES-256-GCM.
 *
 * @module
 */
import { CodedError } from "../../kernel/errors.ts";
import type { DeviceCipher } from "../ports.ts";

/** What lies in the slot's key-value store under `keystore`. */
export interface SealedKeystore {
  readonly version: 1;
  readonly address: string;
  readonly protection: "device" | "passphrase" | "none";
  readonly phraseChecked: boolean;
  /** Sealed entropy. */
  readonly sealed: Uint8Array;
  /** Argon2id salt and AES-GCM nonce; present with a passphrase. */
  readonly salt?: Uint8Array;
  readonly nonce?: Uint8Array;
}

/** OWASP's floor for Argon2id: 19 MiB, two passes, one lane (0.4 s where it was measured). */
const ARGON2_MEMORY_KIB = 19_456;
const ARGON2_PASSES = 2;
/** Shorter passphrases fall to guessing however slow the hash is. */
export const MIN_PASSPHRASE_LENGTH = 8;

async function passphraseKey(passphrase: string, salt: Uint8Array): Promise<CryptoKey> {
  // Loaded when a passphrase is first used: no reader waits for it.
  const { argon2id } = await import("hash-wasm");
  const bytes = await argon2id({
    password: passphrase.normalize("NFKC"),
    salt,
    memorySize: ARGON2_MEMORY_KIB,
    iterations: ARGON2_PASSES,
    parallelism: 1,
    hashLength: 32,
    outputType: "binary",
  });
  return crypto.subtle.importKey("raw", new Uint8Array(bytes), "AES-GCM", false, [
    "encrypt",
    "decrypt",
  ]);
}

/** Seals entropy for the disk. */
export async function sealEntropy(
  entropy: Uint8Array,
  address: string,
  phraseChecked: boolean,
  passphrase: string | null,
  device: DeviceCipher | null,
  randomBytes: (length: number) => Uint8Array,
): Promise<SealedKeystore> {
  let inner = entropy;
  let extra: { salt: Uint8Array; nonce: Uint8Array } | undefined;
  if (passphrase !== null) {
    if (passphrase.length < MIN_PASSPHRASE_LENGTH) {
      throw new CodedError("passphrase-short", { minLength: MIN_PASSPHRASE_LENGTH });
    }
    extra = { salt: randomBytes(16), nonce: randomBytes(12) };
    const key = await passphraseKey(passphrase, extra.salt);
    const sealed = await crypto.subtle.encrypt(
      { name: "AES-GCM", iv: new Uint8Array(extra.nonce) },
      key,
      new Uint8Array(entropy),
    );
    inner = new Uint8Array(sealed);
  }
  return {
    version: 1,
    address,
    protection: passphrase !== null ? "passphrase" : device !== null ? "device" : "none",
    phraseChecked,
    sealed: device === null ? inner : await device.seal(inner),
    ...extra,
  };
}

/** Opens a keystore; throws `passphrase-needed`, `passphrase-wrong`, `keystore-damaged`. */
export async function openEntropy(
  keystore: SealedKeystore,
  passphrase: string | null,
  device: DeviceCipher | null,
): Promise<Uint8Array> {
  let inner: Uint8Array;
  try {
    inner = device === null ? keystore.sealed : await device.open(keystore.sealed);
  } catch (cause) {
    throw new CodedError("keystore-damaged", { address: keystore.address }, { cause });
  }
  if (keystore.protection !== "passphrase") return inner;
  if (passphrase === null) throw new CodedError("passphrase-needed", { address: keystore.address });
  if (keystore.salt === undefined || keystore.nonce === undefined) {
    throw new CodedError("keystore-damaged", { address: keystore.address });
  }
  const key = await passphraseKey(passphrase, keystore.salt);
  try {
    const plain = await crypto.subtle.decrypt(
      { name: "AES-GCM", iv: new Uint8Array(keystore.nonce) },
      key,
      new Uint8Array(inner),
    );
    return new Uint8Array(plain);
  } catch {
    throw new CodedError("passphrase-wrong");
  }
}

/**
 * The two envelopes around the secrets of a keystore: a key that cannot leave the browser (where there
 * is one), and, once the person sets a passphrase, Argon2id + AES-256-GCM inside that. What the secrets
 * mean is not known here.
 *
 * @module
 */
import { CodedError } from "../../kernel/errors.ts";
import type { DeviceCipher } from "../ports.ts";

/** Sealed secrets and how to open them again. */
export interface Sealed {
  readonly protection: "device" | "passphrase" | "none";
  readonly sealed: Uint8Array;
  /** Argon2id salt and AES-GCM nonce; present with a passphrase. */
  readonly salt?: Uint8Array | undefined;
  readonly nonce?: Uint8Array | undefined;
}

/**
 * A passphrase after Argon2id. It is kept while the wallet is unlocked, so that an imported key can be
 * sealed without asking again; it cannot be read out.
 */
export interface PassphraseKey {
  readonly key: CryptoKey;
  readonly salt: Uint8Array;
}

/** What sealing needs from the world. */
export interface SealingPorts {
  readonly deviceCipher: DeviceCipher | null;
  readonly randomBytes: (length: number) => Uint8Array;
}

/** OWASP's floor for Argon2id: 19 MiB, two passes, one lane (0.4 s where it was measured). */
const ARGON2_MEMORY_KIB = 19_456;
const ARGON2_PASSES = 2;
const SALT_BYTES = 16;
const NONCE_BYTES = 12;
/** Shorter passphrases fall to guessing however slow the hash is. */
export const MIN_PASSPHRASE_LENGTH = 8;

async function stretch(passphrase: string, salt: Uint8Array): Promise<PassphraseKey> {
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
  const key = await crypto.subtle.importKey("raw", new Uint8Array(bytes), "AES-GCM", false, [
    "encrypt",
    "decrypt",
  ]);
  return { key, salt };
}

/** The key of a new passphrase; throws `passphrase-short` {minLength}. */
export async function newPassphraseKey(
  passphrase: string,
  randomBytes: SealingPorts["randomBytes"],
): Promise<PassphraseKey> {
  if (passphrase.length < MIN_PASSPHRASE_LENGTH) {
    throw new CodedError("passphrase-short", { minLength: MIN_PASSPHRASE_LENGTH });
  }
  return stretch(passphrase, randomBytes(SALT_BYTES));
}

/** Seals secrets for the disk, under a fresh nonce each time. */
export async function sealSecrets(
  secrets: Uint8Array,
  passphraseKey: PassphraseKey | null,
  { deviceCipher, randomBytes }: SealingPorts,
): Promise<Sealed> {
  const onDevice = async (inner: Uint8Array): Promise<Uint8Array> =>
    deviceCipher === null ? inner : deviceCipher.seal(inner);
  if (passphraseKey === null) {
    const protection = deviceCipher === null ? "none" : "device";
    return { protection, sealed: await onDevice(secrets) };
  }
  const { key, salt } = passphraseKey;
  const nonce = randomBytes(NONCE_BYTES);
  const inner = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv: new Uint8Array(nonce) },
    key,
    new Uint8Array(secrets),
  );
  return { protection: "passphrase", sealed: await onDevice(new Uint8Array(inner)), salt, nonce };
}

/** Opens what `sealSecrets` made; throws `keystore-damaged`, `passphrase-needed`, `passphrase-wrong`. */
export async function openSecrets(
  record: Sealed,
  passphrase: string | null,
  device: DeviceCipher | null,
): Promise<{ readonly secrets: Uint8Array; readonly passphraseKey: PassphraseKey | null }> {
  let inner: Uint8Array;
  try {
    inner = device === null ? record.sealed : await device.open(record.sealed);
  } catch (cause) {
    throw new CodedError("keystore-damaged", {}, { cause });
  }
  if (record.protection !== "passphrase") return { secrets: inner, passphraseKey: null };
  if (passphrase === null) throw new CodedError("passphrase-needed");
  const { salt, nonce } = record;
  if (salt === undefined || nonce === undefined) throw new CodedError("keystore-damaged");
  const passphraseKey = await stretch(passphrase, salt);
  try {
    const plain = await crypto.subtle.decrypt(
      { name: "AES-GCM", iv: new Uint8Array(nonce) },
      passphraseKey.key,
      new Uint8Array(inner),
    );
    return { secrets: new Uint8Array(plain), passphraseKey };
  } catch {
    throw new CodedError("passphrase-wrong");
  }
}

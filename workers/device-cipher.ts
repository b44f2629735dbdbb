/**
 * Encryption by a key that cannot leave this browser: a non-extractable `CryptoKey` in the slot's
 * database. It protects the seed at rest until the person sets a passphrase.
 *
 * @module
 */
import type { KeyValueStore } from "../src/chain/ports/store.ts";
import { CodedError } from "../src/kernel/errors.ts";
import type { DeviceCipher } from "../src/peer/ports.ts";

const KEY = "device-key";
const NONCE_BYTES = 12;

async function deviceKey(keep: KeyValueStore): Promise<CryptoKey> {
  const kept = await keep.get(KEY);
  if (kept instanceof CryptoKey) return kept;
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, [
    "encrypt",
    "decrypt",
  ]);
  await keep.put(KEY, key);
  return key;
}

/** Opens (or makes) the device's cipher; sealed bytes are nonce ‖ ciphertext. */
export async function openDeviceCipher(keep: KeyValueStore): Promise<DeviceCipher> {
  const key = await deviceKey(keep);
  return {
    async seal(plain) {
      const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
      const body = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new Uint8Array(plain));
      const sealed = new Uint8Array(NONCE_BYTES + body.byteLength);
      sealed.set(iv);
      sealed.set(new Uint8Array(body), NONCE_BYTES);
      return sealed;
    },
    async open(sealed) {
      if (sealed.length < NONCE_BYTES) throw new CodedError("keystore-damaged");
      const iv = sealed.slice(0, NONCE_BYTES);
      const body = await crypto.subtle.decrypt(
        { name: "AES-GCM", iv },
        key,
        sealed.slice(NONCE_BYTES),
      );
      return new Uint8Array(body);
    },
  };
}

/**
 * A slot for tests of the wallet: values in memory, a disk that can be full, a device whose key is one
 * byte, and bytes that count up instead of chance.
 *
 * @module
 */
import type { KeyValueStore } from "../../../chain/ports/store.ts";
import { CodedError } from "../../../kernel/errors.ts";
import type { DeviceCipher } from "../../ports.ts";
import { openWallet, type Wallet } from "../wallet.ts";

/** One slot; each `open` is another visit to it. */
export interface TestSlot {
  readonly values: Map<string, unknown>;
  /** What lies under `keystore`. */
  kept(): { readonly version: number; readonly sealed: Uint8Array; readonly active: string };
  /** From now on writing fails with `store-full`, or works again. */
  setFull(full: boolean): void;
  open(cipher?: DeviceCipher | null): Promise<Wallet>;
}

/** Enough of a device to see that the wallet goes through it. */
export const device = (key: number): DeviceCipher => ({
  seal: async (plain) => Uint8Array.of(key, ...plain.map((byte) => byte ^ key)),
  async open(sealed) {
    if (sealed[0] !== key) throw new CodedError("sealed-by-another-device");
    return sealed.slice(1).map((byte) => byte ^ key);
  },
});

/** A fresh slot; slots of different `firstByte` draw different keys. */
export function createTestSlot(firstByte = 1): TestSlot {
  const values = new Map<string, unknown>();
  let drawn = firstByte - 1;
  let isFull = false;
  const keep: KeyValueStore = {
    get: async (key) => structuredClone(values.get(key)),
    async put(key, value) {
      if (isFull) throw new CodedError("store-full");
      values.set(key, structuredClone(value));
    },
    async delete(key) {
      values.delete(key);
    },
    keys: async () => [...values.keys()].toSorted(),
    close: async () => {},
    erase: async () => values.clear(),
  };
  return {
    values,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- tests look at what the wallet itself wrote
    kept: () => values.get("keystore") as ReturnType<TestSlot["kept"]>,
    setFull(full) {
      isFull = full;
    },
    open: (cipher = null) =>
      openWallet({
        keep,
        deviceCipher: cipher,
        randomBytes: (length) => Uint8Array.from({ length }, () => ++drawn % 256),
      }),
  };
}

/**
 * The keystore in the slot's key-value store: read at the start, made on the first visit, and put aside
 * rather than overwritten when something in it would be lost.
 *
 * @module
 */
import type { KeyValueStore } from "../../chain/ports/store.ts";
import { isCoded } from "../../kernel/errors.ts";
import { ENTROPY_BYTES } from "./derivation.ts";
import {
  type Keystore,
  readKeystore,
  sealKeystore,
  type Unlocked,
  unlockKeystore,
} from "./keystore.ts";
import { accountsOfPhrase } from "./restore.ts";
import type { SealingPorts } from "./seal.ts";

/** Name of the keystore in the slot. */
const KEY = "keystore";
/** Where a record that is no keystore is put, so that making a new wallet never destroys an old one. */
const UNREADABLE_KEY = "keystore-damaged";
/** Where a keystore is put that another phrase replaces. */
const REPLACED_KEY = "keystore-replaced";

/** What a wallet needs from the world. */
export interface WalletPorts extends SealingPorts {
  readonly keep: KeyValueStore;
}

/** A keystore as it is known now. */
export interface Held {
  readonly keystore: Keystore;
  /** null while locked by a passphrase, or damaged. */
  readonly unlocked: Unlocked | null;
  /** What lay on the disk did not open; also said of a wallet that was made in its place. */
  readonly damage: "keystore-damaged" | null;
}

/** Resolves once the keystore is on the disk. */
export async function saveKeystore(keep: KeyValueStore, keystore: Keystore): Promise<void> {
  await keep.put(KEY, keystore);
}

/** Puts a keystore aside that is about to be replaced. */
export async function keepReplaced(keep: KeyValueStore, keystore: Keystore): Promise<void> {
  await putAside(keep, REPLACED_KEY, keystore);
}

/** Keeps a record under the first free name, so that nothing is ever overwritten. */
async function putAside(keep: KeyValueStore, name: string, record: unknown): Promise<void> {
  const taken = new Set(await keep.keys());
  let free = name;
  for (let copy = 2; taken.has(free); copy++) free = `${name}-${copy}`;
  await keep.put(free, record);
}

/** Reads the slot's keystore, or makes one; a passphrase is not asked for here. */
export async function openKeptKeystore(ports: WalletPorts): Promise<Held> {
  const { keep, deviceCipher } = ports;
  const kept = await keep.get(KEY);
  const keystore = readKeystore(kept);
  if (keystore === null) {
    if (kept !== undefined) await putAside(keep, UNREADABLE_KEY, kept);
    const made = await makeKeystore(ports);
    await saveKeystore(keep, made.keystore);
    return { ...made, damage: kept === undefined ? null : "keystore-damaged" };
  }
  if (keystore.protection === "passphrase") return { keystore, unlocked: null, damage: null };
  try {
    return {
      keystore,
      unlocked: await unlockKeystore(keystore, null, deviceCipher),
      damage: null,
    };
  } catch (reason) {
    if (!isCoded(reason, "keystore-damaged")) throw reason;
    return { keystore, unlocked: null, damage: "keystore-damaged" };
  }
}

/** One account of a fresh phrase. */
async function makeKeystore(
  ports: WalletPorts,
): Promise<{ readonly keystore: Keystore; readonly unlocked: Unlocked }> {
  const entropy = ports.randomBytes(ENTROPY_BYTES);
  const { first, accounts, signers } = await accountsOfPhrase(entropy, []);
  const unlocked = { entropy, signers, passphraseKey: null };
  const labels = { active: first, accounts, phraseChecked: false };
  return { keystore: await sealKeystore(labels, unlocked, ports), unlocked };
}

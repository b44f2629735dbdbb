/**
 * The wallet of one slot: makes, opens, checks and restores the author key. The seed never leaves the
 * thread that signs; the phrase crosses to the page only while it is shown.
 *
 * @module
 */
import { entropyToMnemonic, mnemonicToEntropy, mnemonicToSeedWebcrypto } from "@scure/bip39";
import { wordlist } from "@scure/bip39/wordlists/english.js";
import type { KeyValueStore } from "../../chain/ports/store.ts";
import { type Address, addressFromHex } from "../../kernel/brand.ts";
import { hexFromBytes } from "../../kernel/bytes.ts";
import { CodedError, isCoded } from "../../kernel/errors.ts";
import { publicKeyFromSeed } from "../../kernel/signature.ts";
import type { DeviceCipher } from "../ports.ts";
import { openEntropy, type SealedKeystore, sealEntropy } from "./keystore.ts";

/** SLIP-0044 has no entry for Fabula; 7078 spells "FN" and is unassigned. Hardened all the way (SLIP-0010 for Ed25519). */
const DERIVATION_PATH = "m/44'/7078'/0'";
const KEY = "keystore";
/** Where a record that is no keystore is put, so that making a new wallet never destroys an old one. */
const ASIDE_KEY = "keystore-damaged";
const ENTROPY_BYTES = 32;
/** Words that must be given back before the phrase counts as written down. */
const MIN_CHECKED_WORDS = 3;

/** A signing key while the wallet is open. */
export interface Signer {
  readonly address: Address;
  readonly publicKey: Uint8Array;
  readonly seed: Uint8Array;
}

/** The wallet of a slot. */
export interface Wallet {
  readonly address: Address;
  /** null while locked by a passphrase, or damaged. */
  signer(): Signer | null;
  /** `keystore-damaged` when what lay on the disk did not open; only `restore` helps then. */
  readonly damage: "keystore-damaged" | null;
  /** Throws `wallet-locked` or `keystore-damaged`. */
  requireSigner(): Signer;
  readonly phraseChecked: boolean;
  readonly protection: SealedKeystore["protection"];
  revealPhrase(passphrase: string | null): Promise<readonly string[]>;
  confirmPhrase(
    words: readonly { readonly position: number; readonly word: string }[],
  ): Promise<void>;
  restore(phrase: string): Promise<void>;
  setPassphrase(passphrase: string, current: string | null): Promise<void>;
  unlock(passphrase: string): Promise<void>;
}

interface WalletPorts {
  readonly keep: KeyValueStore;
  readonly deviceCipher: DeviceCipher | null;
  readonly randomBytes: (length: number) => Uint8Array;
}

/** Author key of a phrase's entropy. */
export async function signerFromEntropy(entropy: Uint8Array): Promise<Signer> {
  const { HDKey } = await import("micro-key-producer/slip10.js");
  const master = await mnemonicToSeedWebcrypto(entropyToMnemonic(entropy, wordlist));
  const root = HDKey.fromMasterSeed(master);
  const seed = root.derive(DERIVATION_PATH).privateKey;
  const publicKey = publicKeyFromSeed(seed);
  return { seed, publicKey, address: addressFromHex(hexFromBytes(publicKey)) };
}

function wordsOf(entropy: Uint8Array): readonly string[] {
  return entropyToMnemonic(entropy, wordlist).split(" ");
}

function entropyOfPhrase(phrase: string): Uint8Array {
  const words = phrase.trim().toLowerCase().split(/\s+/);
  if (words.length !== 24) throw new CodedError("phrase-invalid", { words: words.length });
  try {
    return mnemonicToEntropy(words.join(" "), wordlist);
  } catch {
    const unknown = words.findIndex((word) => !wordlist.includes(word));
    throw new CodedError("phrase-invalid", {
      words: 24,
      position: unknown < 0 ? null : unknown + 1,
    });
  }
}

function isKeystore(value: unknown): value is SealedKeystore {
  return (
    typeof value === "object" &&
    value !== null &&
    "version" in value &&
    value.version === 1 &&
    "sealed" in value &&
    value.sealed instanceof Uint8Array &&
    "address" in value &&
    typeof value.address === "string" &&
    /^[0-9a-f]{64}$/.test(value.address)
  );
}

/** The signer of opened entropy; throws `keystore-damaged` when it is not the one on the label. */
async function labelledSigner(entropy: Uint8Array, address: string): Promise<Signer> {
  if (entropy.length !== ENTROPY_BYTES) throw new CodedError("keystore-damaged", { address });
  const signer = await signerFromEntropy(entropy);
  if (signer.address !== address) throw new CodedError("keystore-damaged", { address });
  return signer;
}

/**
 * Opens the slot's wallet, making one on the first visit. A keystore that does not open is kept (aside,
 * when not even its address can be read) and told by `damage`: the story stays readable.
 */
export async function openWallet(ports: WalletPorts): Promise<Wallet> {
  const kept = await ports.keep.get(KEY);
  let entropy: Uint8Array | null = null;
  let keystore: SealedKeystore;
  let current: Signer | null = null;
  let damage: Wallet["damage"] = null;

  const save = async (
    next: Uint8Array,
    passphrase: string | null,
    phraseChecked: boolean,
  ): Promise<void> => {
    const signer = await signerFromEntropy(next);
    const sealed = await sealEntropy(
      next,
      signer.address,
      phraseChecked,
      passphrase,
      ports.deviceCipher,
      ports.randomBytes,
    );
    await ports.keep.put(KEY, sealed);
    entropy = next;
    keystore = sealed;
    current = signer;
    damage = null;
  };

  if (isKeystore(kept)) {
    keystore = kept;
    if (kept.protection !== "passphrase") {
      try {
        const opened = await openEntropy(kept, null, ports.deviceCipher);
        current = await labelledSigner(opened, kept.address);
        entropy = opened;
      } catch (reason) {
        if (!isCoded(reason, "keystore-damaged")) throw reason;
        damage = "keystore-damaged";
      }
    }
  } else {
    if (kept !== undefined) await ports.keep.put(ASIDE_KEY, kept);
    await save(ports.randomBytes(ENTROPY_BYTES), null, false);
    if (kept !== undefined) damage = "keystore-damaged";
  }
  const openEntropyOrThrow = (): Uint8Array => {
    if (entropy === null) throw new CodedError(damage ?? "wallet-locked");
    return entropy;
  };

  return {
    get address() {
      return addressFromHex(keystore.address);
    },
    signer: () => current,
    requireSigner() {
      if (current === null) throw new CodedError(damage ?? "wallet-locked");
      return current;
    },
    get damage() {
      return damage;
    },
    get phraseChecked() {
      return keystore.phraseChecked;
    },
    get protection() {
      return keystore.protection;
    },
    async revealPhrase(passphrase) {
      if (keystore.protection === "passphrase") {
        return wordsOf(await openEntropy(keystore, passphrase, ports.deviceCipher));
      }
      // Shown once: after the check it takes a passphrase, so that nobody reads it over an open tab.
      if (keystore.phraseChecked) throw new CodedError("phrase-already-checked");
      return wordsOf(openEntropyOrThrow());
    },
    async confirmPhrase(words) {
      const phrase = wordsOf(openEntropyOrThrow());
      if (new Set(words.map(({ position }) => position)).size < MIN_CHECKED_WORDS) {
        throw new CodedError("bad-params", {
          method: "confirm_phrase",
          path: "words",
          problem: `give ${MIN_CHECKED_WORDS} different words of the phrase`,
        });
      }
      for (const { position, word } of words) {
        if (phrase[position - 1] !== word.trim().toLowerCase()) {
          throw new CodedError("phrase-wrong", { position });
        }
      }
      keystore = { ...keystore, phraseChecked: true };
      await ports.keep.put(KEY, keystore);
    },
    async restore(phrase) {
      await save(entropyOfPhrase(phrase), null, true);
    },
    async setPassphrase(passphrase, currentPassphrase) {
      const opened =
        keystore.protection === "passphrase"
          ? await openEntropy(keystore, currentPassphrase, ports.deviceCipher)
          : openEntropyOrThrow();
      await save(opened, passphrase, keystore.phraseChecked);
    },
    async unlock(passphrase) {
      const opened = await openEntropy(keystore, passphrase, ports.deviceCipher);
      current = await labelledSigner(opened, keystore.address);
      entropy = opened;
    },
  };
}

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
import { CodedError } from "../../kernel/errors.ts";
import { publicKeyFromSeed } from "../../kernel/signature.ts";
import type { DeviceCipher } from "../ports.ts";
import { openEntropy, type SealedKeystore, sealEntropy } from "./keystore.ts";

/** SLIP-0044 has no entry for Fabula; 7078 spells "FN" and is unassigned. Hardened all the way (SLIP-0010 for Ed25519). */
const DERIVATION_PATH = "m/44'/7078'/0'";
const KEY = "keystore";

/** A signing key while the wallet is open. */
export interface Signer {
  readonly address: Address;
  readonly publicKey: Uint8Array;
  readonly seed: Uint8Array;
}

/** The wallet of a slot. */
export interface Wallet {
  readonly address: Address;
  /** null while locked by a passphrase. */
  signer(): Signer | null;
  /** Throws `wallet-locked`. */
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
  return typeof value === "object" && value !== null && "sealed" in value && "address" in value;
}

/** Opens the slot's wallet, making one on the first visit; throws `keystore-damaged`. */
export async function openWallet(ports: WalletPorts): Promise<Wallet> {
  const kept = await ports.keep.get(KEY);
  let entropy: Uint8Array | null = null;
  let keystore: SealedKeystore;
  let current: Signer | null = null;

  const save = async (passphrase: string | null, phraseChecked: boolean): Promise<void> => {
    if (entropy === null) throw new CodedError("wallet-locked");
    const signer = await signerFromEntropy(entropy);
    const sealed = await sealEntropy(
      entropy,
      signer.address,
      phraseChecked,
      passphrase,
      ports.deviceCipher,
      ports.randomBytes,
    );
    await ports.keep.put(KEY, sealed);
    keystore = sealed;
    current = signer;
  };

  if (isKeystore(kept)) {
    keystore = kept;
    if (kept.protection !== "passphrase") {
      entropy = await openEntropy(kept, null, ports.deviceCipher);
      current = await signerFromEntropy(entropy);
    }
  } else {
    entropy = ports.randomBytes(32);
    await save(null, false);
  }

  return {
    get address() {
      return addressFromHex(keystore.address);
    },
    signer: () => current,
    requireSigner() {
      if (current === null) throw new CodedError("wallet-locked");
      return current;
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
      if (entropy === null) throw new CodedError("wallet-locked");
      return wordsOf(entropy);
    },
    async confirmPhrase(words) {
      if (entropy === null) throw new CodedError("wallet-locked");
      const phrase = wordsOf(entropy);
      for (const { position, word } of words) {
        if (phrase[position - 1] !== word.trim().toLowerCase()) {
          throw new CodedError("phrase-wrong", { position });
        }
      }
      keystore = { ...keystore, phraseChecked: true };
      await ports.keep.put(KEY, keystore);
    },
    async restore(phrase) {
      entropy = entropyOfPhrase(phrase);
      await save(null, true);
    },
    async setPassphrase(passphrase, currentPassphrase) {
      if (keystore.protection === "passphrase") {
        entropy = await openEntropy(keystore, currentPassphrase, ports.deviceCipher);
      }
      await save(passphrase, keystore.phraseChecked);
    },
    async unlock(passphrase) {
      entropy = await openEntropy(keystore, passphrase, ports.deviceCipher);
      current = await signerFromEntropy(entropy);
    },
  };
}

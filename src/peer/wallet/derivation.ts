/**
 * From a recovery phrase to keys: BIP-39 (24 words, 32 bytes of entropy) and SLIP-0010 for Ed25519. These
 * bytes decide who somebody is, so they never change.
 *
 * @module
 */
import { entropyToMnemonic, mnemonicToEntropy, mnemonicToSeedWebcrypto } from "@scure/bip39";
import { wordlist } from "@scure/bip39/wordlists/english.js";
import { type Address, addressFromHex } from "../../kernel/brand.ts";
import { hexFromBytes } from "../../kernel/bytes.ts";
import { CodedError } from "../../kernel/errors.ts";
import { publicKeyFromSeed } from "../../kernel/signature.ts";

/** The entropy of a phrase of 24 words, in bytes. */
export const ENTROPY_BYTES = 32;
const WORDS = 24;
/**
 * Account i is `m/44'/7078'/i'`. SLIP-0044 has no entry for Fabula; 7078 spells "FN" and is unassigned.
 * Hardened all the way, as SLIP-0010 asks of Ed25519: from one account's key no other follows.
 */
const ACCOUNTS_PATH = "m/44'/7078'";

/** A signing key while the wallet is open. */
export interface Signer {
  readonly address: Address;
  readonly publicKey: Uint8Array;
  readonly seed: Uint8Array;
}

/** The signer of a 32-byte Ed25519 seed; throws `bad-seed`. */
export function signerOfSeed(seed: Uint8Array): Signer {
  const publicKey = publicKeyFromSeed(seed);
  return { seed, publicKey, address: addressFromHex(hexFromBytes(publicKey)) };
}

/** Derives the keys of a phrase: the result gives the signer of account `index`. */
export async function openPhrase(entropy: Uint8Array): Promise<(index: number) => Signer> {
  const { HDKey } = await import("micro-key-producer/slip10.js");
  const master = await mnemonicToSeedWebcrypto(entropyToMnemonic(entropy, wordlist));
  const accounts = HDKey.fromMasterSeed(master).derive(ACCOUNTS_PATH);
  return (index) => signerOfSeed(accounts.derive(`m/${index}'`).privateKey);
}

/** The 24 words of an entropy. */
export function wordsOf(entropy: Uint8Array): readonly string[] {
  return entropyToMnemonic(entropy, wordlist).split(" ");
}

/**
 * The entropy of a typed phrase; case and white space do not matter. Throws `phrase-invalid` {words,
 * position}: how many words there are, and which (from 1) is in no word list, null when only the
 * checksum is wrong.
 */
export function entropyOfPhrase(phrase: string): Uint8Array {
  const words = phrase.trim().toLowerCase().split(/\s+/);
  if (words.length !== WORDS) throw new CodedError("phrase-invalid", { words: words.length });
  try {
    return mnemonicToEntropy(words.join(" "), wordlist);
  } catch {
    const unknown = words.findIndex((word) => !wordlist.includes(word));
    throw new CodedError("phrase-invalid", {
      words: WORDS,
      position: unknown < 0 ? null : unknown + 1,
    });
  }
}

/**
 * The wallet of one slot: makes, opens, locks and restores its keys, and knows which account signs. A seed
 * never leaves the thread that signs, but by `exportAccount`; the phrase crosses to the page only while it
 * is shown. Changes happen one after the other, and each is on the disk before it counts.
 *
 * @module
 */
import { type Address, addressFromHex } from "../../kernel/brand.ts";
import { equalBytes } from "../../kernel/bytes.ts";
import { CodedError } from "../../kernel/errors.ts";
import { decodePkcs8Pem, encodePkcs8Pem } from "../../kernel/pkcs8.ts";
import {
  type Account,
  importedAccount,
  joined,
  nextIndex,
  phraseAccount,
  renamed,
  requireAccount,
} from "./accounts.ts";
import { entropyOfPhrase, openPhrase, type Signer, signerOfSeed, wordsOf } from "./derivation.ts";
import { keepReplaced, openKeptKeystore, saveKeystore, type WalletPorts } from "./kept-keystore.ts";
import {
  type Keystore,
  type Labels,
  sealKeystore,
  signerOf,
  type Unlocked,
  unlockKeystore,
} from "./keystore.ts";
import { restored } from "./restore.ts";
import { newPassphraseKey } from "./seal.ts";

/** Words that must be given back before the phrase counts as written down. */
const MIN_CHECKED_WORDS = 3;

/**
 * The wallet of a slot. Beside the codes named, methods that write reject with those of the store, and
 * then nothing has changed; what needs keys throws `wallet-locked`, or `keystore-damaged`.
 */
export interface Wallet {
  /** Of the account that signs. */
  readonly address: Address;
  /** null while locked by a passphrase, or damaged. */
  signer(): Signer | null;
  /** `keystore-damaged` when what lay on the disk did not open; only `restore` helps then. */
  readonly damage: "keystore-damaged" | null;
  requireSigner(): Signer;
  readonly phraseChecked: boolean;
  readonly protection: Keystore["protection"];
  /** All accounts, in the order in which they came; also while locked. */
  accounts(): readonly Account[];
  /** The next account of the phrase; the active one stays. Throws `too-many-accounts`, `bad-text`. */
  addAccount(name: string | null): Promise<Address>;
  /** Lets another account sign. Throws `unknown-account`. */
  selectAccount(address: string): Promise<void>;
  /** Throws `unknown-account`, `bad-text`. */
  renameAccount(address: string, name: string): Promise<void>;
  /**
   * Takes in a key that the phrase does not cover; the active account stays. Throws `bad-private-key`
   * {reason}, `account-exists` {address}, `too-many-accounts`, `bad-text`.
   */
  importAccount(pem: string, name: string | null): Promise<Address>;
  /** The PKCS#8 PEM of an account. Throws `passphrase-needed`, `passphrase-wrong`, `unknown-account`. */
  exportAccount(address: string, passphrase: string | null): Promise<string>;
  /** Throws `passphrase-needed`, `passphrase-wrong`, `phrase-already-checked`. */
  revealPhrase(passphrase: string | null): Promise<readonly string[]>;
  /** Throws `bad-params`, `phrase-wrong` {position}. */
  confirmPhrase(
    words: readonly { readonly position: number; readonly word: string }[],
  ): Promise<void>;
  /**
   * Puts the accounts of a phrase in the place of the phrase's accounts here, and the first of them signs.
   * What is unlocked goes on: imported accounts, and the passphrase. What is locked or damaged cannot, so
   * that a forgotten passphrase is no longer asked for. A keystore of which something is lost is put
   * aside first. Accounts that this phrase had here keep their names, and one that was active stays so.
   * Throws `phrase-invalid` {words, position}.
   */
  restore(phrase: string): Promise<void>;
  /** Seals everything with a passphrase. Throws `passphrase-short`, `passphrase-needed`, `passphrase-wrong`. */
  setPassphrase(passphrase: string, current: string | null): Promise<void>;
  /** Throws `passphrase-wrong`. */
  unlock(passphrase: string): Promise<void>;
  /** Forgets the keys until `unlock`. Throws `no-passphrase` where nothing would ask for one. */
  lock(): Promise<void>;
  /** Calls `listener`, which must not throw, after each change of keys, labels or lock; the result ends that. */
  onChange(listener: () => void): () => void;
}

/**
 * Opens the slot's wallet, making one on the first visit. A keystore that does not open is kept (aside,
 * when not even its address can be read) and told by `damage`: the story stays readable.
 */
export async function openWallet(ports: WalletPorts): Promise<Wallet> {
  const { keep, deviceCipher, randomBytes } = ports;
  let held = await openKeptKeystore(ports);
  let turn: Promise<unknown> = Promise.resolve();
  const listeners = new Set<() => void>();

  /** Two changes at once would each be made from what was before both, and one would be lost. */
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const next = turn.then(task);
    turn = next.catch(() => {});
    return next;
  };
  const hold = (next: typeof held): void => {
    held = next;
    for (const listener of listeners) listener();
  };
  /** Other labels beside the same secrets. */
  const relabel = async (labels: Partial<Labels>): Promise<void> => {
    const keystore: Keystore = { ...held.keystore, ...labels };
    await saveKeystore(keep, keystore);
    hold({ ...held, keystore });
  };
  /** Other secrets; what was damaged is whole again. */
  const reseal = async (labels: Labels, unlocked: Unlocked): Promise<void> => {
    const keystore = await sealKeystore(labels, unlocked, ports);
    await saveKeystore(keep, keystore);
    hold({ keystore, unlocked, damage: null });
  };
  const requireUnlocked = (): Unlocked => {
    if (held.unlocked === null) throw new CodedError(held.damage ?? "wallet-locked");
    return held.unlocked;
  };
  const isProtected = (): boolean => held.keystore.protection === "passphrase";
  /** The secrets for whoever knows the passphrase, where there is one: an open tab alone is not enough. */
  const proveOwner = async (passphrase: string | null): Promise<Unlocked> =>
    isProtected() ? unlockKeystore(held.keystore, passphrase, deviceCipher) : requireUnlocked();
  const signer = (): Signer | null => held.unlocked?.signers.get(held.keystore.active) ?? null;

  return {
    get address() {
      return addressFromHex(held.keystore.active);
    },
    signer,
    requireSigner() {
      return signerOf(
        requireUnlocked(),
        requireAccount(held.keystore.accounts, held.keystore.active),
      );
    },
    get damage() {
      return held.damage;
    },
    get phraseChecked() {
      return held.keystore.phraseChecked;
    },
    get protection() {
      return held.keystore.protection;
    },
    accounts: () => held.keystore.accounts,
    addAccount: (name) =>
      inTurn(async () => {
        const unlocked = requireUnlocked();
        const { accounts } = held.keystore;
        const signerAt = await openPhrase(unlocked.entropy);
        let index = nextIndex(accounts);
        // A key of this phrase may have been imported before: it is here already, and the next one is new.
        while (unlocked.signers.has(signerAt(index).address)) index++;
        const added = signerAt(index);
        const next = joined(accounts, phraseAccount(added.address, index, name));
        const signers = new Map([...unlocked.signers, [added.address, added]]);
        await reseal({ ...held.keystore, accounts: next }, { ...unlocked, signers });
        return added.address;
      }),
    selectAccount: (address) =>
      inTurn(async () => {
        requireUnlocked();
        await relabel({ active: requireAccount(held.keystore.accounts, address).address });
      }),
    renameAccount: (address, name) =>
      inTurn(async () => {
        requireUnlocked();
        await relabel({ accounts: renamed(held.keystore.accounts, address, name) });
      }),
    importAccount: (pem, name) =>
      inTurn(async () => {
        const unlocked = requireUnlocked();
        const { accounts } = held.keystore;
        const added = signerOfSeed(decodePkcs8Pem(pem));
        const next = joined(accounts, importedAccount(accounts, added.address, name));
        const signers = new Map([...unlocked.signers, [added.address, added]]);
        await reseal({ ...held.keystore, accounts: next }, { ...unlocked, signers });
        return added.address;
      }),
    exportAccount: (address, passphrase) =>
      inTurn(async () => {
        const unlocked = await proveOwner(passphrase);
        const account = requireAccount(held.keystore.accounts, address);
        return encodePkcs8Pem(signerOf(unlocked, account).seed);
      }),
    revealPhrase: (passphrase) =>
      inTurn(async () => {
        // Shown once: after the check it takes a passphrase, so that nobody reads it over an open tab.
        if (!isProtected() && held.keystore.phraseChecked) {
          throw new CodedError("phrase-already-checked");
        }
        return wordsOf((await proveOwner(passphrase)).entropy);
      }),
    confirmPhrase: (words) =>
      inTurn(async () => {
        const phrase = wordsOf(requireUnlocked().entropy);
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
        await relabel({ phraseChecked: true });
      }),
    restore: (phrase) =>
      inTurn(async () => {
        const entropy = entropyOfPhrase(phrase);
        const { keystore, unlocked } = held;
        const next = await restored(entropy, keystore, unlocked);
        const isSame = unlocked !== null && equalBytes(unlocked.entropy, entropy);
        if (!isSame) await keepReplaced(keep, keystore);
        await reseal(next.labels, next.unlocked);
      }),
    setPassphrase: (passphrase, current) =>
      inTurn(async () => {
        const unlocked = await proveOwner(current);
        const passphraseKey = await newPassphraseKey(passphrase, randomBytes);
        await reseal(held.keystore, { ...unlocked, passphraseKey });
      }),
    unlock: (passphrase) =>
      inTurn(async () => {
        const unlocked = await unlockKeystore(held.keystore, passphrase, deviceCipher);
        hold({ ...held, unlocked });
      }),
    lock: () =>
      inTurn(async () => {
        if (!isProtected()) throw new CodedError("no-passphrase");
        hold({ ...held, unlocked: null });
      }),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

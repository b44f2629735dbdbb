/**
 * The accounts of a wallet as labels: addresses and names, no secrets. They lie beside the sealed
 * secrets in the clear, so that a locked wallet still knows who it is.
 *
 * @module
 */
import type { Address } from "../../kernel/brand.ts";
import { CodedError } from "../../kernel/errors.ts";
import { checkText } from "../../kernel/text.ts";

/** Accounts of one wallet: opening derives each of them, and a list must stay readable. */
export const MAX_ACCOUNTS = 64;
/** An account's name, in UTF-8 bytes. */
export const MAX_ACCOUNT_NAME_BYTES = 64;

/** One account's label. */
export interface Account {
  readonly address: Address;
  readonly name: string;
  /** `imported`: its key came from outside, and the recovery phrase does not bring it back. */
  readonly origin: "phrase" | "imported";
  /** i in `m/44'/7078'/i'`; null when imported. */
  readonly index: number | null;
}

/** A checked name without white space around it; throws `bad-text`. */
function checkedName(name: string): string {
  const trimmed = name.trim();
  checkText(trimmed, { what: "account name", minBytes: 1, maxBytes: MAX_ACCOUNT_NAME_BYTES });
  return trimmed;
}

/** The label of a phrase's account `index`; without a name it gets one by its number. */
export function phraseAccount(address: Address, index: number, name: string | null): Account {
  const given = name === null ? `Account ${index + 1}` : checkedName(name);
  return { address, name: given, origin: "phrase", index };
}

/** The label of an imported key that joins `accounts`. */
export function importedAccount(
  accounts: readonly Account[],
  address: Address,
  name: string | null,
): Account {
  const others = accounts.filter(({ origin }) => origin === "imported").length;
  const given = name === null ? `Imported ${others + 1}` : checkedName(name);
  return { address, name: given, origin: "imported", index: null };
}

/** The first index after those of the phrase's accounts. */
export function nextIndex(accounts: readonly Account[]): number {
  return Math.max(...accounts.map(({ index }) => index ?? -1)) + 1;
}

/** `accounts` and one more; throws `account-exists` {address}, `too-many-accounts` {max}. */
export function joined(accounts: readonly Account[], account: Account): readonly Account[] {
  const { address } = account;
  if (accounts.some((other) => other.address === address)) {
    throw new CodedError("account-exists", { address });
  }
  if (accounts.length >= MAX_ACCOUNTS)
    throw new CodedError("too-many-accounts", { max: MAX_ACCOUNTS });
  return [...accounts, account];
}

/** `accounts` with another name for one; throws `unknown-account` {address}, `bad-text`. */
export function renamed(
  accounts: readonly Account[],
  address: string,
  name: string,
): readonly Account[] {
  const account = requireAccount(accounts, address);
  const next = { ...account, name: checkedName(name) };
  return accounts.map((other) => (other === account ? next : other));
}

/** The account of an address; throws `unknown-account` {address}. */
export function requireAccount(accounts: readonly Account[], address: string): Account {
  const account = accounts.find((other) => other.address === address);
  if (account === undefined) throw new CodedError("unknown-account", { address });
  return account;
}

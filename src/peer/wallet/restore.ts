/**
 * What a recovery phrase brings into a slot, which may have labels of its accounts already, and imported
 * keys that belong to no phrase.
 *
 * @module
 */
import type { Address } from "../../kernel/brand.ts";
import { type Account, phraseAccount } from "./accounts.ts";
import { openPhrase, type Signer } from "./derivation.ts";
import { type Labels, signerOf, type Unlocked } from "./keystore.ts";

/** Accounts of a phrase and their signers by address. */
export interface PhraseAccounts {
  readonly first: Address;
  readonly accounts: readonly Account[];
  readonly signers: ReadonlyMap<string, Signer>;
}

/**
 * The first account of a phrase, and each of those `labelled` that the phrase brings back at its index,
 * with its name. A phrase does not say how many accounts it had; further ones are added in order.
 */
export async function accountsOfPhrase(
  entropy: Uint8Array,
  labelled: readonly Account[],
): Promise<PhraseAccounts> {
  const signerAt = await openPhrase(entropy);
  const first = signerAt(0);
  const signers = new Map([[first.address, first]]);
  const known = labelled.filter(({ address, index }) => {
    const signer = index === null ? null : signerAt(index);
    if (signer?.address !== address) return false;
    signers.set(address, signer);
    return true;
  });
  const accounts = known.some(({ address }) => address === first.address)
    ? known
    : [phraseAccount(first.address, 0, null), ...known];
  return { first: first.address, accounts, signers };
}

/**
 * Labels and secrets after a restore: the phrase's accounts, and of what is unlocked the imported ones and
 * the passphrase. An imported key that turns out to be the phrase's own becomes an account of the phrase.
 */
export async function restored(
  entropy: Uint8Array,
  { accounts, active }: Labels,
  unlocked: Unlocked | null,
): Promise<{ readonly labels: Labels; readonly unlocked: Unlocked }> {
  const brought = await accountsOfPhrase(entropy, accounts);
  const signers = new Map(brought.signers);
  const staying: Account[] = [];
  if (unlocked !== null) {
    for (const account of accounts) {
      if (account.index !== null || brought.signers.has(account.address)) continue;
      staying.push(account);
      signers.set(account.address, signerOf(unlocked, account));
    }
  }
  return {
    labels: {
      active: brought.signers.has(active) ? active : brought.first,
      accounts: [...brought.accounts, ...staying],
      phraseChecked: true,
    },
    unlocked: { entropy, signers, passphraseKey: unlocked?.passphraseKey ?? null },
  };
}

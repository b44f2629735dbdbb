/**
 * Words of the wallet.
 *
 * @module
 */
import type { WalletView } from "../../api-types.ts";

/** Fixed words. */
export const WALLET = {
  title: "Wallet",
  lead: "Made on this device for this tab, and known to nobody else. There is no account to recover it from; the recovery phrase is the only copy.",
  consumer: "for publishing and tips",
  industrial: "for helping: storage, checks, hash power",
  rewardsLead:
    "Each paragraph that enters the canon pays its author in both tokens; the fees of a round are shared with the tracker who sealed them.",
  noRewards: "No reward yet. The first comes with your first paragraph in the canon.",
  locked:
    "The wallet is locked by your passphrase. Reading works; writing and mining need it open.",
} as const;

/** How the key on this device is protected. */
export const PROTECTION: Readonly<Record<WalletView["protection"], string>> = {
  device:
    "Protected by a key that cannot leave this browser. Whoever can use this browser can use the wallet.",
  passphrase: "Protected by your passphrase as well.",
  none: "Not protected: this browser offers no key store. Keep only small amounts here.",
};

/** What a reward was for. */
export const REASONS = { paragraph: "your paragraph", tracker: "as tracker" } as const;

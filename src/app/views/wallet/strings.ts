/**
 * Words of the wallet.
 *
 * @module
 */
import type { OwnAccount, WalletView } from "../../api-types.ts";

/** Fixed words. */
export const WALLET = {
  title: "Wallet",
  lead: "Made on this device for this tab, and known to nobody else. There is no account to recover it from; the recovery phrase is the only copy.",
  consumer: "for publishing and tips",
  industrial: "for helping: storage, checks, hash power",
  noActivity:
    "Nothing was paid or received yet. A tip begins in the story, at any paragraph’s margin.",
  rewardsLead:
    "Each paragraph that enters the canon pays its author in both tokens; the fees of a round are shared with the tracker who sealed them.",
  noRewards: "No reward yet. The first comes with your first paragraph in the canon.",
  locked:
    "The wallet is locked by your passphrase. Reading works; writing, paying and mining need it open.",
  accountsLead:
    "Each account is another address with balances of its own. The chosen one signs, pays and is paid.",
  handleRule: "3 to 24 of a–z, 0–9 and _.",
  handleLead:
    "A name that only one account of this story can have, so that others can pay you without an address. It costs 10 consumer tokens, once, if it is still free when it is sealed; otherwise only the fee. Whoever seals it, or hears it and pays more, could take the name first.",
  moveLead:
    "The new owner is paid under this handle from then on, and only the new owner can move it again.",
  profileLead:
    "Shown beside what you write. Anybody may choose the same name; only a handle is yours alone. Everybody can read it, also earlier ones.",
  importLead:
    "A PKCS#8 PEM file with an Ed25519 key, as the command line writes it. Whoever else has the file can spend from the account as well.",
  importWarning:
    "I know that my recovery phrase does not bring this account back: only its PEM file does.",
  exportLead:
    "The file holds the key itself, not encrypted. Whoever reads it can spend everything in the account. Keep it offline, or do not make it.",
  exportWarning: "I know that this file is as good as the money.",
} as const;

/** The heading that takes the focus when the wallet was locked or unlocked. */
export const PROTECTION_ID = "protection";

/** How the key on this device is protected. */
export const PROTECTION: Readonly<Record<WalletView["protection"], string>> = {
  device:
    "Protected by a key that cannot leave this browser. Whoever can use this browser can use the wallet.",
  passphrase: "Protected by your passphrase as well.",
  none: "Not protected: this browser offers no key store. Keep only small amounts here.",
};

/** Where an account's key comes from. */
export const ORIGINS: Readonly<Record<OwnAccount["origin"], string>> = {
  phrase: "from the recovery phrase",
  imported: "imported; the phrase does not cover it",
};

/** What a reward was for. */
export const REASONS = { paragraph: "your paragraph", tracker: "as tracker" } as const;

/**
 * The wallet: keys, balances and rewards.
 *
 * @module
 */
import * as z from "zod/mini";
import { count, decimal, hex32, timeMs } from "../shapes.ts";
import { none, ok } from "./common.ts";

/** What a person may call an account; its size in bytes is the wallet's rule. */
const accountName = z.string().check(z.minLength(1), z.maxLength(64));
const secret = z.string().check(z.maxLength(400));

/** One account of the wallet. */
const account = z.object({
  address: hex32,
  name: z.string(),
  /** `phrase`: the recovery phrase brings it back · `imported`: only its own key does, so keep that. */
  origin: z.enum(["phrase", "imported"]),
  /** i in `m/44'/7078'/i'`; null when imported. */
  index: z.nullable(count),
  /** It signs: paragraphs, payments, this peer's record. */
  active: z.boolean(),
  consumer: decimal,
  industrial: decimal,
});

/** Methods by name; see `methods-schema.ts`. */
export const WALLET_SCHEMAS = {
  balance: {
    description: "Both balances of an address (default: this tab's wallet).",
    write: false,
    surface: "all",
    params: z.optional(z.object({ address: z.optional(hex32) })),
    result: z.object({ address: hex32, consumer: decimal, industrial: decimal }),
  },
  get_rewards: {
    description: "Where an address's rewards came from, newest first.",
    write: false,
    surface: "all",
    params: z.optional(
      z.object({
        address: z.optional(hex32),
        limit: z.optional(z.int().check(z.minimum(1), z.maximum(500))),
      }),
    ),
    result: z.object({
      rewards: z.array(
        z.object({
          block: hex32,
          height: count,
          timestampMs: timeMs,
          consumer: decimal,
          industrial: decimal,
          reason: z.enum(["paragraph", "tracker"]),
        }),
      ),
      total: count,
    }),
  },
  get_wallet: {
    description: "This tab's wallet: address, balances and the state of its keystore.",
    write: false,
    surface: "all",
    params: none,
    result: z.object({
      address: hex32,
      consumer: decimal,
      industrial: decimal,
      /** The recovery phrase was checked by the person. */
      phraseChecked: z.boolean(),
      /** `device`: wrapped by a key that cannot leave this browser · `passphrase`: also by a passphrase. */
      protection: z.enum(["device", "passphrase", "none"]),
      locked: z.boolean(),
    }),
  },
  reveal_phrase: {
    description:
      "The 24 words of the recovery phrase, shown until they were checked once; afterwards only with the passphrase.",
    write: true,
    surface: "page",
    params: z.optional(z.object({ passphrase: z.optional(secret) })),
    result: z.object({ words: z.array(z.string()) }),
  },
  confirm_phrase: {
    description:
      "Checks words of the phrase that the person typed. Positions count from 1 to 24; rejects with `phrase-wrong` {position}, the first wrong one.",
    write: true,
    surface: "page",
    params: z.object({
      words: z
        .array(z.object({ position: z.int().check(z.minimum(1), z.maximum(24)), word: z.string() }))
        .check(z.minLength(3)),
    }),
    result: ok,
  },
  restore_wallet: {
    description:
      "Replaces the phrase's accounts of this tab by those of a recovery phrase, and selects the first. Imported accounts and the passphrase stay when the wallet is unlocked; what is replaced is put aside on the disk. Rejects with `phrase-invalid` {words, position}.",
    write: true,
    surface: "page",
    params: z.object({ phrase: secret }),
    result: z.object({ address: hex32 }),
  },
  set_passphrase: {
    description:
      "Encrypts the keystore with a passphrase (Argon2id, AES-GCM); rejects with `passphrase-wrong`, `passphrase-short`.",
    write: true,
    surface: "page",
    params: z.object({
      passphrase: secret,
      current: z.optional(secret),
    }),
    result: ok,
  },
  unlock_wallet: {
    description: "Opens a keystore that a passphrase protects; rejects with `passphrase-wrong`.",
    write: true,
    surface: "page",
    params: z.object({ passphrase: secret }),
    result: ok,
  },
  lock_wallet: {
    description:
      "Forgets the keys until `unlock_wallet`; rejects with `no-passphrase` where nothing would ask for one.",
    write: true,
    surface: "all",
    params: none,
    result: ok,
  },
  list_accounts: {
    description:
      "The accounts of this wallet with their balances. The recovery phrase brings back those of origin `phrase`, not those of origin `imported`.",
    write: false,
    surface: "all",
    params: none,
    result: z.object({ accounts: z.array(account) }),
  },
  add_account: {
    description:
      "Adds the recovery phrase's next account, which is the same everywhere; the active account stays. Rejects with `too-many-accounts` {max}.",
    write: true,
    surface: "all",
    params: z.optional(z.object({ name: z.optional(accountName) })),
    result: z.object({ address: hex32 }),
  },
  select_account: {
    description:
      "Lets this account sign from now on: balance, mining and payments follow. Rejects with `unknown-account` {address}.",
    write: true,
    surface: "all",
    params: z.object({ address: hex32 }),
    result: ok,
  },
  rename_account: {
    description:
      "Names an account, for this wallet only; rejects with `unknown-account` {address}, `bad-text`.",
    write: true,
    surface: "all",
    params: z.object({ address: hex32, name: accountName }),
    result: ok,
  },
  import_account: {
    description:
      "Takes in an Ed25519 key (PKCS#8 PEM, or a key file of the dual-token kernel), which the recovery phrase does not cover; the active account stays. Rejects with `bad-private-key` {reason}, `account-exists` {address}, `too-many-accounts` {max}.",
    write: true,
    surface: "page",
    params: z.object({
      pem: z.string().check(z.maxLength(4_000)),
      name: z.optional(accountName),
    }),
    result: z.object({ address: hex32 }),
  },
  export_account: {
    description:
      "An account's private key as PKCS#8 PEM: whoever has it has the account. Needs the passphrase where one is set; rejects with `passphrase-needed`, `passphrase-wrong`, `unknown-account` {address}.",
    write: true,
    surface: "page",
    params: z.object({ address: hex32, passphrase: z.optional(secret) }),
    result: z.object({ pem: z.string() }),
  },
} as const;

/**
 * The wallet: keys, balances and rewards.
 *
 * @module
 */
import * as z from "zod/mini";
import { count, decimal, hex32, timeMs } from "../shapes.ts";
import { none, ok } from "./common.ts";

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
    params: z.optional(z.object({ passphrase: z.optional(z.string()) })),
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
      "Replaces this tab's wallet by the one of a recovery phrase; rejects with `phrase-invalid`.",
    write: true,
    surface: "page",
    params: z.object({ phrase: z.string().check(z.maxLength(400)) }),
    result: z.object({ address: hex32 }),
  },
  set_passphrase: {
    description:
      "Encrypts the keystore with a passphrase (Argon2id, AES-GCM); rejects with `passphrase-wrong`, `passphrase-short`.",
    write: true,
    surface: "page",
    params: z.object({
      passphrase: z.string().check(z.maxLength(400)),
      current: z.optional(z.string()),
    }),
    result: ok,
  },
  unlock_wallet: {
    description: "Opens a keystore that a passphrase protects; rejects with `passphrase-wrong`.",
    write: true,
    surface: "page",
    params: z.object({ passphrase: z.string().check(z.maxLength(400)) }),
    result: ok,
  },
} as const;

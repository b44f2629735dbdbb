/**
 * Why a transaction is refused, or what became of its operation (TX-7). 0–14 are the dual-token kernel's
 * codes under its own names; ours start at 32 (refused) and 64 (included, but the operation lost). A
 * number is never reused with another meaning.
 *
 * @module
 */
import type { ErrorData } from "../../kernel/errors.ts";
import { CodedError } from "../../kernel/errors.ts";

/** Codes by name. */
export const TransactionCode = {
  ok: 0,
  /** The sender has no account: it never received anything. */
  unknownSender: 1,
  /** A balance does not cover amount and fee (in the mempool: less what is reserved). */
  insufficientBalance: 2,
  /** The nonce is not the next one (TX-5). */
  nonceGap: 3,
  /** The fee selector is none of 0, 1, 2 (TX-4). */
  invalidSelector: 4,
  /** The signature is not the sender's (TX-2, SIG-1). */
  badSignature: 5,
  /** The same sender and nonce wait already, or are in the chain. */
  duplicate: 6,
  /** Nothing to drop under this txid. */
  notFound: 7,
  /** The recipient's balance would exceed a u64. */
  balanceOverflow: 8,
  /** Amount and fee together exceed a u64. */
  feeOverflow: 9,
  /** Below 1 unit a byte (TX-4). */
  feeTooLow: 10,
  /** The mempool is full, and this one pays less than all in it. */
  mempoolFull: 11,
  /** The mempool is in doubt about itself after a fault, and takes nothing until it is rebuilt. */
  lockPoisoned: 12,
  /** Too many waiting transactions of one sender. */
  pendingLimit: 13,
  /** The fee is 2^63 or more (TX-4). */
  feeTooLarge: 14,

  /** `from_` is not the lower-case hex of the public key (TX-1). */
  senderMismatch: 32,
  /** `to` is neither an address nor a system account (TX-1). */
  badRecipient: 33,
  /** `sys/<module>` names no module (TX-6). */
  unknownModule: 34,
  /** The memo is not an operation of its module (TX-6). */
  badOperation: 35,
  /** A plain transfer's memo is longer than 256 bytes (TX-6). */
  memoTooLong: 36,
  /** An operation moves no tokens: both amounts are zero (TX-6). */
  amountToModule: 37,
  /** The handle is a reserved word (HND-1). */
  handleReserved: 38,

  /** Somebody else has the handle (HND-1). */
  handleTaken: 64,
  /** Nobody has the handle (HND-1). */
  handleUnknown: 65,
  /** The sender does not own what it would change. */
  notOwner: 66,
  /** The sender's balance does not cover the operation's price. */
  priceNotCovered: 67,
  /** The codex has an entry of this name. */
  codexEntryExists: 68,
  /** The codex has no entry of this name. */
  codexEntryUnknown: 69,
  /** The codex has as many entries as it may. */
  codexFull: 70,
} as const;

/** One of the numbers of `TransactionCode`. */
export type TransactionCode = (typeof TransactionCode)[keyof typeof TransactionCode];

/** The kernel's own labels for 0–14 (counters and logs), and ours in the same style. */
const LABELS: Readonly<Record<TransactionCode, string>> = {
  0: "ok",
  1: "unknown_sender",
  2: "insufficient_balance",
  3: "nonce_gap",
  4: "invalid_selector",
  5: "bad_signature",
  6: "duplicate",
  7: "not_found",
  8: "balance_overflow",
  9: "fee_overflow",
  10: "fee_too_low",
  11: "mempool_full",
  12: "lock_poison",
  13: "pending_limit",
  14: "fee_too_large",
  32: "sender_mismatch",
  33: "bad_recipient",
  34: "unknown_module",
  35: "bad_operation",
  36: "memo_too_long",
  37: "amount_to_module",
  38: "handle_reserved",
  64: "handle_taken",
  65: "handle_unknown",
  66: "not_owner",
  67: "price_not_covered",
  68: "codex_entry_exists",
  69: "codex_entry_unknown",
  70: "codex_full",
};

/** The label of a code, as in logs, counters and receipts. */
export function transactionLabel(code: TransactionCode): string {
  return LABELS[code];
}

/** True for a number of the table: receipts on disk are not believed. */
export function isTransactionCode(code: number): code is TransactionCode {
  return Object.hasOwn(LABELS, code);
}

/** A refused transaction: `transaction-refused` with the number, its label and the facts. */
export class TransactionRefused extends CodedError {
  readonly number: TransactionCode;

  constructor(number: TransactionCode, data: ErrorData = {}) {
    super("transaction-refused", { number, label: transactionLabel(number), ...data });
    this.number = number;
  }
}

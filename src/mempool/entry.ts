/**
 * One waiting transaction with what admission, order and expiry need of it, computed once.
 *
 * @module
 */
import type { Address } from "../kernel/brand.ts";
import { addressFromHex } from "../kernel/brand.ts";
import { hexFromBytes } from "../kernel/bytes.ts";
import type { SignedTransaction } from "../kernel/transaction.ts";
import { txidOf } from "../kernel/transaction.ts";
import type { TokenPair } from "../ledger/state.ts";
import { debitOf } from "../ledger/transactions/check-transaction.ts";

/** A waiting transaction; its key is (sender, nonce) (MEM-1). */
export interface MempoolEntry {
  readonly transaction: SignedTransaction;
  /** Lower-case hex (TX-3). */
  readonly txid: string;
  readonly sender: Address;
  readonly nonce: bigint;
  /** Of its encoding, signature included: what the fee is counted by and what a body holds. */
  readonly sizeBytes: number;
  /** Whole units of fee for each byte, rounded down. */
  readonly feePerByte: bigint;
  /** When it came in, in milliseconds of the local clock. */
  readonly admittedMs: number;
  /** The last millisecond at which it may still wait. */
  readonly expiresMs: number;
  /** What it will take from its sender: amounts and fee. */
  readonly debit: TokenPair;
}

/** Where and when an entry comes in. */
export interface EntryFacts {
  readonly sizeBytes: number;
  readonly admittedMs: number;
  readonly lifetimeMs: number;
}

/** The entry of a transaction whose form was checked. */
export function createEntry(transaction: SignedTransaction, facts: EntryFacts): MempoolEntry {
  const { sizeBytes, admittedMs, lifetimeMs } = facts;
  return {
    transaction,
    txid: hexFromBytes(txidOf(transaction)),
    sender: addressFromHex(transaction.payload.from_),
    nonce: transaction.payload.nonce,
    sizeBytes,
    feePerByte: transaction.payload.fee / BigInt(sizeBytes),
    admittedMs,
    expiresMs: admittedMs + lifetimeMs,
    debit: debitOf(transaction),
  };
}

/** The order of two entries by themselves (MEM-3), the better first: fee per byte, then age, then txid. */
export function compareEntries(a: MempoolEntry, b: MempoolEntry): number {
  if (a.feePerByte !== b.feePerByte) return a.feePerByte > b.feePerByte ? -1 : 1;
  if (a.admittedMs !== b.admittedMs) return a.admittedMs - b.admittedMs;
  if (a.txid === b.txid) return 0;
  return a.txid < b.txid ? -1 : 1;
}

/** The sum of what entries will take. */
export function debitsOf(entries: readonly MempoolEntry[]): TokenPair {
  let consumer = 0n;
  let industrial = 0n;
  for (const { debit } of entries) {
    consumer += debit.consumer;
    industrial += debit.industrial;
  }
  return { consumer, industrial };
}

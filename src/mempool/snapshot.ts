/**
 * How waiting transactions are kept over a restart (MEM-8): local bytes, not consensus. They come back
 * through the same admission as strangers' transactions, with the time at which they first came in.
 *
 * @module
 */
import * as P from "micro-packed";
import type { Coder } from "../kernel/codec.ts";
import { constantByte, strictDecode, strictEncode, timestamp } from "../kernel/codec.ts";
import { isCoded } from "../kernel/errors.ts";
import { SIGNED_TRANSACTION_MAX_BYTES } from "../kernel/limits.ts";
import type { SignedTransaction } from "../kernel/transaction.ts";
import { encodeSignedTransaction, signedTransactionCoder } from "../kernel/transaction.ts";
import { TransactionCode, TransactionRefused } from "../ledger/transactions/transaction-code.ts";
import type { AdmissionContext } from "./admission.ts";
import { admitTransaction } from "./admission.ts";
import type { MempoolEntry } from "./entry.ts";

const ROW_VERSION = 1;
const ROW_MAX_BYTES = SIGNED_TRANSACTION_MAX_BYTES + 9;

interface Row {
  readonly version: typeof ROW_VERSION;
  readonly admittedMs: number;
  readonly transaction: SignedTransaction;
}

const rowCoder: Coder<Row> = P.struct({
  version: constantByte(ROW_VERSION, "mempool row version"),
  admittedMs: timestamp,
  transaction: signedTransactionCoder,
});

/** Version u8 (1) ‖ admittedMs u64 ‖ signed transaction. */
export function encodeRow({ admittedMs, transaction }: MempoolEntry): Uint8Array {
  const row = { version: ROW_VERSION, admittedMs, transaction } as const;
  return strictEncode(rowCoder, row, ROW_MAX_BYTES, "mempool row");
}

/** What became of one row, and how many entries made room for it. */
export interface RowOutcome {
  readonly kind: "restored" | "expired" | "orphaned" | "dropped";
  readonly evictions: number;
}

const without = (kind: RowOutcome["kind"]): RowOutcome => ({ kind, evictions: 0 });

/** Re-checks one row like a newcomer; a damaged one is dropped. A clock that was set back gives no more time. */
export function restoreRow(
  context: AdmissionContext,
  bytes: Uint8Array,
  nowMs: number,
): RowOutcome {
  try {
    const row = strictDecode(rowCoder, bytes, ROW_MAX_BYTES, "mempool row");
    const { lifetimeMs } = context.limits;
    if (row.admittedMs + lifetimeMs < nowMs) return without("expired");
    const admittedMs = Math.min(row.admittedMs, nowMs);
    const sizeBytes = encodeSignedTransaction(row.transaction).length;
    const facts = { sizeBytes, admittedMs, lifetimeMs };
    const { evicted } = admitTransaction(context, row.transaction, facts);
    return { kind: "restored", evictions: evicted.length };
  } catch (error) {
    if (error instanceof TransactionRefused) {
      return without(error.number === TransactionCode.unknownSender ? "orphaned" : "dropped");
    }
    if (isCoded(error, "bad-encoding") || isCoded(error, "too-large")) return without("dropped");
    throw error;
  }
}

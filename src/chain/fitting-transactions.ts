/**
 * Which waiting transactions a block takes: those that fit and apply, in the order given. A mempool hands
 * in only such; but the state may have moved on since, and one that no longer applies must not cost the
 * author its block.
 *
 * @module
 */
import type { SignedTransaction } from "../kernel/transaction.ts";
import { encodeSignedTransaction } from "../kernel/transaction.ts";
import type { StateMap } from "../ledger/state-map.ts";
import { applyTransaction } from "../ledger/transactions/apply-transaction.ts";
import { TransactionRefused } from "../ledger/transactions/transaction-code.ts";

/** What a body counts its transactions with. */
const MAX_TRANSACTIONS = 65_535;

/** The transactions of `waiting` that a block on `state` can take; form and signature were checked at admission. */
export function fittingTransactions(
  state: StateMap,
  waiting: readonly SignedTransaction[],
  room: { readonly height: number; readonly maxBytes: number },
): readonly SignedTransaction[] {
  const taken: SignedTransaction[] = [];
  let after = state;
  let left = room.maxBytes;
  for (const transaction of waiting) {
    const sizeBytes = encodeSignedTransaction(transaction).length;
    if (sizeBytes > left || taken.length >= MAX_TRANSACTIONS) continue;
    try {
      after = applyTransaction(after, transaction, { height: room.height }).state;
    } catch (error) {
      if (!(error instanceof TransactionRefused)) throw error;
      continue;
    }
    left -= sizeBytes;
    taken.push(transaction);
  }
  return taken;
}

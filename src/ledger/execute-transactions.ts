/**
 * The transactions of one block, in order (TX-5, TX-6). What they pay, fees and prices alike, is handed
 * to the caller, who puts it into the pot (RWD-2).
 *
 * @module
 */
import type { Address } from "../kernel/brand.ts";
import { CodedError } from "../kernel/errors.ts";
import { verifySignature } from "../kernel/signature.ts";
import type { SignedTransaction } from "../kernel/transaction.ts";
import { RefusalCode } from "./codes.ts";
import type { TokenPair } from "./state.ts";
import { addTokens, noTokens } from "./state.ts";
import type { StateMap } from "./state-map.ts";
import type { Receipt } from "./transactions/apply-transaction.ts";
import { applyTransaction } from "./transactions/apply-transaction.ts";
import {
  checkFeeFloor,
  checkTransactionForm,
  checkTransactionSignature,
} from "./transactions/check-transaction.ts";
import { TransactionRefused } from "./transactions/transaction-code.ts";

/** State after a block's transactions, and what it took to get there. */
export interface ExecutedTransactions {
  readonly state: StateMap;
  /** State keys that may have changed. */
  readonly touched: readonly Uint8Array[];
  /** Accounts whose balance may have changed. */
  readonly accounts: readonly Address[];
  readonly receipts: readonly Receipt[];
  /** Fees and prices together: what enters the pot, and what feeChecksum is over. */
  readonly paid: TokenPair;
}

/**
 * Form, fee and signature of every transaction (TX-1…TX-4, TX-6); throws `transaction-invalid` {index, number,
 * label}. A simulation may judge signatures by other means.
 */
export function checkTransactions(
  transactions: readonly SignedTransaction[],
  storyId: Uint8Array,
  verify: typeof verifySignature = verifySignature,
): void {
  transactions.forEach((transaction, index) =>
    located(index, () => {
      checkTransactionForm(transaction);
      checkFeeFloor(transaction);
      checkTransactionSignature(transaction, storyId, verify);
    }),
  );
}

/** Applies transactions that `checkTransactions` accepted; throws `transaction-invalid` {index, number, label}. */
export function executeTransactions(
  state: StateMap,
  transactions: readonly SignedTransaction[],
  height: number,
): ExecutedTransactions {
  const touched: Uint8Array[] = [];
  const accounts: Address[] = [];
  const receipts: Receipt[] = [];
  let after = state;
  let paid = noTokens;
  transactions.forEach((transaction, index) => {
    const applied = located(index, () => applyTransaction(after, transaction, { height }));
    after = applied.state;
    touched.push(...applied.touched);
    accounts.push(...applied.accounts);
    receipts.push(applied.receipt);
    paid = addTokens(paid, addTokens(applied.receipt.fee, applied.receipt.price));
  });
  return { state: after, touched, accounts, receipts, paid };
}

function located<T>(index: number, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof TransactionRefused)) throw error;
    throw new CodedError(RefusalCode.transactionInvalid, { index, ...error.data });
  }
}

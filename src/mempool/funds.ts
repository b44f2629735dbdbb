/**
 * Whether a sender can pay one more transaction, given those that wait before it (codes 8 and 2), by the
 * rules that a block will apply; asked at admission, at a start and after each change of the head.
 *
 * @module
 */
import type { Address } from "../kernel/brand.ts";
import { addressFromHex, isHex32 } from "../kernel/brand.ts";
import type { Account, TokenPair } from "../ledger/state.ts";
import { TransactionCode, TransactionRefused } from "../ledger/transactions/transaction-code.ts";
import type { MempoolEntry } from "./entry.ts";

const U64_MAX = (1n << 64n) - 1n;

/** The state at the head, as far as a mempool asks; it changes only together with a call of `headChanged`. */
export interface MempoolView {
  /** The account, or `undefined` for an address without an entry in the state. */
  account(address: Address): Account | undefined;
}

/**
 * Throws balanceOverflow when what the sender reserves or what the recipient gets exceeds a u64, and
 * insufficientBalance when the balance less `reserved` does not cover the entry's debit.
 */
export function checkFunds(
  view: MempoolView,
  entry: MempoolEntry,
  account: Account,
  reserved: TokenPair,
): void {
  const needed: TokenPair = {
    consumer: reserved.consumer + entry.debit.consumer,
    industrial: reserved.industrial + entry.debit.industrial,
  };
  if (exceedsU64(needed)) {
    throw new TransactionRefused(TransactionCode.balanceOverflow, { sender: entry.sender });
  }
  checkRecipient(view, entry);
  if (account.consumer < needed.consumer || account.industrial < needed.industrial) {
    throw new TransactionRefused(TransactionCode.insufficientBalance, {
      consumer: String(account.consumer - reserved.consumer),
      industrial: String(account.industrial - reserved.industrial),
      neededConsumer: String(entry.debit.consumer),
      neededIndustrial: String(entry.debit.industrial),
    });
  }
}

function checkRecipient(view: MempoolView, { transaction, sender }: MempoolEntry): void {
  const { to, amountConsumer, amountIndustrial } = transaction.payload;
  if (to === sender || !isHex32(to)) return;
  const recipient = view.account(addressFromHex(to));
  const consumer = (recipient?.consumer ?? 0n) + amountConsumer;
  const industrial = (recipient?.industrial ?? 0n) + amountIndustrial;
  if (exceedsU64({ consumer, industrial })) {
    throw new TransactionRefused(TransactionCode.balanceOverflow, { to });
  }
}

function exceedsU64({ consumer, industrial }: TokenPair): boolean {
  return consumer > U64_MAX || industrial > U64_MAX;
}

/**
 * The way into the mempool: every check in the dual-token kernel's order of codes, then the place.
 * Nothing is evicted before the newcomer passed all of them (MEM-4): at code 11 the pool only looks
 * whether there would be room.
 *
 * @module
 */
import type { verifySignature } from "../kernel/signature.ts";
import type { SignedTransaction } from "../kernel/transaction.ts";
import {
  checkFeeFloor,
  checkTransactionForm,
  checkTransactionSignature,
} from "../ledger/transactions/check-transaction.ts";
import { TransactionCode, TransactionRefused } from "../ledger/transactions/transaction-code.ts";
import type { EntryFacts, MempoolEntry } from "./entry.ts";
import { createEntry } from "./entry.ts";
import type { MempoolView } from "./funds.ts";
import { checkFunds } from "./funds.ts";
import type { MempoolLimits } from "./limits.ts";
import type { Queues } from "./queues.ts";

/** What admission works on. */
export interface AdmissionContext {
  readonly storyId: Uint8Array;
  readonly view: MempoolView;
  readonly limits: MempoolLimits;
  readonly queues: Queues;
  readonly verifySignature: typeof verifySignature;
}

/** A newcomer in its place, and whom it displaced. */
export interface Admitted {
  readonly entry: MempoolEntry;
  readonly evicted: readonly MempoolEntry[];
}

/**
 * Checks a transaction and gives it its place (MEM-5); throws `TransactionRefused`, the first of: 4, 14,
 * 9, 32…38 (form), 11, 6 (waits already), 1, 8, 2, 6 (nonce used), 3, 10, 5, 13.
 */
export function admitTransaction(
  context: AdmissionContext,
  transaction: SignedTransaction,
  facts: EntryFacts,
): Admitted {
  const { queues, limits } = context;
  checkTransactionForm(transaction);
  const entry = createEntry(transaction, facts);
  checkRoom(context, entry);
  checkAgainstHead(context, entry);
  checkFeeFloor(transaction);
  checkTransactionSignature(transaction, context.storyId, context.verifySignature);
  const waiting = queues.of(entry.sender);
  if (waiting.length >= limits.maxPerSender) {
    const data = { waiting: waiting.length, max: limits.maxPerSender };
    throw new TransactionRefused(TransactionCode.pendingLimit, data);
  }
  const evicted = makeRoom(context, entry);
  queues.set(entry.sender, [...waiting, entry], false);
  return { entry, evicted };
}

/** Code 11: the pool is full, and the newcomer is not worth more than its last entry. */
function checkRoom({ queues, limits }: AdmissionContext, entry: MempoolEntry): void {
  if (queues.size < limits.maxEntries) return;
  const last = queues.last(entry.sender);
  if (last?.isOrphan === true) return;
  const feePerByte = queues.rankOf(entry).feePerByte;
  if (last === undefined || feePerByte <= last.rank.feePerByte) {
    throw new TransactionRefused(TransactionCode.mempoolFull, {
      feePerByte: String(feePerByte),
      above: String(last?.rank.feePerByte ?? feePerByte),
    });
  }
}

/** Codes 6, 1, 8, 2, 6 and 3: what the queue and the state at the head say. */
function checkAgainstHead({ queues, view }: AdmissionContext, entry: MempoolEntry): void {
  const { sender, nonce } = entry;
  const waiting = queues.of(sender);
  if (waiting.some((other) => other.nonce === nonce)) {
    throw new TransactionRefused(TransactionCode.duplicate, { nonce: String(nonce) });
  }
  const account = view.account(sender);
  if (account === undefined)
    throw new TransactionRefused(TransactionCode.unknownSender, { sender });
  checkFunds(view, entry, account, queues.reserved(sender));
  const expected = (waiting.at(-1)?.nonce ?? account.nonce) + 1n;
  const data = { nonce: String(nonce), expected: String(expected) };
  if (nonce <= account.nonce) throw new TransactionRefused(TransactionCode.duplicate, data);
  if (nonce !== expected) throw new TransactionRefused(TransactionCode.nonceGap, data);
}

/** Evicts the last of the order, which ends its queue, so that the newcomer fits. */
function makeRoom({ queues, limits }: AdmissionContext, entry: MempoolEntry): MempoolEntry[] {
  if (queues.size < limits.maxEntries) return [];
  const last = queues.last(entry.sender);
  return last === undefined ? [] : [...queues.cut(last.entry)];
}

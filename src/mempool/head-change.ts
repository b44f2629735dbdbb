/**
 * The mempool after the head moved (MEM-6): transactions of lost blocks come back, and each queue is
 * judged anew from the account's nonce upwards. Those of a sender whose account is gone stay as orphans:
 * the block that makes the account again may be the next one; the purge sweeps them if it is not.
 *
 * @module
 */
import type { Address } from "../kernel/brand.ts";
import type { SignedTransaction } from "../kernel/transaction.ts";
import { encodeSignedTransaction } from "../kernel/transaction.ts";
import type { Account } from "../ledger/state.ts";
import { TransactionCode, TransactionRefused } from "../ledger/transactions/transaction-code.ts";
import type { AdmissionContext } from "./admission.ts";
import type { MempoolEntry } from "./entry.ts";
import { createEntry, debitsOf } from "./entry.ts";
import { checkFunds } from "./funds.ts";

/** A transaction that waits no more, or does not come back, and why. */
export interface Dropped {
  readonly txid: string;
  readonly code: TransactionCode;
}

/** What a change of the head did. */
export interface HeadChange {
  readonly dropped: readonly Dropped[];
  /** Txids of returned transactions that wait now. */
  readonly readmitted: readonly string[];
  /** How many of the dropped had to go because the pool was full. */
  readonly evictions: number;
}

/**
 * Judges every queue by the new head, together with `returned`, and keeps the caps (MEM-2). What comes
 * back stood in a block, so form, floor and signature are not asked again, and its time starts anew.
 */
export function followHead(
  context: AdmissionContext,
  returned: readonly SignedTransaction[],
  nowMs: number,
): HeadChange {
  const { queues, view } = context;
  const back = newcomersOf(context, returned, nowMs);
  const dropped: Dropped[] = [];
  for (const sender of new Set([...queues.senders(), ...back.bySender.keys()])) {
    const candidates = [...queues.of(sender), ...(back.bySender.get(sender) ?? [])];
    const account = view.account(sender);
    const judged = judgeQueue(context, account, candidates);
    queues.set(sender, judged.kept, account === undefined);
    dropped.push(...judged.dropped);
  }
  const evicted = trim(context);
  dropped.push(...evicted);
  const readmitted = back.txids.filter((txid) => queues.get(txid) !== undefined);
  return { dropped, readmitted, evictions: evicted.length };
}

/** The returned transactions that do not wait already, each once. */
function newcomersOf(
  { queues, limits }: AdmissionContext,
  returned: readonly SignedTransaction[],
  nowMs: number,
): {
  readonly txids: readonly string[];
  readonly bySender: ReadonlyMap<Address, readonly MempoolEntry[]>;
} {
  const txids = new Set<string>();
  const bySender = new Map<Address, MempoolEntry[]>();
  for (const transaction of returned) {
    const sizeBytes = encodeSignedTransaction(transaction).length;
    const facts = { sizeBytes, admittedMs: nowMs, lifetimeMs: limits.lifetimeMs };
    const entry = createEntry(transaction, facts);
    if (txids.has(entry.txid) || queues.get(entry.txid) !== undefined) continue;
    txids.add(entry.txid);
    const own = bySender.get(entry.sender);
    if (own === undefined) bySender.set(entry.sender, [entry]);
    else own.push(entry);
  }
  return { txids: [...txids], bySender };
}

/** Which of a sender's candidates may wait; of two with one nonce, the first that is good. */
function judgeQueue(
  context: AdmissionContext,
  account: Account | undefined,
  candidates: readonly MempoolEntry[],
): { readonly kept: readonly MempoolEntry[]; readonly dropped: readonly Dropped[] } {
  const kept: MempoolEntry[] = [];
  const dropped: Dropped[] = [];
  for (const entry of candidates.toSorted(byNonce)) {
    const code = codeOf(context, account, entry, kept);
    if (code === TransactionCode.ok) kept.push(entry);
    else dropped.push({ txid: entry.txid, code });
  }
  return { kept, dropped };
}

function byNonce(a: MempoolEntry, b: MempoolEntry): number {
  if (a.nonce === b.nonce) return 0;
  return a.nonce < b.nonce ? -1 : 1;
}

/** Whether `entry` may wait behind `kept`. */
function codeOf(
  { view, limits }: AdmissionContext,
  account: Account | undefined,
  entry: MempoolEntry,
  kept: readonly MempoolEntry[],
): TransactionCode {
  const expected = (account?.nonce ?? 0n) + BigInt(kept.length) + 1n;
  if (entry.nonce < expected) return TransactionCode.duplicate;
  if (kept.length >= limits.maxPerSender) return TransactionCode.pendingLimit;
  if (entry.nonce > expected) return TransactionCode.nonceGap;
  if (account === undefined) return TransactionCode.ok;
  try {
    checkFunds(view, entry, account, debitsOf(kept));
    return TransactionCode.ok;
  } catch (error) {
    if (error instanceof TransactionRefused) return error.number;
    throw error;
  }
}

/** Evicts from the end of the order until the pool is within its cap. */
function trim({ queues, limits }: AdmissionContext): Dropped[] {
  const evicted: Dropped[] = [];
  while (queues.size > limits.maxEntries) {
    const last = queues.last(undefined);
    if (last === undefined) break;
    for (const { txid } of queues.cut(last.entry)) {
      evicted.push({ txid, code: TransactionCode.mempoolFull });
    }
  }
  return evicted;
}

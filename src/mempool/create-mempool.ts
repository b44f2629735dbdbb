/**
 * Puts the mempool together: counters, poison, and the parts that do the work.
 *
 * A fault in the middle of a change (a bug, or a view that throws) poisons the pool, as a panic poisons
 * the lock of the dual-token kernel: better to take nothing than to reserve balances wrongly.
 *
 * @module
 */
import { hexFromBytes } from "../kernel/bytes.ts";
import { CodedError, isCoded } from "../kernel/errors.ts";
import { verifySignature } from "../kernel/signature.ts";
import { encodeSignedTransaction, txidOf } from "../kernel/transaction.ts";
import {
  TransactionCode,
  TransactionRefused,
  transactionLabel,
} from "../ledger/transactions/transaction-code.ts";
import type { AdmissionContext } from "./admission.ts";
import { admitTransaction } from "./admission.ts";
import { createCounters } from "./counters.ts";
import type { MempoolView } from "./funds.ts";
import { followHead } from "./head-change.ts";
import type { MempoolLimits } from "./limits.ts";
import { mempoolLimits, RESTORE_BATCH_ENTRIES } from "./limits.ts";
import type { Admission, Mempool, Restored } from "./mempool.ts";
import { purgeQueues } from "./purge.ts";
import { createQueues } from "./queues.ts";
import { selectForBlock } from "./select.ts";
import type { RowOutcome } from "./snapshot.ts";
import { encodeRow, restoreRow } from "./snapshot.ts";

/** What a mempool belongs to: the story (32 bytes), its head, and caps other than the defaults. */
export interface CreateMempoolInput {
  readonly storyId: Uint8Array;
  readonly view: MempoolView;
  readonly limits?: Partial<MempoolLimits>;
  /** By what signatures are judged; a simulation may exchange it. */
  readonly verifySignature?: typeof verifySignature;
}

/** An empty mempool; throws `bad-value` for limits below 1. */
export function createMempool(input: CreateMempoolInput): Mempool {
  const { storyId, view } = input;
  const limits = mempoolLimits(input.limits);
  const queues = createQueues();
  const counters = createCounters();
  const context: AdmissionContext = {
    storyId,
    view,
    limits,
    queues,
    verifySignature: input.verifySignature ?? verifySignature,
  };
  let poisonedBy: string | undefined;

  /** Runs a change; whatever is not a refusal leaves the pool in doubt. */
  function guarded<T>(change: () => T): T {
    try {
      return change();
    } catch (error) {
      if (!(error instanceof TransactionRefused)) {
        poisonedBy ??= isCoded(error) ? error.code : "fault";
      }
      throw error;
    }
  }

  const admit: Mempool["admit"] = (transaction, nowMs) => {
    const sizeBytes = encodeSignedTransaction(transaction).length;
    const facts = { sizeBytes, admittedMs: nowMs, lifetimeMs: limits.lifetimeMs };
    counters.add("tx_submitted_total");
    try {
      if (poisonedBy !== undefined) {
        throw new TransactionRefused(TransactionCode.lockPoisoned, { reason: poisonedBy });
      }
      const { entry, evicted } = guarded(() => admitTransaction(context, transaction, facts));
      counters.add("tx_admitted_total");
      counters.add("evictions_total", evicted.length);
      return { code: 0, txid: entry.txid, evicted: evicted.map(({ txid }) => txid) };
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal === undefined) throw error;
      counters.reject(refusal.code);
      return refusal;
    }
  };

  const drop: Mempool["drop"] = (txid) => {
    const entry = queues.get(txid);
    if (entry === undefined) {
      counters.reject(TransactionCode.notFound);
      return TransactionCode.notFound;
    }
    queues.cut(entry);
    return TransactionCode.ok;
  };

  const purge: Mempool["purge"] = (nowMs) => {
    if (poisonedBy !== undefined) return [];
    const { expired, orphans } = guarded(() => purgeQueues(context, nowMs));
    counters.add("ttl_drop_total", expired.length);
    if (orphans.length > 0) counters.add("orphan_sweep_total");
    return [...expired, ...orphans].map(({ txid }) => txid);
  };

  const headChanged: Mempool["headChanged"] = ({ returned }, nowMs) => {
    if (poisonedBy !== undefined) {
      const code = TransactionCode.lockPoisoned;
      const dropped = returned.map((lost) => ({ txid: hexFromBytes(txidOf(lost)), code }));
      return { dropped, readmitted: [] };
    }
    const change = guarded(() => followHead(context, returned, nowMs));
    counters.add("evictions_total", change.evictions);
    return { dropped: change.dropped, readmitted: change.readmitted };
  };

  const restoreBatch: Mempool["restoreBatch"] = (rows, nowMs) => {
    const count = rows.length;
    if (count > RESTORE_BATCH_ENTRIES) {
      throw new CodedError("too-many", { count, max: RESTORE_BATCH_ENTRIES });
    }
    if (poisonedBy !== undefined) return { restored: 0, expired: 0, dropped: count };
    const outcomes = rows.map((row) => guarded(() => restoreRow(context, row, nowMs)));
    const countOf = (wanted: RowOutcome["kind"]): number =>
      outcomes.filter(({ kind }) => kind === wanted).length;
    const restored = countOf("restored");
    const expired = countOf("expired");
    counters.add("startup_ttl_drop_total", expired);
    counters.add("orphan_sweep_total", countOf("orphaned"));
    for (const { evictions } of outcomes) counters.add("evictions_total", evictions);
    return { restored, expired, dropped: count - restored - expired };
  };

  const restore: Mempool["restore"] = (rows, nowMs) => {
    let sum: Restored = { restored: 0, expired: 0, dropped: 0 };
    for (let at = 0; at < rows.length; at += RESTORE_BATCH_ENTRIES) {
      const batch = restoreBatch(rows.slice(at, at + RESTORE_BATCH_ENTRIES), nowMs);
      sum = {
        restored: sum.restored + batch.restored,
        expired: sum.expired + batch.expired,
        dropped: sum.dropped + batch.dropped,
      };
    }
    return sum;
  };

  return {
    get size(): number {
      return queues.size;
    },
    get bytes(): number {
      return queues.bytes;
    },
    get poisoned(): boolean {
      return poisonedBy !== undefined;
    },
    admit,
    drop,
    purge,
    headChanged,
    select: (room) => selectForBlock(queues.inOrder(), room),
    entry: (txid) => queues.get(txid),
    entries: () => queues.inOrder().map(({ entry }) => entry),
    ofSender: (address) => queues.of(address),
    nextNonce: (address) =>
      (queues.of(address).at(-1)?.nonce ?? view.account(address)?.nonce ?? 0n) + 1n,
    reserved: (address) => queues.reserved(address),
    counters: () => counters.read(queues.size),
    rejections: () => counters.rejections(),
    blockMined: () => counters.add("block_mined_total"),
    poison: (reason) => {
      poisonedBy ??= reason;
    },
    snapshot: () => queues.inOrder().map(({ entry }) => encodeRow(entry)),
    restore,
    restoreBatch,
  };
}

/** The refusal that an error stands for; `undefined` for a fault. */
function refusalOf(error: unknown): Exclude<Admission, { readonly code: 0 }> | undefined {
  if (!(error instanceof TransactionRefused) || error.number === TransactionCode.ok)
    return undefined;
  return { code: error.number, label: transactionLabel(error.number), data: error.data };
}

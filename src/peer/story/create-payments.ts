/**
 * `Payments` over the chain, the mesh and the slot's store. The pool is judged anew whenever the head
 * moves; what changed is written soon after, so that a reload loses no payment (MEM-8).
 *
 * @module
 */
import type { HeaderEntry } from "../../chain/header-entry.ts";
import { transactionPrefix } from "../../chain/index-rows.ts";
import { createLru } from "../../chain/lru.ts";
import type { Verdict } from "../../chain/ports/network.ts";
import { bytesFromHex, hexFromBytes } from "../../kernel/bytes.ts";
import { KEY_BODY_MAX_BYTES } from "../../kernel/limits.ts";
import type { SignedTransaction, TransactionPayload } from "../../kernel/transaction.ts";
import {
  decodeSignedTransaction,
  encodeSignedTransaction,
  signTransaction,
  transactionDomain,
  txidOf,
} from "../../kernel/transaction.ts";
import { accountKey, accountOf } from "../../ledger/state.ts";
import { stateGet } from "../../ledger/state-map.ts";
import { TransactionCode, TransactionRefused } from "../../ledger/transactions/transaction-code.ts";
import { createMempool } from "../../mempool/create-mempool.ts";
import type { MempoolEntry } from "../../mempool/entry.ts";
import { RESTORE_BATCH_ENTRIES } from "../../mempool/limits.ts";
import type { Admission, Mempool } from "../../mempool/mempool.ts";
import {
  MAX_GREETED_PEERS,
  MAX_OFFERED_TXS,
  MAX_RESPONSE_BYTES,
  MEMPOOL_ASK_GAP_MS,
  MEMPOOL_ASKS,
  PURGE_INTERVAL_MS,
  TX_GATHER_MS,
} from "../limits.ts";
import { describeFault, logAdmission } from "../log.ts";
import { consequenceOf, consequenceOfTransaction } from "../penalties.ts";
import { requireWallet } from "../wallet/require-wallet.ts";
import { batchesOf, decodeBatch, encodeBatch } from "../wire/transaction-batch.ts";
import { ask, blame, punish } from "./ask.ts";
import type { StoryContext } from "./context.ts";
import type { Payments } from "./payments.ts";

/** A changed pool is written after this: a burst is one write, a crash costs little. */
const KEEP_AFTER_MS = 500;
/** Sealed transactions remembered as told, each once for its block. */
const MAX_TOLD_SEALS = 2_048;
/** Room that an answer keeps for its framing. */
const FRAMING_BYTES = 4_096;

/** What the payments need of the rest of the story. */
export interface PaymentParts {
  /** Connected peers that could hear a transaction. */
  readonly audience: () => number;
  /** Something waits now that did not before: the tracker may seal it. */
  readonly onWaiting: () => void;
}

/** A transaction that left the pool, and why. */
interface Gone {
  readonly txid: string;
  readonly code: TransactionCode;
  readonly transaction: SignedTransaction;
}

/** Payments, and the session's own calls to them. */
export interface OwnedPayments extends Payments {
  /** It may have heard of others when it comes back. */
  peerGone(peer: string): void;
  /** The head moved to `entry`; `lost` are the blocks that left the canon, oldest first. */
  headChanged(entry: HeaderEntry, lost: readonly HeaderEntry[]): void;
}

/** Opens the pool with what was kept; rejects with the store's codes. */
export async function openPayments(
  context: StoryContext,
  parts: PaymentParts,
): Promise<OwnedPayments> {
  const { chain, ports, log, hub } = context;
  const key = `mempool/${chain.storyId}`;
  const storyId = bytesFromHex(chain.storyId);
  const fresh = (): Mempool =>
    createMempool({
      storyId,
      view: {
        account(address) {
          const state = chain.headState();
          const isThere = stateGet(state, accountKey(address)) !== undefined;
          return isThere ? accountOf(state, address) : undefined;
        },
      },
    });
  let pool = fresh();
  /** Not heard by anybody yet. */
  const unsent = new Set<string>();
  const told = createLru<string, true>(MAX_TOLD_SEALS);
  const greeted = createLru<string, true>(MAX_GREETED_PEERS);
  let asked: number[] = [];
  let outbox: SignedTransaction[] = [];
  let cancelOutbox = (): void => {};
  let cancelKeep = (): void => {};
  let keeping: Promise<void> = Promise.resolve();
  let dirty = false;
  let stopped = false;

  const keep = (): Promise<void> => {
    if (!dirty) return keeping;
    dirty = false;
    cancelKeep();
    const rows = pool.snapshot();
    keeping = keeping
      .then(() => ports.keep.put(key, rows))
      .catch((reason: unknown) => {
        const { code, detail } = describeFault(reason);
        log.add("warn", code, `mempool: ${detail}`);
      });
    return keeping;
  };
  const changed = (): void => {
    hub.emit("mempool", { size: pool.size, sizeBytes: pool.bytes });
    if (stopped || dirty) return;
    dirty = true;
    cancelKeep = ports.clock.after(KEEP_AFTER_MS, () => void keep());
  };
  const tell = (entry: MempoolEntry, state: "queued" | "pending"): void => {
    const { from_: from, to } = entry.transaction.payload;
    hub.emit("transaction", { txid: entry.txid, state, code: null, from, to });
  };

  const flushOutbox = (): void => {
    const batches = batchesOf(outbox);
    outbox = [];
    for (const batch of batches) {
      ports.network.publish("tx", encodeBatch(batch)).catch((reason: unknown) => {
        // Alone or between connections: whoever comes asks for what waits.
        log.add("info", "publish-failed", describeFault(reason).detail);
      });
    }
  };
  const send = (transaction: SignedTransaction): void => {
    if (outbox.length === 0) cancelOutbox = ports.clock.after(TX_GATHER_MS, flushOutbox);
    outbox.push(transaction);
  };

  /** A poisoned pool is thrown away and built anew from what it still can tell (code 12 until then). */
  const rebuild = (): void => {
    const rows = pool.snapshot();
    pool = fresh();
    const { restored, dropped } = pool.restore(rows, ports.clock.now());
    log.add("error", "mempool-rebuilt", `${restored} kept, ${dropped} dropped`);
  };

  const admit = (transaction: SignedTransaction, from: string | null): Admission => {
    const admission = pool.admit(transaction, ports.clock.now());
    logAdmission(log, transaction, admission, from);
    if (pool.poisoned) rebuild();
    if (admission.code !== 0) return admission;
    for (const txid of admission.evicted) {
      const data = { state: "dropped", code: TransactionCode.mempoolFull } as const;
      hub.emit("transaction", { txid, ...data, from: "", to: "" });
    }
    changed();
    parts.onWaiting();
    return admission;
  };

  const hearAll = (from: string, transactions: readonly SignedTransaction[]): Verdict => {
    let fresh = 0;
    for (const transaction of transactions) {
      const admission = admit(transaction, from);
      if (admission.code === 0) {
        fresh++;
        const entry = pool.entry(admission.txid);
        if (entry !== undefined) tell(entry, "pending");
        continue;
      }
      const { points, verdict } = consequenceOfTransaction(admission.code);
      if (points > 0) punish(context, from, "transaction-refused", admission.label, points);
      if (verdict === "reject") return verdict;
    }
    return fresh > 0 ? "accept" : "ignore";
  };

  const kept = await ports.keep.get(key);
  if (Array.isArray(kept)) {
    const rows = kept.filter((row): row is Uint8Array => row instanceof Uint8Array);
    for (let at = 0; at < rows.length; at += RESTORE_BATCH_ENTRIES) {
      pool.restoreBatch(rows.slice(at, at + RESTORE_BATCH_ENTRIES), ports.clock.now());
      if (at + RESTORE_BATCH_ENTRIES >= rows.length) break;
      // Others have a turn between: some thousand signatures would hold up the first paragraph.
      await new Promise<void>((resolve) => {
        ports.clock.after(0, resolve);
      });
    }
    for (const { txid } of pool.entries()) unsent.add(txid);
  }

  let cancelPurge = (): void => {};
  const purgeLoop = (): void => {
    const gone = pool.purge(ports.clock.now());
    for (const txid of gone) {
      unsent.delete(txid);
      hub.emit("transaction", { txid, state: "dropped", code: null, from: "", to: "" });
    }
    if (gone.length > 0) changed();
    cancelPurge = ports.clock.after(PURGE_INTERVAL_MS, purgeLoop);
  };
  cancelPurge = ports.clock.after(PURGE_INTERVAL_MS, purgeLoop);

  /** Once for each block: a payment may be told by the pool that it left, and by the block that pays us. */
  const tellSealed = (
    txid: string,
    entry: HeaderEntry,
    code: number,
    { from_: from, to }: Pick<TransactionPayload, "from_" | "to">,
  ): void => {
    const key = `${txid}/${entry.id}`;
    if (told.get(key) !== undefined) return;
    told.set(key, true);
    hub.emit("transaction", { txid, state: "sealed", code, from, to });
  };
  /** What became of a transaction that waits no more: a block has it, or it is lost. */
  const settle = async ({ txid, code, transaction }: Gone): Promise<void> => {
    const { payload } = transaction;
    const { transactions } = await chain.indexed({ prefix: transactionPrefix(txid), limit: 10 });
    const placed = transactions.find(({ entry }) => chain.isCanon(entry.id));
    if (placed !== undefined) tellSealed(txid, placed.entry, placed.code, payload);
    else {
      const { from_: from, to } = payload;
      hub.emit("transaction", { txid, state: "dropped", code, from, to });
    }
  };
  /** Tells the payments of a new block that concern this wallet, heard of before or not. */
  const tellOwn = async (entry: HeaderEntry): Promise<void> => {
    const own = new Set<string>(context.wallet?.accounts().map(({ address }) => address));
    if (own.size === 0 || !chain.isCanon(entry.id)) return;
    const [block] = await chain.readBlocks([entry.id]);
    for (const { payload, publicKey } of block?.body.transactions ?? []) {
      if (!own.has(payload.from_) && !own.has(payload.to)) continue;
      const txid = hexFromBytes(txidOf({ payload, publicKey }));
      const { transactions } = await chain.indexed({ prefix: transactionPrefix(txid), limit: 10 });
      const placed = transactions.find((each) => each.entry.id === entry.id);
      if (placed !== undefined) tellSealed(txid, entry, placed.code, payload);
    }
  };
  const judge = (returned: readonly SignedTransaction[]): void => {
    const before = new Map(pool.entries().map((entry) => [entry.txid, entry.transaction]));
    const { dropped, readmitted } = pool.headChanged({ returned }, ports.clock.now());
    for (const { txid, code } of dropped) {
      unsent.delete(txid);
      const transaction = before.get(txid);
      if (transaction === undefined) continue;
      settle({ txid, code, transaction }).catch((reason: unknown) => {
        log.add("warn", "index-unread", describeFault(reason).detail);
      });
    }
    if (dropped.length > 0 || readmitted.length > 0) changed();
    if (pool.poisoned) rebuild();
    // The winners may never have heard of what the losers had sealed.
    for (const txid of readmitted) {
      const entry = pool.entry(txid);
      if (entry !== undefined) send(entry.transaction);
    }
    if (readmitted.length > 0) parts.onWaiting();
  };
  const takeBack = async (lost: readonly HeaderEntry[]): Promise<void> => {
    const blocks = await chain.readBlocks(lost.map(({ id }) => id));
    const returned = blocks.flatMap((block) => [...(block?.body.transactions ?? [])]);
    if (returned.length > 0 && !stopped) judge(returned);
  };

  return {
    pool: () => pool,
    sign(fields) {
      const { address, seed } = requireWallet(context).requireSigner();
      const nonce = pool.nextNonce(address);
      return signTransaction(
        { ...fields, from_: address, nonce },
        seed,
        transactionDomain(storyId),
      );
    },
    async submit(transaction) {
      const admission = admit(transaction, null);
      if (admission.code !== 0) throw new TransactionRefused(admission.code, admission.data);
      const isHeard = parts.audience() > 0;
      if (!isHeard) unsent.add(admission.txid);
      // What a person was told is on its way must outlive the tab from this moment on.
      await keep();
      send(transaction);
      const entry = pool.entry(admission.txid);
      const status = isHeard ? "admitted" : "queued";
      if (entry !== undefined) tell(entry, isHeard ? "pending" : "queued");
      return status;
    },
    isQueued: (txid) => unsent.has(txid) && pool.entry(txid) !== undefined,
    hear(from, bytes) {
      try {
        return hearAll(from, decodeBatch(bytes));
      } catch (reason) {
        const { code, detail } = describeFault(reason);
        blame(context, from, code, detail);
        return consequenceOf(code).verdict;
      }
    },
    offer() {
      const maxBytes = MAX_RESPONSE_BYTES - FRAMING_BYTES - 4 * MAX_OFFERED_TXS;
      return pool
        .select({ maxBytes, maxCount: MAX_OFFERED_TXS })
        .map(({ transaction }) => encodeSignedTransaction(transaction));
    },
    peerGone: (peer) => greeted.delete(peer),
    peerCame(peer) {
      if (greeted.get(peer) !== undefined) return;
      greeted.set(peer, true);
      // It asks us as well, and so hears what nobody had heard.
      for (const txid of unsent) {
        const entry = pool.entry(txid);
        unsent.delete(txid);
        if (entry === undefined) continue;
        tell(entry, "pending");
        send(entry.transaction);
      }
      const now = ports.clock.now();
      asked = asked.filter((atMs) => now - atMs < MEMPOOL_ASK_GAP_MS);
      if (asked.length >= MEMPOOL_ASKS) return;
      asked.push(now);
      ask(context, peer, { TAG: "mempool", data: undefined }, ["mempool"])
        .then(({ data }) => hearAll(peer, data.map(decodeSignedTransaction)))
        .catch((reason: unknown) => {
          const { code, detail } = describeFault(reason);
          blame(context, peer, code, detail);
        });
    },
    waiting: (maxBytes) =>
      pool
        .select({ maxBytes: Math.min(maxBytes, KEY_BODY_MAX_BYTES), maxCount: MAX_OFFERED_TXS })
        .map(({ transaction }) => transaction),
    headChanged(entry, lost) {
      judge([]);
      tellOwn(entry).catch((reason: unknown) => {
        log.add("warn", "block-unread", describeFault(reason).detail);
      });
      if (lost.length === 0) return;
      takeBack(lost).catch((reason: unknown) => {
        log.add("warn", "transactions-not-returned", describeFault(reason).detail);
      });
    },
    async stop() {
      stopped = true;
      cancelPurge();
      cancelKeep();
      cancelOutbox();
      await keep();
    },
  };
}

/**
 * `Payments` over the chain, the mesh and the slot's store. The pool is judged anew whenever the head
 * moves; what changed is written soon after, so that a reload loses no payment (MEM-8).
 *
 * @module
 */
import type { HeaderEntry } from "../../chain/header-entry.ts";
import { createLru } from "../../chain/lru.ts";
import type { Verdict } from "../../chain/ports/network.ts";
import { bytesFromHex } from "../../kernel/bytes.ts";
import { KEY_BODY_MAX_BYTES } from "../../kernel/limits.ts";
import type { SignedTransaction } from "../../kernel/transaction.ts";
import {
  decodeSignedTransaction,
  encodeSignedTransaction,
  signTransaction,
  transactionDomain,
} from "../../kernel/transaction.ts";
import { TransactionCode, TransactionRefused } from "../../ledger/transactions/transaction-code.ts";
import { createMempool } from "../../mempool/create-mempool.ts";
import { RESTORE_BATCH_ENTRIES } from "../../mempool/limits.ts";
import type { Admission, Mempool } from "../../mempool/mempool.ts";
import {
  MAX_GREETED_PEERS,
  MAX_OFFERED_TXS,
  MAX_RESPONSE_BYTES,
  MEMPOOL_ASK_GAP_MS,
  MEMPOOL_ASKS,
  PURGE_INTERVAL_MS,
} from "../limits.ts";
import { describeFault, logAdmission } from "../log.ts";
import { consequenceOf, consequenceOfTransaction } from "../penalties.ts";
import { requireWallet } from "../wallet/require-wallet.ts";
import { decodeBatch } from "../wire/transaction-batch.ts";
import { ask, blame, punish } from "./ask.ts";
import { knownAccount } from "./chain-facts.ts";
import type { StoryContext } from "./context.ts";
import { createPaymentJudge } from "./judge-payments.ts";
import { createLuckless } from "./luckless.ts";
import { createOutbox } from "./outbox.ts";
import { createPaymentNews } from "./payment-news.ts";
import type { Payments } from "./payments.ts";

/** A changed pool is written after this: a burst is one write, a crash costs little. */
const KEEP_AFTER_MS = 500;
/** Own payments are told again at most this often. */
const SEND_AGAIN_GAP_MS = 10_000;
/** Room that an answer keeps for its framing. */
const FRAMING_BYTES = 4_096;

/** What the payments need of the rest of the story. */
export interface PaymentParts {
  /** Connected peers that could hear a transaction. */
  readonly audience: () => number;
  /** Something waits now that did not before: the tracker may seal it. */
  readonly onWaiting: () => void;
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
      ...(ports.mempoolLimits === undefined ? {} : { limits: ports.mempoolLimits }),
      view: { account: (address) => knownAccount(chain, address) },
    });
  let pool = fresh();
  /** Not heard by anybody yet. */
  const unsent = new Set<string>();
  const news = createPaymentNews(context);
  const outbox = createOutbox(context);
  const luckless = createLuckless(ports.clock);
  const greeted = createLru<string, true>(MAX_GREETED_PEERS);
  let asked: number[] = [];
  let sentAgainMs = 0;
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
    for (const txid of admission.evicted) news.dropped(txid, TransactionCode.mempoolFull);
    changed();
    parts.onWaiting();
    return admission;
  };

  /** Takes in what a peer sent; the rest of a list with a transaction that no head would take is left unread. */
  const hearAll = (
    from: string,
    transactions: readonly SignedTransaction[],
  ): { readonly fresh: readonly SignedTransaction[]; readonly verdict: Verdict } => {
    const fresh: SignedTransaction[] = [];
    for (const transaction of transactions) {
      if (luckless.isSpent(from)) break;
      const admission = admit(transaction, from);
      if (admission.code === 0) {
        fresh.push(transaction);
        const entry = pool.entry(admission.txid);
        if (entry !== undefined) news.waits(entry, "pending");
        continue;
      }
      luckless.refused(from);
      const { points, verdict } = consequenceOfTransaction(admission.code);
      if (points > 0) punish(context, from, "transaction-refused", admission.label, points);
      if (verdict === "reject") return { fresh, verdict };
    }
    return { fresh, verdict: fresh.length > 0 ? "accept" : "ignore" };
  };
  /**
   * A message is passed on only if every transaction in it was verified to its end. Of one that was refused
   * by our head or pool nobody looked at the signature, and whoever has another head would blame us for it.
   */
  const hearBatch = (from: string, transactions: readonly SignedTransaction[]): Verdict => {
    const { fresh, verdict } = hearAll(from, transactions);
    if (fresh.length === transactions.length) return verdict;
    for (const transaction of fresh) outbox.send(transaction);
    return verdict === "reject" ? "reject" : "ignore";
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
      news.dropped(txid, null);
    }
    if (gone.length > 0) changed();
    cancelPurge = ports.clock.after(PURGE_INTERVAL_MS, purgeLoop);
  };
  cancelPurge = ports.clock.after(PURGE_INTERVAL_MS, purgeLoop);

  const judge = createPaymentJudge(context, {
    pool: () => pool,
    news,
    onChanged() {
      changed();
      if (pool.poisoned) rebuild();
    },
    onGone: (txid) => unsent.delete(txid),
    onReturned(transactions) {
      for (const transaction of transactions) outbox.send(transaction);
      parts.onWaiting();
    },
  });

  /** Once a round: a peer that was full, behind, or heard them out of order would else never hear of them again. */
  const sendOwnAgain = (): void => {
    const now = ports.clock.now();
    // A sync turns many pages at once.
    if (now - sentAgainMs < SEND_AGAIN_GAP_MS) return;
    sentAgainMs = now;
    for (const { address } of context.wallet?.accounts() ?? []) {
      for (const { transaction } of pool.ofSender(address)) outbox.send(transaction);
    }
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
      outbox.send(transaction);
      const entry = pool.entry(admission.txid);
      const status = isHeard ? "admitted" : "queued";
      if (entry !== undefined) news.waits(entry, isHeard ? "pending" : "queued");
      return status;
    },
    settled: () => judge.settled(),
    isQueued: (txid) => unsent.has(txid) && pool.entry(txid) !== undefined,
    hear(from, bytes) {
      try {
        return hearBatch(from, decodeBatch(bytes));
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
        news.waits(entry, "pending");
        outbox.send(entry.transaction);
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
      judge.headChanged(lost);
      news.sealedIn(entry);
      if (entry.kind === "key") sendOwnAgain();
    },
    async stop() {
      // What lost blocks give back is kept as well.
      await judge.settled();
      stopped = true;
      cancelPurge();
      cancelKeep();
      outbox.stop();
      await keep();
    },
  };
}

/**
 * What is said of single payments: that they wait, that a block has them, that they are lost.
 *
 * @module
 */
import type { HeaderEntry } from "../../chain/header-entry.ts";
import { transactionPrefix } from "../../chain/index-rows.ts";
import { createLru } from "../../chain/lru.ts";
import { hexFromBytes } from "../../kernel/bytes.ts";
import type { SignedTransaction, TransactionPayload } from "../../kernel/transaction.ts";
import { txidOf } from "../../kernel/transaction.ts";
import type { TransactionCode } from "../../ledger/transactions/transaction-code.ts";
import type { MempoolEntry } from "../../mempool/entry.ts";
import { describeFault } from "../log.ts";
import type { StoryContext } from "./context.ts";

/** Sealed transactions remembered as told, each once for its block. */
const MAX_TOLD_SEALS = 2_048;
/** Lines of the index that are read for one transaction: one for each block that has it, lost branches included. */
const MAX_PLACES = 1_000;

/** A transaction that left the pool, and why. */
export interface Gone {
  readonly txid: string;
  readonly code: TransactionCode;
  readonly transaction: SignedTransaction;
}

/** The `transaction` events of one story. */
export interface PaymentNews {
  waits(entry: MempoolEntry, state: "queued" | "pending"): void;
  /** Dropped without a look at the chain: evicted, or too old. */
  dropped(txid: string, code: TransactionCode | null): void;
  /** Looks whether a block of the canon has it, and tells that, or that it is lost. */
  left(gone: Gone): void;
  /** Tells the payments of a new block that concern this wallet, heard of before or not. */
  sealedIn(entry: HeaderEntry): void;
}

/** The news of a story. */
export function createPaymentNews(context: StoryContext): PaymentNews {
  const { chain, hub, log } = context;
  const told = createLru<string, true>(MAX_TOLD_SEALS);

  const placesOf = async (txid: string) =>
    (await chain.indexed({ prefix: transactionPrefix(txid), limit: MAX_PLACES })).transactions;

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

  const settle = async ({ txid, code, transaction }: Gone): Promise<void> => {
    const { payload } = transaction;
    const placed = (await placesOf(txid)).find(({ entry }) => chain.isCanon(entry.id));
    if (placed !== undefined) tellSealed(txid, placed.entry, placed.code, payload);
    else {
      const { from_: from, to } = payload;
      hub.emit("transaction", { txid, state: "dropped", code, from, to });
    }
  };

  const tellOwn = async (entry: HeaderEntry): Promise<void> => {
    const own = new Set<string>(context.wallet?.accounts().map(({ address }) => address));
    if (own.size === 0 || !chain.isCanon(entry.id)) return;
    const [block] = await chain.readBlocks([entry.id]);
    for (const { payload, publicKey } of block?.body.transactions ?? []) {
      if (!own.has(payload.from_) && !own.has(payload.to)) continue;
      const txid = hexFromBytes(txidOf({ payload, publicKey }));
      const placed = (await placesOf(txid)).find((each) => each.entry.id === entry.id);
      if (placed !== undefined) tellSealed(txid, entry, placed.code, payload);
    }
  };

  const unread =
    (what: string) =>
    (reason: unknown): void => {
      log.add("warn", what, describeFault(reason).detail);
    };

  return {
    waits({ txid, transaction }, state) {
      const { from_: from, to } = transaction.payload;
      hub.emit("transaction", { txid, state, code: null, from, to });
    },
    dropped: (txid, code) =>
      hub.emit("transaction", { txid, state: "dropped", code, from: "", to: "" }),
    left(gone) {
      settle(gone).catch(unread("index-unread"));
    },
    sealedIn(entry) {
      tellOwn(entry).catch(unread("block-unread"));
    },
  };
}

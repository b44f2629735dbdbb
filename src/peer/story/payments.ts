/**
 * The waiting transactions of one open story: the pure mempool, kept on disk, fed by this peer's wallet,
 * by gossip and by what peers still hold, and told about every move of the head.
 *
 * @module
 */
import type { Verdict } from "../../chain/ports/network.ts";
import type { SignedTransaction, TransactionPayload } from "../../kernel/transaction.ts";
import type { Mempool } from "../../mempool/mempool.ts";

/** What a payment from this peer's wallet says; sender and nonce are added by `sign`. */
export type PaymentFields = Omit<TransactionPayload, "from_" | "nonce">;

/** `admitted`: it is on its way · `queued`: no peer is connected; it leaves when one is found. */
export type SubmitStatus = "admitted" | "queued";

/** Waiting transactions of an open story. */
export interface Payments {
  /** The pool in use; another one after it was rebuilt. */
  pool(): Mempool;
  /** A payment of this peer's wallet with its next nonce; throws `wallet-locked`, `readonly`. */
  sign(fields: PaymentFields): SignedTransaction;
  /** Takes a transaction in, keeps it on the disk and sends it out; rejects with `transaction-refused` {number, label, …}. */
  submit(transaction: SignedTransaction): Promise<SubmitStatus>;
  /** Resolves once the pool follows the head: for a moment after a reorganisation a lost payment's nonce looks free. */
  settled(): Promise<void>;
  /** True for a transaction that waits for a first peer. */
  isQueued(txid: string): boolean;
  /** Judges a gossiped transaction (NET-2). */
  hear(from: string, bytes: Uint8Array): Verdict;
  /** Encoded waiting transactions for a peer that asks, best first, within the cap of an answer. */
  offer(): readonly Uint8Array[];
  /** Once in sync: asks a new peer for what waits there; what waits here for a first peer leaves now. */
  peerCame(peer: string): void;
  /** What a block to be made would take, best first. */
  waiting(maxBytes: number): readonly SignedTransaction[];
  /** Resolves once what changed is kept. */
  stop(): Promise<void>;
}

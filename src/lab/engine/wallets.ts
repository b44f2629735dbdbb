/**
 * The payments that an agent's peer knows of: a real mempool on the state after its own best block.
 * Agents that do not mine admit only what is their own.
 *
 * @module
 */
import type { Address } from "../../kernel/brand.ts";
import { bytesFromHex } from "../../kernel/bytes.ts";
import { KEY_BODY_MAX_BYTES } from "../../kernel/limits.ts";
import { SIGNATURE_BYTES } from "../../kernel/signature.ts";
import type { SignedTransaction } from "../../kernel/transaction.ts";
import { encodeSignedTransaction } from "../../kernel/transaction.ts";
import type { Account } from "../../ledger/state.ts";
import { accountOf } from "../../ledger/state.ts";
import { createMempool } from "../../mempool/create-mempool.ts";
import type { BlockBook } from "./block-book.ts";
import type { BlockNumber } from "./block-number.ts";
import type { LabPeer } from "./lab-peer.ts";
import type { LabStory } from "./lab-story.ts";

/** One agent's wallet and mempool. */
export interface LabWallet {
  readonly address: Address;
  /** Account at the best block of its peer. */
  account(of: Address): Account;
  /** A payment of its own, admitted; `null` when the balance does not cover it or too many wait. */
  pay(to: Address, units: number, nowMs: number): SignedTransaction | null;
  /** True when it was new and good. */
  admit(transaction: SignedTransaction, nowMs: number): boolean;
  /** The best block changed from `before`. */
  headChanged(before: BlockNumber, nowMs: number): void;
  /** What its next block takes. */
  waiting(): readonly SignedTransaction[];
  size(): number;
}

const NO_SIGNATURE = new Uint8Array(SIGNATURE_BYTES);
/** Twice the floor (TX-4). */
const FEE_PER_BYTE = 2n;
const MAX_COUNT = 1_024;

/** The wallet of an agent on its peer. */
export function createLabWallet(
  { story, book }: { readonly story: LabStory; readonly book: BlockBook },
  peer: LabPeer,
  identity: { readonly address: Address; readonly key: Uint8Array },
): LabWallet {
  const { address, key } = identity;
  const account = (of: Address): Account => accountOf(book.stateAfter(peer.head), of);
  const pool = createMempool({
    storyId: bytesFromHex(story.storyId),
    view: { account },
    verifySignature: story.rules.verifySignature,
  });

  const unsigned = (to: Address, units: number, fee: bigint): SignedTransaction => ({
    payload: {
      from_: address,
      to,
      amountConsumer: BigInt(units),
      amountIndustrial: 0n,
      fee,
      feeSelector: 0,
      nonce: pool.nextNonce(address),
      memo: new Uint8Array(0),
    },
    publicKey: key,
    signature: NO_SIGNATURE,
  });

  const admit = (transaction: SignedTransaction, nowMs: number): boolean =>
    pool.admit(transaction, nowMs).code === 0;

  return {
    address,
    account,
    admit,
    pay(to, units, nowMs) {
      const sizeBytes = encodeSignedTransaction(unsigned(to, units, 0n)).length;
      const transaction = unsigned(to, units, FEE_PER_BYTE * BigInt(sizeBytes));
      return admit(transaction, nowMs) ? transaction : null;
    },
    headChanged(before, nowMs) {
      const returned = lostTransactions(book, before, peer.head);
      if (pool.size === 0 && returned.length === 0) return;
      pool.purge(nowMs);
      pool.headChanged({ returned }, nowMs);
    },
    waiting: () =>
      pool.size === 0
        ? []
        : pool
            .select({ maxBytes: KEY_BODY_MAX_BYTES, maxCount: MAX_COUNT })
            .map(({ transaction }) => transaction),
    size: () => pool.size,
  };
}

/** Transactions of the blocks below `from` that are not below `to`, oldest first, without those that `to`'s branch has too. */
function lostTransactions(
  book: BlockBook,
  from: BlockNumber,
  to: BlockNumber,
): readonly SignedTransaction[] {
  let [a, b] = [book.block(from), book.block(to)];
  const lost: SignedTransaction[][] = [];
  const kept = new Set<SignedTransaction>();
  while (a.number !== b.number) {
    if (a.entry.height >= b.entry.height) {
      lost.push([...a.transactions]);
      a = book.block(a.parent);
    } else {
      for (const transaction of b.transactions) kept.add(transaction);
      b = book.block(b.parent);
    }
  }
  return lost
    .reverse()
    .flat()
    .filter((transaction) => !kept.has(transaction));
}

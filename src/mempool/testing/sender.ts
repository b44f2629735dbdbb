/**
 * Senders with keys, a state at the head that a test sets by hand, and a mempool on both. Test-only.
 *
 * @module
 */
import type { Address } from "../../kernel/brand.ts";
import { addressFromHex } from "../../kernel/brand.ts";
import { hexFromBytes } from "../../kernel/bytes.ts";
import { publicKeyFromSeed } from "../../kernel/signature.ts";
import type { SignedTransaction, TransactionPayload } from "../../kernel/transaction.ts";
import { signTransaction, transactionDomain, txidOf } from "../../kernel/transaction.ts";
import type { Account } from "../../ledger/state.ts";
import { createMempool } from "../create-mempool.ts";
import type { MempoolView } from "../funds.ts";
import type { MempoolLimits } from "../limits.ts";
import type { Mempool } from "../mempool.ts";

/** The story of the tests. */
export const STORY_ID: Uint8Array = new Uint8Array(32).fill(7);
/** When the tests begin, in milliseconds. */
export const START_MS = 1_700_000_000_000;
/** Bytes of a transfer without a memo: version, payload of 185, key and signature. */
export const TRANSFER_BYTES = 282;

/** Somebody with a key. */
export interface Sender {
  readonly address: Address;
  /** A transfer of 1 consumer unit to the next sender with a fee of 1,000 consumer units, unless changed. */
  pay(nonce: number | bigint, change?: Partial<TransactionPayload>): SignedTransaction;
}

/** The sender of an index below 65,536. */
export function senderOf(index: number): Sender {
  const seedOf = (n: number): Uint8Array => {
    const seed = new Uint8Array(32).fill(1);
    new DataView(seed.buffer).setUint16(0, n);
    return seed;
  };
  const seed = seedOf(index);
  const address = addressFromHex(hexFromBytes(publicKeyFromSeed(seed)));
  const to = hexFromBytes(publicKeyFromSeed(seedOf(index + 1)));
  return {
    address,
    pay: (nonce, change = {}) => {
      const payload: TransactionPayload = {
        from_: address,
        to,
        amountConsumer: 1n,
        amountIndustrial: 0n,
        fee: 1_000n,
        feeSelector: 0,
        nonce: BigInt(nonce),
        memo: new Uint8Array(),
        ...change,
      };
      return signTransaction(payload, seed, transactionDomain(STORY_ID));
    },
  };
}

/** The txid in hex, as the mempool names it. */
export function idOf(transaction: SignedTransaction): string {
  return hexFromBytes(txidOf(transaction));
}

/** A head that a test sets. */
export interface TestHead extends MempoolView {
  set(sender: Sender, account: Partial<Account>): void;
  remove(sender: Sender): void;
  /** From now on asking throws this. */
  breakWith(error: unknown): void;
}

/** A head without accounts. */
export function createTestHead(): TestHead {
  const accounts = new Map<Address, Account>();
  let broken: { readonly error: unknown } | undefined;
  return {
    account: (address) => {
      if (broken !== undefined) throw broken.error;
      return accounts.get(address);
    },
    set: ({ address }, account) => {
      accounts.set(address, { consumer: 0n, industrial: 0n, nonce: 0n, ...account });
    },
    remove: ({ address }) => {
      accounts.delete(address);
    },
    breakWith: (error) => {
      broken = { error };
    },
  };
}

/** A head on which the senders have a million units of each token, and a mempool on it. */
export function mempoolWith(
  senders: readonly Sender[],
  limits: Partial<MempoolLimits> = {},
): { readonly head: TestHead; readonly mempool: Mempool } {
  const head = createTestHead();
  for (const sender of senders) {
    head.set(sender, { consumer: 1_000_000n, industrial: 1_000_000n });
  }
  return { head, mempool: createMempool({ storyId: STORY_ID, view: head, limits }) };
}

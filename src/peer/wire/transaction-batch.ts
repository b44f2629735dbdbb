/**
 * What travels on the transaction topic (NET-1b): a few signed transactions at once, so that a burst of
 * payments is a message and not a flood.
 *
 * @module
 */
import { strictDecode, strictEncode } from "../../kernel/codec.ts";
import type { SignedTransaction } from "../../kernel/transaction.ts";
import { encodeSignedTransaction, signedTransactionCoder } from "../../kernel/transaction.ts";
import { MAX_TX_MESSAGE_BYTES, MAX_TXS_PER_MESSAGE } from "../limits.ts";
import { cappedList } from "./records.ts";

const batchCoder = cappedList<SignedTransaction>(MAX_TXS_PER_MESSAGE, signedTransactionCoder);

/** Bytes of a batch; throws `too-large` or `bad-value` for what `batchesOf` would not make. */
export function encodeBatch(transactions: readonly SignedTransaction[]): Uint8Array {
  return strictEncode(batchCoder, [...transactions], MAX_TX_MESSAGE_BYTES, "transactions");
}

/** Reads a batch; throws `bad-encoding` or `too-large`. */
export function decodeBatch(bytes: Uint8Array): readonly SignedTransaction[] {
  return strictDecode(batchCoder, bytes, MAX_TX_MESSAGE_BYTES, "transactions");
}

/** Cuts a list into batches that the topic carries, in order. */
export function batchesOf(
  transactions: readonly SignedTransaction[],
): readonly (readonly SignedTransaction[])[] {
  const batches: SignedTransaction[][] = [];
  let room = 0;
  for (const transaction of transactions) {
    const sizeBytes = encodeSignedTransaction(transaction).length;
    const last = batches.at(-1);
    if (last === undefined || sizeBytes > room || last.length >= MAX_TXS_PER_MESSAGE) {
      batches.push([transaction]);
      room = MAX_TX_MESSAGE_BYTES - 1 - sizeBytes;
    } else {
      last.push(transaction);
      room -= sizeBytes;
    }
  }
  return batches;
}

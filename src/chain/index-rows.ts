/**
 * Lines of the store's ordered index: where a transaction stands, what an account did, who tipped a
 * paragraph. They are a local aid, outside consensus: a line is believed only as far as the tree knows
 * its block and the block's body has that transaction.
 *
 * | key                                    | value                                                     |
 * |----------------------------------------|-----------------------------------------------------------|
 * | `tx/<txid>/<block>`                    | place                                                     |
 * | `account/<address>/<position>/<block>` | place; one line for sender and recipient each             |
 * | `tip/<paragraph>/<position>/<block>`   | place; transfers whose memo names a paragraph             |
 *
 * Position: height, micro index and number of the transaction, as hex of 8, 8 and 4 digits. Place: txid 32 ‖
 * number u16 ‖ code u16 ‖ price paid in consumer and industrial units, u64 each; little-endian.
 *
 * @module
 */
import type { Block } from "../kernel/block.ts";
import type { BlockId } from "../kernel/brand.ts";
import { blockIdFromHex, isHex32 } from "../kernel/brand.ts";
import { concatBytes, hexFromBytes } from "../kernel/bytes.ts";
import type { TokenPair } from "../ledger/state.ts";
import type { Receipt } from "../ledger/transactions/apply-transaction.ts";
import { tippedParagraph } from "../ledger/transactions/tip-memo.ts";
import type { IndexRow } from "./ports/store.ts";

const PLACE_BYTES = 52;

/** Where a transaction stands, as a line of the index says. */
export interface IndexedTransaction {
  readonly txid: string;
  readonly block: BlockId;
  /** Number among the block's transactions. */
  readonly index: number;
  /** Receipt code (TX-7). */
  readonly code: number;
  /** What its operation cost beside the fee. */
  readonly price: TokenPair;
}

/** Prefix of a transaction's lines: one for each block that has it. */
export function transactionPrefix(txid: string): string {
  return `tx/${txid}/`;
}

/** Prefix of an account's lines, oldest first. */
export function accountPrefix(address: string): string {
  return `account/${address}/`;
}

/** Prefix of a paragraph's tips, oldest first; `paragraph` is the id of its block. */
export function tipPrefix(paragraph: string): string {
  return `tip/${paragraph}/`;
}

/** All lines of a connected block. */
export function indexRowsOf(
  id: BlockId,
  { header, body }: Block,
  receipts: readonly Receipt[],
): readonly IndexRow[] {
  return body.transactions.flatMap(({ payload }, index) => {
    const receipt = receipts[index];
    if (receipt === undefined) return [];
    const { consumer, industrial } = receipt.price;
    const value = concatBytes(
      receipt.txid,
      u16(index),
      u16(receipt.code),
      u64(consumer),
      u64(industrial),
    );
    const position = `${hex(header.height, 8)}${hex(header.microIndex, 8)}${hex(index, 4)}`;
    const accounts = new Set([payload.from_, ...(isHex32(payload.to) ? [payload.to] : [])]);
    const paragraph = tippedParagraph(payload);
    return [
      { key: `${transactionPrefix(hexFromBytes(receipt.txid))}${id}`, value },
      ...[...accounts].map((address) => ({
        key: `${accountPrefix(address)}${position}/${id}`,
        value,
      })),
      ...(paragraph === null ? [] : [{ key: `${tipPrefix(paragraph)}${position}/${id}`, value }]),
    ];
  });
}

/** What a line says; `null` for one that is damaged. */
export function readIndexRow({ key, value }: IndexRow): IndexedTransaction | null {
  const block = key.slice(key.lastIndexOf("/") + 1);
  if (value.length !== PLACE_BYTES || !isHex32(block)) return null;
  const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
  return {
    txid: hexFromBytes(value.subarray(0, 32)),
    block: blockIdFromHex(block),
    index: view.getUint16(32, true),
    code: view.getUint16(34, true),
    price: { consumer: view.getBigUint64(36, true), industrial: view.getBigUint64(44, true) },
  };
}

function u16(value: number): Uint8Array {
  return Uint8Array.of(value & 0xff, value >> 8);
}

function u64(value: bigint): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, value, true);
  return bytes;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}

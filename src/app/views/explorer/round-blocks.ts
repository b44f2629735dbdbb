/**
 * The microblocks of a round, read from their own bytes (PROTOCOL §4): the strip needs no more of them
 * than their headers say, and recomputes their ids rather than being told.
 *
 * @module
 */
import { bytesFromHex, hexFromBytes } from "../../../kernel/bytes.ts";
import { hash } from "../../../kernel/hash.ts";

/** One microblock of the running round. */
export interface RoundBlock {
  readonly id: string;
  readonly microIndex: number;
  readonly timestampMs: number;
  readonly sizeBytes: number;
  readonly transactions: number;
}

const HEADER_BYTES = 366;
const CORE_BYTES = 294;
const NONCE_BYTES = 8;
const MICRO = 1;
const MICRO_INDEX_AT = 38;
const TIMESTAMP_AT = 106;
/** A microblock's body: version, no paragraph, count of transactions. */
const COUNT_AT = HEADER_BYTES + 2;

/** The microblocks among encoded blocks, in their order; anything else is passed over. */
export function readRoundBlocks(blocks: readonly string[]): readonly RoundBlock[] {
  return blocks.flatMap((hex) => {
    const bytes = bytesFromHex(hex);
    if (bytes.length < COUNT_AT + 2 || bytes[1] !== MICRO) return [];
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const coreHash = hash("header", bytes.subarray(0, CORE_BYTES));
    const nonce = bytes.subarray(CORE_BYTES, CORE_BYTES + NONCE_BYTES);
    return [
      {
        id: hexFromBytes(hash("block id", coreHash, nonce)),
        microIndex: view.getUint32(MICRO_INDEX_AT, true),
        timestampMs: Number(view.getBigUint64(TIMESTAMP_AT, true)),
        sizeBytes: bytes.length,
        transactions: view.getUint16(COUNT_AT, true),
      },
    ];
  });
}

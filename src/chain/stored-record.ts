/**
 * How a connected block is written to disk and read back (STO-1, STO-4). The id covers every header
 * field but the signature, and nothing covers the delta, so the delta's bytes are sealed with a hash
 * over id, header and delta: any flipped bit in a record is found when it is read. A microblock's delta
 * begins with the size of its body, which counts for its round (BODY-1b) and is else not at hand at start.
 *
 * Because of that, signature and proof of work of own stored blocks are not verified again at start:
 * they were verified before the record was written, and the seal shows that it is the same record.
 *
 * @module
 */

import type { Block } from "../kernel/block.ts";
import { encodeBody } from "../kernel/body.ts";
import type { BlockId } from "../kernel/brand.ts";
import { bytesFromHex, concatBytes, equalBytes } from "../kernel/bytes.ts";
import { CodedError } from "../kernel/errors.ts";
import { hash } from "../kernel/hash.ts";
import type { Header } from "../kernel/header.ts";
import { blockIdOf, decodeHeader, encodeHeader } from "../kernel/header.ts";
import type { StateDelta } from "../ledger/state-delta.ts";
import { decodeDelta, encodeDelta } from "../ledger/state-delta.ts";
import type { BlockRecord, StoredBlock } from "./ports/store.ts";

const SEAL_BYTES = 32;
const SIZE_BYTES = 4;

/** A block and its delta as the store keeps them. */
export function storedBlock(
  id: BlockId,
  block: Block,
  delta: StateDelta,
  receivedMs: number,
): StoredBlock {
  const header = encodeHeader(block.header);
  const body = encodeBody(block.body, block.header.kind);
  const isMicro = block.header.kind === "micro";
  const deltaBytes = isMicro ? concatBytes(sizeOf(body), encodeDelta(delta)) : encodeDelta(delta);
  return {
    record: {
      id,
      height: block.header.height,
      microIndex: block.header.microIndex,
      header,
      delta: concatBytes(seal(id, header, deltaBytes), deltaBytes),
      receivedMs,
    },
    body,
  };
}

function sizeOf(body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(SIZE_BYTES);
  new DataView(bytes.buffer).setUint32(0, body.length, true);
  return bytes;
}

/** Header of a record; throws `record-id-mismatch`, `record-seal-mismatch` or a decoder's code when it is not what was written. */
export function headerOfRecord(record: BlockRecord): Header {
  const header = decodeHeader(record.header);
  if (
    blockIdOf(header) !== record.id ||
    header.height !== record.height ||
    header.microIndex !== record.microIndex
  ) {
    throw new CodedError("record-id-mismatch", { id: record.id });
  }
  const deltaBytes = record.delta.subarray(SEAL_BYTES);
  if (
    !equalBytes(record.delta.subarray(0, SEAL_BYTES), seal(record.id, record.header, deltaBytes))
  ) {
    throw new CodedError("record-seal-mismatch", { id: record.id });
  }
  return header;
}

/** Delta of a record whose seal was checked; throws `bad-encoding`. */
export function deltaOfRecord(record: BlockRecord): StateDelta {
  return decodeDelta(record.delta.subarray(SEAL_BYTES + (record.microIndex > 0 ? SIZE_BYTES : 0)));
}

/** Bytes of a microblock's encoded body; the record's seal was checked. Throws `bad-encoding`. */
export function bodyBytesOfRecord({ delta }: BlockRecord): number {
  if (delta.length < SEAL_BYTES + SIZE_BYTES) {
    throw new CodedError("bad-encoding", { what: "state delta", reason: "no body size" });
  }
  const view = new DataView(delta.buffer, delta.byteOffset, delta.byteLength);
  return view.getUint32(SEAL_BYTES, true);
}

function seal(id: BlockId, header: Uint8Array, delta: Uint8Array): Uint8Array {
  return hash("local-record", bytesFromHex(id), header, delta);
}

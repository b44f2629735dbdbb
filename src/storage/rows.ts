/**
 * Rows of the story's tables, shared by IndexedDB and LevelDB. A store never interprets what it keeps,
 * and never trusts it either: a damaged row still becomes a record, with empty bytes, so that the chain
 * finds that its id is wrong, discards it and fetches it again (STO-4), instead of a start that fails.
 *
 * @module
 */
import type { BlockRecord } from "../chain/ports/store.ts";
import { blockIdFromHex } from "../kernel/brand.ts";
import { CodedError } from "../kernel/errors.ts";

/** Most records in one batch of `Store.records`. */
export const RECORDS_PER_BATCH = 1_000;

/**
 * A copy that owns exactly its bytes: structured clone keeps the whole buffer behind a view, and a
 * caller may reuse its buffer after the call.
 */
export function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}

/** The row of a record, with its own bytes. */
export function rowFromRecord(record: BlockRecord): BlockRecord {
  const { id, height, microIndex, header, delta, receivedMs } = record;
  return { id, height, microIndex, header: ownBytes(header), delta: ownBytes(delta), receivedMs };
}

/** Bytes of a row, or `undefined` when something else stands there. */
export function bytesFromRow(row: unknown): Uint8Array | undefined {
  return row instanceof Uint8Array ? ownBytes(row) : undefined;
}

/** Where a record stands among the others: its key, in the order of `Store.records`. */
export interface RecordKey {
  readonly height: number;
  readonly microIndex: number;
  readonly id: string;
}

/** The number, or 0 where something else stands: a damaged place must not keep a record from being found. */
export function wholeNumberFrom(value: unknown): number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : 0;
}

/** The record of a row; fields that are damaged come back empty. Throws `bad-hex` without a usable id. */
export function recordFromRow(row: unknown, key: RecordKey): BlockRecord {
  const field = (name: keyof BlockRecord): unknown =>
    typeof row === "object" && row !== null ? Reflect.get(row, name) : undefined;
  const receivedMs = field("receivedMs");
  return {
    id: blockIdFromHex(key.id),
    height: key.height,
    microIndex: key.microIndex,
    header: bytesFromRow(field("header")) ?? new Uint8Array(),
    delta: bytesFromRow(field("delta")) ?? new Uint8Array(),
    receivedMs: typeof receivedMs === "number" ? receivedMs : 0,
  };
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** Refuses a genesis that differs from the stored one: throws `store-other-story`. */
export function checkSameStory(stored: Uint8Array, genesis: Uint8Array): void {
  if (!sameBytes(stored, genesis)) throw new CodedError("store-other-story");
}

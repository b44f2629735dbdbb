/**
 * Signed peer records and tracker lists (NET-3). A record binds a mesh id and its addresses to the
 * author key that the peer mines under; only the peer itself can make it. A list is signed by who
 * publishes it over (story, key block, sequence, entries).
 *
 * @module
 */
import * as P from "micro-packed";
import { createLru } from "../../chain/lru.ts";
import { equalBytes, hexFromBytes, utf8Encode } from "../../kernel/bytes.ts";
import { strictDecode } from "../../kernel/codec.ts";
import { CodedError } from "../../kernel/errors.ts";
import { hash } from "../../kernel/hash.ts";
import { signWithSeed, verifySignature } from "../../kernel/signature.ts";
import {
  MAX_ADDRESS_BYTES,
  MAX_RECORD_ADDRESSES,
  MAX_TRACKER_BYTES,
  MAX_TRACKER_ENTRIES,
} from "../limits.ts";

/** What a peer says of itself. */
export interface PeerRecord {
  readonly peerId: string;
  readonly author: Uint8Array;
  readonly addresses: readonly string[];
  readonly timestampMs: number;
  readonly signature: Uint8Array;
}

/** A tracker's peer list. */
export interface TrackerList {
  readonly storyId: Uint8Array;
  readonly keyBlock: Uint8Array;
  readonly sequence: number;
  /** True when the publisher is the author of `keyBlock`. */
  readonly authoritative: boolean;
  readonly timestampMs: number;
  readonly publisher: Uint8Array;
  readonly entries: readonly PeerRecord[];
  readonly signature: Uint8Array;
}

const key = P.bytes(32);
const signature = P.bytes(64);

/** u64 little-endian milliseconds as a number. */
export const timeCoder: P.CoderType<number> = P.apply(P.U64LE, {
  encode: (value: bigint): number => {
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new CodedError("bad-time");
    return Number(value);
  },
  decode: (value: number): bigint => BigInt(value),
});

/** Text of at most `maxBytes` bytes with a length prefix. */
export function cappedText(maxBytes: number): P.CoderType<string> {
  return P.validate(P.string(P.U16LE), (value) => {
    if (utf8Encode(value).length > maxBytes) {
      throw new CodedError("too-large", { what: "text", maxBytes });
    }
    return value;
  });
}

/** The coder of a read-only shape: micro-packed infers mutable lists, which is all that differs. */
export function coderOf<T>(coder: unknown): P.CoderType<T> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- readonly is all that differs
  return coder as P.CoderType<T>;
}

/** A list of at most `max` items with a one-byte count. */
export function cappedList<T>(max: number, inner: P.CoderType<T>): P.CoderType<T[]> {
  return P.validate(P.array(P.U8, inner), (value) => {
    if (value.length > max) throw new CodedError("too-many", { count: value.length, max });
    return value;
  });
}

const unsignedRecord = P.struct({
  peerId: cappedText(128),
  author: key,
  addresses: cappedList(MAX_RECORD_ADDRESSES, cappedText(MAX_ADDRESS_BYTES)),
  timestampMs: timeCoder,
});

/** Codec of a record. */
export const recordCoder: P.CoderType<PeerRecord> = coderOf(
  P.struct({
    peerId: cappedText(128),
    author: key,
    addresses: cappedList(MAX_RECORD_ADDRESSES, cappedText(MAX_ADDRESS_BYTES)),
    timestampMs: timeCoder,
    signature,
  }),
);

const listFields = {
  storyId: key,
  keyBlock: key,
  sequence: P.U32LE,
  authoritative: P.bool,
  timestampMs: timeCoder,
  publisher: key,
  entries: cappedList(MAX_TRACKER_ENTRIES, recordCoder),
};
const unsignedList = P.struct(listFields);

/** Codec of a list. */
export const listCoder: P.CoderType<TrackerList> = coderOf(
  P.struct({
    ...listFields,
    signature,
  }),
);

function recordDigest(record: Omit<PeerRecord, "signature">): Uint8Array {
  return hash(
    "peer-record",
    unsignedRecord.encode({
      peerId: record.peerId,
      author: record.author,
      addresses: [...record.addresses],
      timestampMs: record.timestampMs,
    }),
  );
}

function listDigest(list: Omit<TrackerList, "signature">): Uint8Array {
  return hash(
    "tracker-list",
    unsignedList.encode({
      storyId: list.storyId,
      keyBlock: list.keyBlock,
      sequence: list.sequence,
      authoritative: list.authoritative,
      timestampMs: list.timestampMs,
      publisher: list.publisher,
      entries: [...list.entries],
    }),
  );
}

/** Signs a record with the author's seed. */
export function signRecord(record: Omit<PeerRecord, "signature">, seed: Uint8Array): PeerRecord {
  return { ...record, signature: signWithSeed(seed, recordDigest(record)) };
}

/** True when the record's author signed it. */
export function verifyRecord(record: PeerRecord): boolean {
  return verifySignature(record.author, recordDigest(record), record.signature);
}

/**
 * `verifyRecord` with a memory of `maxEntries` genuine records: a peer states the same one for half a
 * minute, to everybody and in every list.
 */
export function createRecordVerifier(maxEntries: number): (record: PeerRecord) => boolean {
  const genuine = createLru<string, PeerRecord>(maxEntries);
  return (record) => {
    const id = hexFromBytes(record.signature);
    const before = genuine.get(id);
    if (before !== undefined && sameRecord(before, record)) return true;
    if (!verifyRecord(record)) return false;
    genuine.set(id, record);
    return true;
  };
}

function sameRecord(a: PeerRecord, b: PeerRecord): boolean {
  return (
    equalBytes(a.signature, b.signature) &&
    a.peerId === b.peerId &&
    equalBytes(a.author, b.author) &&
    a.timestampMs === b.timestampMs &&
    a.addresses.length === b.addresses.length &&
    a.addresses.every((address, index) => address === b.addresses[index])
  );
}

/** Signs a list with the publisher's seed. */
export function signList(list: Omit<TrackerList, "signature">, seed: Uint8Array): TrackerList {
  return { ...list, signature: signWithSeed(seed, listDigest(list)) };
}

/** Bytes of a list for gossip. */
export function encodeTrackerList(list: TrackerList): Uint8Array {
  return listCoder.encode(list);
}

/** Reads a list; throws `bad-encoding`, `too-large`, `too-many`. */
export function decodeTrackerList(bytes: Uint8Array): TrackerList {
  return strictDecode(listCoder, bytes, MAX_TRACKER_BYTES, "tracker list");
}

/**
 * Throws `bad-signature` unless publisher and every entry signed, `repeated-record` when a peer stands twice
 * (NET-3). `isGenuine` may remember records that it has checked before.
 */
export function checkTrackerList(
  list: TrackerList,
  isGenuine: (record: PeerRecord) => boolean = verifyRecord,
): void {
  if (!verifySignature(list.publisher, listDigest(list), list.signature)) {
    throw new CodedError("bad-signature", { what: "tracker list" });
  }
  if (new Set(list.entries.map((entry) => entry.peerId)).size < list.entries.length) {
    throw new CodedError("repeated-record");
  }
  for (const entry of list.entries) {
    if (!isGenuine(entry)) throw new CodedError("bad-signature", { what: "peer record" });
  }
}

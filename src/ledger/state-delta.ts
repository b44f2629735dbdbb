/**
 * What a block changed in the state: each changed key with its value before and after, so that a state
 * can be walked forward and back without re-executing anything. Deltas are a local record, outside
 * consensus; both directions check what they find, because a delta may come from a damaged disk.
 *
 * @module
 */
import { compareBytes, concatBytes, equalBytes } from "../kernel/bytes.ts";
import { CodedError } from "../kernel/errors.ts";
import type { StateMap } from "./state-map.ts";
import { stateDelete, stateGet, stateSet } from "./state-map.ts";

/** One changed key; an absent value means "no entry". */
export interface StateChange {
  readonly key: Uint8Array;
  readonly before: Uint8Array | undefined;
  readonly after: Uint8Array | undefined;
}

/** A block's changes in ascending key order, each key once. */
export type StateDelta = readonly StateChange[];

const VERSION = 1;
const KEY_BYTES = 32;
/** Encoded length that stands for "no entry". */
const ABSENT = 0xffff;

/** The changes that turn `before` into `after` at the given keys; keys that did not change are left out. */
export function deltaBetween(
  before: StateMap,
  after: StateMap,
  keys: readonly Uint8Array[],
): StateDelta {
  const sorted = keys.toSorted(compareBytes);
  const delta: StateChange[] = [];
  for (const [index, key] of sorted.entries()) {
    const previous = sorted[index - 1];
    if (previous !== undefined && equalBytes(previous, key)) continue;
    const change = { key, before: stateGet(before, key), after: stateGet(after, key) };
    if (!sameValue(change.before, change.after)) delta.push(change);
  }
  return delta;
}

/** The state after the delta; throws `delta-mismatch` when a value before is not the expected one. */
export function applyDelta(map: StateMap, delta: StateDelta): StateMap {
  return delta.reduce((state, { key, before, after }) => replace(state, key, before, after), map);
}

/** The state before the delta; throws `delta-mismatch` when a value after is not the expected one. */
export function undoDelta(map: StateMap, delta: StateDelta): StateMap {
  return delta.reduce((state, { key, before, after }) => replace(state, key, after, before), map);
}

function replace(
  map: StateMap,
  key: Uint8Array,
  from: Uint8Array | undefined,
  to: Uint8Array | undefined,
): StateMap {
  if (!sameValue(stateGet(map, key), from)) throw new CodedError("delta-mismatch", {});
  return to === undefined ? stateDelete(map, key) : stateSet(map, key, to);
}

function sameValue(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a === undefined || b === undefined ? a === b : equalBytes(a, b);
}

/** Bytes of a delta: version, count, then key, before, after with u16 lengths (0xffff: no entry), little-endian. */
export function encodeDelta(delta: StateDelta): Uint8Array {
  const head = new Uint8Array(5);
  head[0] = VERSION;
  new DataView(head.buffer).setUint32(1, delta.length, true);
  const parts: Uint8Array[] = [head];
  for (const { key, before, after } of delta) {
    parts.push(key, lengthOf(before), before ?? new Uint8Array(0));
    parts.push(lengthOf(after), after ?? new Uint8Array(0));
  }
  return concatBytes(...parts);
}

function lengthOf(value: Uint8Array | undefined): Uint8Array {
  const size = value?.length ?? ABSENT;
  if (value !== undefined && size >= ABSENT) {
    throw new CodedError("too-large", {
      what: "state value",
      sizeBytes: size,
      maxBytes: ABSENT - 1,
    });
  }
  return Uint8Array.of(size & 0xff, size >> 8);
}

/** Reads a delta; throws `bad-encoding` unless the bytes are exactly what `encodeDelta` writes. */
export function decodeDelta(bytes: Uint8Array): StateDelta {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 5 || bytes[0] !== VERSION) throw badDelta("head");
  const count = view.getUint32(1, true);
  let at = 5;
  const take = (size: number): Uint8Array => {
    if (at + size > bytes.length) throw badDelta("cut short");
    at += size;
    return bytes.subarray(at - size, at);
  };
  const takeValue = (): Uint8Array | undefined => {
    const [low = 0, high = 0] = take(2);
    const size = low | (high << 8);
    return size === ABSENT ? undefined : take(size);
  };
  const delta: StateChange[] = [];
  for (let index = 0; index < count; index++) {
    const key = take(KEY_BYTES);
    const previous = delta.at(-1);
    if (previous !== undefined && compareBytes(previous.key, key) >= 0) throw badDelta("key order");
    delta.push({ key, before: takeValue(), after: takeValue() });
  }
  if (at !== bytes.length) throw badDelta("bytes left over");
  return delta;
}

function badDelta(reason: string): CodedError {
  return new CodedError("bad-encoding", { what: "state delta", reason });
}

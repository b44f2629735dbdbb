/**
 * One kind of record of a module in the state map (HDR-4), by its own key. Keeps the layout in one place
 * for readers and writers; a value that does not fit its layout is a damaged state, never a default.
 *
 * @module
 */
import type { Coder } from "../../kernel/codec.ts";
import { strictDecode, strictEncode } from "../../kernel/codec.ts";
import { CodedError } from "../../kernel/errors.ts";
import type { StateMap } from "../state-map.ts";
import { stateDelete, stateGet, stateKey, stateSet } from "../state-map.ts";

/** Reads and writes the records of one table. */
export interface StateTable<T> {
  /** Key of the record in the state map. */
  key(key: Uint8Array): Uint8Array;
  /** The record, or undefined; throws `bad-state-value {module}`. */
  get(map: StateMap, key: Uint8Array): T | undefined;
  set(map: StateMap, key: Uint8Array, value: T): StateMap;
  delete(map: StateMap, key: Uint8Array): StateMap;
}

/** The table named `name`; its records have at most `maxBytes` bytes. */
export function stateTable<T>(name: string, coder: Coder<T>, maxBytes: number): StateTable<T> {
  const key = (own: Uint8Array): Uint8Array => stateKey(name, own);
  return {
    key,
    get: (map, own) => {
      const bytes = stateGet(map, key(own));
      if (bytes === undefined) return undefined;
      try {
        return strictDecode(coder, bytes, maxBytes, name);
      } catch (cause) {
        const data = { module: name, sizeBytes: bytes.length };
        throw new CodedError("bad-state-value", data, { cause });
      }
    },
    set: (map, own, value) => stateSet(map, key(own), strictEncode(coder, value, maxBytes, name)),
    delete: (map, own) => stateDelete(map, key(own)),
  };
}

/** A u32 as a key, little-endian. */
export function u32Key(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}

/**
 * Lines of the ordered index, shared by all three stores. Keys are text of [0-9a-z/] only, because those
 * sort alike in JavaScript, IndexedDB (UTF-16) and LevelDB (UTF-8); any other key is refused.
 *
 * @module
 */
import type { IndexQuery, IndexRow } from "../chain/ports/store.ts";
import { bytesFromRow, ownBytes } from "./rows.ts";

/** Most lines of one answer of `Store.index`. */
export const MAX_INDEX_ROWS = 1_000;

const INDEX_KEY = /^[0-9a-z/]+$/;
/** The character after `z`: a prefix and this is beyond all keys that begin with the prefix. */
const BEYOND = "{";

/** Keys from `lower` (itself only where `lowerOpen` is false) up to `upper`, which is never in it. */
export interface IndexRange {
  readonly lower: string;
  readonly lowerOpen: boolean;
  readonly upper: string;
}

/** Copies of the lines of a commit; throws a `RangeError` for a key that does not sort alike everywhere. */
export function ownIndexRows(rows: readonly IndexRow[]): IndexRow[] {
  return rows.map(({ key, value }) => {
    if (!INDEX_KEY.test(key)) throw new RangeError(`index key ${key.slice(0, 80)}`);
    return { key, value: ownBytes(value) };
  });
}

/**
 * A line as it was read. A damaged one comes with an empty value instead of being left out: a page that
 * is shorter than its limit is the last one.
 */
export function indexRowFrom(key: string, row: unknown): IndexRow {
  return { key, value: bytesFromRow(row) ?? new Uint8Array() };
}

/** The range of a query, `undefined` when no key can be in it; throws a `RangeError` for a bad limit. */
export function rangeFromQuery({
  prefix,
  after,
  limit,
  reverse,
}: IndexQuery): IndexRange | undefined {
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_INDEX_ROWS) {
    throw new RangeError(`limit of ${limit} lines`);
  }
  const all: IndexRange = { lower: prefix, lowerOpen: false, upper: prefix + BEYOND };
  const range = after === undefined ? all : reverse ? below(all, after) : above(all, after);
  return range.lower < range.upper ? range : undefined;
}

function above(range: IndexRange, key: string): IndexRange {
  return key < range.lower ? range : { ...range, lower: key, lowerOpen: true };
}

function below(range: IndexRange, key: string): IndexRange {
  return key < range.upper ? { ...range, upper: key } : range;
}

/**
 * Keys of a story in LevelDB, and how they moved from one version of the schema to the next. The whole
 * layout is described in `level-database.ts`.
 *
 * @module
 */
import type { BlockId } from "../kernel/brand.ts";
import type { LevelChange, LevelMoves } from "./level-database.ts";
import type { RecordKey } from "./rows.ts";

/** Key of the encoded genesis. */
export const GENESIS_KEY = "meta!genesis";
/** Key of the best block's id. */
export const TIP_KEY = "meta!tip";

/** Twelve hex digits hold every safe height that 15 s rounds reach in millions of years. */
const HEIGHT_DIGITS = 12;
/** A micro index is a u32 in the header (HDR-1). */
const MICRO_DIGITS = 8;

/** Key of a body. */
export const bodyKey = (id: BlockId): string => `bodies!${id}`;
/** Key of the line that holds a record's key. */
export const placeKey = (id: string): string => `places!${id}`;
/** Key of a line of the ordered index. */
export const indexKey = (key: string): string => `index!${key}`;

/** Key of a record: sorts by height, then micro index, then id. */
export function recordKey({ height, microIndex, id }: RecordKey): string {
  const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, "0");
  return `records!${hex(height, HEIGHT_DIGITS)}!${hex(microIndex, MICRO_DIGITS)}!${id}`;
}

/** What `recordKey` was made from. */
export function partsOfRecordKey(key: string): RecordKey {
  const [, height = "", microIndex = "", id = ""] = key.split("!");
  return { height: Number.parseInt(height, 16), microIndex: Number.parseInt(microIndex, 16), id };
}

/** The changes that put a record at its key. */
export function placeRecord(key: RecordKey, row: unknown): LevelChange[] {
  const place = recordKey(key);
  return [
    [place, row],
    [placeKey(key.id), place],
  ];
}

/** From `records!<height>!<id>` and a table `heights` to today's keys; the old key says it all, so a damaged row moves, too. */
function moveRecordOfVersion1(oldKey: string, row: unknown): LevelChange[] {
  const [, height = "", id = ""] = oldKey.split("!");
  const key = { height: Number.parseInt(height, 16), microIndex: 0, id };
  return [[`heights!${id}`, undefined], ...placeRecord(key, row)];
}

/** How records moved, by the version that moved them. */
export const STORY_MOVES: LevelMoves = { 2: moveRecordOfVersion1 };

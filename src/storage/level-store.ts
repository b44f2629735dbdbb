/**
 * `Store` on LevelDB, for the lighthouse and the command line (Node only, STO-1). The layout of keys is
 * described in `level-database.ts`.
 *
 * @module
 */
import { readdir, stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import type {
  BlockRecord,
  Commit,
  IndexQuery,
  IndexRow,
  Store,
  StoreUsage,
} from "../chain/ports/store.ts";
import { type BlockId, blockIdFromHex } from "../kernel/brand.ts";
import { indexRowFrom, ownIndexRows, rangeFromQuery } from "./index-rows.ts";
import {
  type Level,
  type LevelChange,
  type LevelDatabase,
  type LevelOptions,
  type LevelPlan,
  openLevelDatabase,
  rowFromBytes,
  tableRange,
} from "./level-database.ts";
import {
  bodyKey,
  GENESIS_KEY,
  indexKey,
  partsOfRecordKey,
  placeKey,
  placeRecord,
  STORY_MOVES,
  TIP_KEY,
} from "./level-keys.ts";
import {
  bytesFromRow,
  checkSameStory,
  ownBytes,
  RECORDS_PER_BATCH,
  recordFromRow,
  rowFromRecord,
} from "./rows.ts";
import { STORY_SCHEMA } from "./schema.ts";

type Entry = [key: string, value: Uint8Array];

function recordFromEntry([key, value]: Entry): BlockRecord {
  return recordFromRow(rowFromBytes(value), partsOfRecordKey(key));
}

/** Removes records by id: their keys begin with their height, so the `places` table knows them. */
async function removalOfRecords(level: Level, ids: readonly BlockId[]): Promise<LevelChange[]> {
  const places = await level.getMany(ids.map(placeKey));
  return places.flatMap((value): LevelChange[] => {
    const key = rowFromBytes(value);
    return typeof key === "string" ? [[key, undefined]] : [];
  });
}

function planCommit({ blocks, index, tip }: Commit): LevelPlan {
  const rows = blocks.map(({ record, body }) => ({
    record: rowFromRecord(record),
    body: ownBytes(body),
  }));
  const lines = ownIndexRows(index);
  return async (level) => [
    ...(await removalOfRecords(
      level,
      rows.map(({ record }) => record.id),
    )),
    ...rows.flatMap(({ record, body }): LevelChange[] => [
      ...placeRecord(record, record),
      [bodyKey(record.id), body],
    ]),
    ...lines.map(({ key, value }): LevelChange => [indexKey(key), value]),
    [TIP_KEY, tip],
  ];
}

function planDiscard(ids: readonly BlockId[], tip: BlockId | undefined): LevelPlan {
  const removed = [...ids];
  return async (level) => [
    ...(await removalOfRecords(level, removed)),
    ...removed.flatMap((id): LevelChange[] => [
      [placeKey(id), undefined],
      [bodyKey(id), undefined],
    ]),
    [TIP_KEY, tip],
  ];
}

function planGenesis(genesis: Uint8Array): LevelPlan {
  const row = ownBytes(genesis);
  return async (level) => {
    const stored = bytesFromRow(rowFromBytes(await level.get(GENESIS_KEY)));
    if (stored) checkSameStory(stored, row);
    return stored ? [] : [[GENESIS_KEY, row]];
  };
}

async function* records(database: LevelDatabase): ReturnType<Store["records"]> {
  for (let range: { gt?: string; gte?: string; lt: string } = tableRange("records"); ; ) {
    const entries = await database.read("records", (level) =>
      level.iterator({ ...range, limit: RECORDS_PER_BATCH }).all(),
    );
    const last = entries.at(-1);
    if (!last) return;
    yield await database.read("records", async () => entries.map(recordFromEntry));
    if (entries.length < RECORDS_PER_BATCH) return;
    range = { gt: last[0], lt: range.lt };
  }
}

async function index(level: Level, query: IndexQuery): Promise<IndexRow[]> {
  const range = rangeFromQuery(query);
  if (!range) return [];
  const entries = await level
    .iterator({
      [range.lowerOpen ? "gt" : "gte"]: indexKey(range.lower),
      lt: indexKey(range.upper),
      limit: query.limit,
      reverse: query.reverse ?? false,
    })
    .all();
  return entries.map(([key, value]) =>
    indexRowFrom(key.slice(indexKey("").length), rowFromBytes(value)),
  );
}

/** Bytes of the folder's files, and what they and the disk's free space come to. */
async function folderUsage(folder: string): Promise<StoreUsage> {
  let usedBytes = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    // A compaction may remove a file between the listing and this line.
    usedBytes += await stat(join(entry.parentPath, entry.name)).then(
      ({ size }) => size,
      () => 0,
    );
  }
  const { bavail, bsize } = await statfs(folder);
  return { usedBytes, quotaBytes: usedBytes + bavail * bsize };
}

/** Opens (and creates) a story's folder; errors as in `Store`, `store-blocked` while another process has it. */
export async function openLevelStore(options: LevelOptions): Promise<Store> {
  const database = await openLevelDatabase(options, STORY_SCHEMA, STORY_MOVES);
  const readRow = (operation: string, key: string): Promise<unknown> =>
    database.read(operation, async (level) => rowFromBytes(await level.get(key)));
  return {
    genesis: async () => bytesFromRow(await readRow("genesis", GENESIS_KEY)),
    putGenesis: (genesis) => database.write("put-genesis", () => planGenesis(genesis)),
    async tip() {
      const row = await readRow("tip", TIP_KEY);
      return typeof row === "string" ? blockIdFromHex(row) : undefined;
    },
    records: () => records(database),
    commit: (change) => database.write("commit", () => planCommit(change)),
    bodies: (ids) =>
      database.read("bodies", async (level) => {
        const values = await level.getMany(ids.map(bodyKey));
        return values.map((value) => bytesFromRow(rowFromBytes(value)));
      }),
    index: (query) => database.read("index", (level) => index(level, query)),
    replaceBody: (id, body) =>
      database.write("replace-body", () => {
        const row = ownBytes(body);
        return async () => [[bodyKey(id), row]];
      }),
    discard: (ids, tip) => database.write("discard", () => planDiscard(ids, tip)),
    usage: () => database.read("usage", () => folderUsage(options.folder)),
    close: () => database.close(),
    erase: () => database.erase(),
  };
}

/**
 * `Store` on IndexedDB, for tabs (STO-1). One strict transaction for each commit: measured at 1.5 ms
 * for one block, and nothing slower than a relaxed one from 1,000 blocks up, so there is no second way.
 *
 * @module
 */
import type { Commit, IndexQuery, IndexRow, Store, StoreUsage } from "../chain/ports/store.ts";
import { type BlockId, blockIdFromHex } from "../kernel/brand.ts";
import {
  type IdbDatabase,
  type IdbOptions,
  openIdbDatabase,
  requestAll,
  type WriteTransaction,
} from "./idb-database.ts";
import { indexRowFrom, ownIndexRows, rangeFromQuery } from "./index-rows.ts";
import {
  bytesFromRow,
  checkSameStory,
  ownBytes,
  RECORDS_PER_BATCH,
  type RecordKey,
  recordFromRow,
  rowFromRecord,
  wholeNumberFrom,
} from "./rows.ts";
import { HEIGHT_INDEX, STORY_SCHEMA } from "./schema.ts";

/** Where a row stands; fields that are damaged count as 0. */
function keyFromRow(row: unknown): RecordKey {
  const object = Object(row);
  return {
    height: wholeNumberFrom(Reflect.get(object, "height")),
    microIndex: wholeNumberFrom(Reflect.get(object, "microIndex")),
    id: String(Reflect.get(object, "id")),
  };
}

/**
 * A row whose height or micro index is damaged is not in the index, so no reading would find it, and the
 * chain would never discard it (STO-4). It gets zeros instead.
 */
async function showStrays(database: IdbDatabase): Promise<void> {
  const strays = await database.read("records", ["records"], async (transaction) => {
    const table = transaction.objectStore("records");
    return (await table.count()) - (await table.index(HEIGHT_INDEX).count());
  });
  if (strays === 0) return;
  await database.write("records", ["records"], async (transaction) => {
    let cursor = await transaction.objectStore("records").openCursor();
    for (; cursor; cursor = await cursor.continue()) {
      const row: unknown = cursor.value;
      const { height, microIndex } = keyFromRow(row);
      await cursor.update({ ...Object(row), height, microIndex });
    }
  });
}

/** Of the whole origin: browsers give no figure for one database. */
async function originUsage(): Promise<StoreUsage> {
  // Absent over plain http, and outside of browsers.
  const storage = "navigator" in globalThis && "storage" in navigator && navigator.storage;
  if (!storage) return { usedBytes: undefined, quotaBytes: undefined };
  const { usage, quota } = await storage.estimate();
  return { usedBytes: usage, quotaBytes: quota };
}

async function* records(database: IdbDatabase): ReturnType<Store["records"]> {
  await showStrays(database);
  for (let after: IDBValidKey[] | undefined; ; ) {
    const { batch, last } = await database.read("records", ["records"], async (transaction) => {
      const byPlace = transaction.objectStore("records").index(HEIGHT_INDEX);
      const range = after && IDBKeyRange.lowerBound(after, true);
      const rows: unknown[] = await byPlace.getAll(range, RECORDS_PER_BATCH);
      return { batch: rows.map((row) => recordFromRow(row, keyFromRow(row))), last: rows.at(-1) };
    });
    if (batch.length > 0) yield batch;
    if (batch.length < RECORDS_PER_BATCH) return;
    // As the index has it, also where it is damaged: reading must go on behind it.
    const field = (name: keyof RecordKey): IDBValidKey => Reflect.get(Object(last), name);
    after = [field("height"), field("microIndex"), field("id")];
  }
}

async function index(database: IdbDatabase, query: IndexQuery): Promise<IndexRow[]> {
  return database.read("index", ["index"], async (transaction) => {
    const range = rangeFromQuery(query);
    const rows: IndexRow[] = [];
    if (!range) return rows;
    const table = transaction.objectStore("index");
    const keys = IDBKeyRange.bound(range.lower, range.upper, range.lowerOpen, true);
    let cursor = await table.openCursor(keys, query.reverse ? "prev" : "next");
    for (; cursor; cursor = rows.length < query.limit ? await cursor.continue() : null) {
      // Other keys are not in a range between texts; the engine's types do not know it.
      if (typeof cursor.key === "string") rows.push(indexRowFrom(cursor.key, cursor.value));
    }
    return rows;
  });
}

async function commit(transaction: WriteTransaction, change: Commit): Promise<void> {
  // Copied before the first request: a caller may change its arrays as soon as the call returned.
  const rows = change.blocks.map(({ record, body }) => ({
    record: rowFromRecord(record),
    body: ownBytes(body),
  }));
  const lines = ownIndexRows(change.index);
  const table = (name: string) => transaction.objectStore(name);
  await Promise.all([
    requestAll(rows, ({ record }) => table("records").put(record)),
    requestAll(rows, ({ record, body }) => table("bodies").put(body, record.id)),
    requestAll(lines, ({ key, value }) => table("index").put(value, key)),
    requestAll([change.tip], (id) => table("meta").put(id, "tip")),
  ]);
}

async function discard(
  transaction: WriteTransaction,
  ids: readonly BlockId[],
  tip: BlockId | undefined,
): Promise<void> {
  const meta = transaction.objectStore("meta");
  await Promise.all([
    requestAll(ids, (id) => transaction.objectStore("records").delete(id)),
    requestAll(ids, (id) => transaction.objectStore("bodies").delete(id)),
    requestAll<unknown, unknown>([tip], (id) =>
      id === undefined ? meta.delete("tip") : meta.put(id, "tip"),
    ),
  ]);
}

/** Opens (and creates) a story's database; errors as in `Store`. */
export async function openIdbStore(options: IdbOptions): Promise<Store> {
  const database = await openIdbDatabase(options, STORY_SCHEMA);
  const readMeta = (operation: string, key: string): Promise<unknown> =>
    database.read(
      operation,
      ["meta"],
      async (transaction): Promise<unknown> => transaction.objectStore("meta").get(key),
    );
  return {
    genesis: async () => bytesFromRow(await readMeta("genesis", "genesis")),
    putGenesis: (genesis) =>
      database.write("put-genesis", ["meta"], async (transaction) => {
        const row = ownBytes(genesis);
        const meta = transaction.objectStore("meta");
        const stored = bytesFromRow(await meta.get("genesis"));
        if (stored) checkSameStory(stored, row);
        else await meta.put(row, "genesis");
      }),
    async tip() {
      const row = await readMeta("tip", "tip");
      return typeof row === "string" ? blockIdFromHex(row) : undefined;
    },
    records: () => records(database),
    commit: (change) =>
      database.write("commit", ["records", "bodies", "index", "meta"], (transaction) =>
        commit(transaction, change),
      ),
    bodies: (ids) =>
      database.read("bodies", ["bodies"], async (transaction) => {
        const table = transaction.objectStore("bodies");
        const rows = await requestAll(ids, (id): Promise<unknown> => table.get(id));
        return rows.map(bytesFromRow);
      }),
    index: (query) => index(database, query),
    replaceBody: (id, body) =>
      database.write("replace-body", ["bodies"], async (transaction) => {
        await transaction.objectStore("bodies").put(ownBytes(body), id);
      }),
    discard: (ids, tip) =>
      database.write("discard", ["records", "bodies", "meta"], (transaction) =>
        discard(transaction, ids, tip),
      ),
    usage: () => database.run("usage", originUsage),
    async close() {
      database.close();
    },
    erase: () => database.erase(),
  };
}

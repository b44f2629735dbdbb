/**
 * `Store` on IndexedDB, for tabs (STO-1). One strict transaction for each commit: measured at 1.5 ms
 * for one block, and nothing slower than a relaxed one from 1,000 blocks up, so there is no second way.
 *
 * @module
 */
import type { Commit, Store, StoreUsage } from "../chain/ports/store.ts";
import { type BlockId, blockIdFromHex } from "../kernel/brand.ts";
import {
  type IdbDatabase,
  type IdbOptions,
  openIdbDatabase,
  requestAll,
  type WriteTransaction,
} from "./idb-database.ts";
import {
  bytesFromRow,
  checkSameStory,
  ownBytes,
  RECORDS_PER_BATCH,
  recordFromRow,
  rowFromRecord,
} from "./rows.ts";
import { HEIGHT_INDEX, STORY_SCHEMA } from "./schema.ts";

type HeightKey = readonly [height: number, id: string];

/** The index holds only rows whose height and id are valid keys; others cannot come here. */
function keyFromRow(row: unknown): { height: number; id: string } {
  const object = Object(row);
  return { height: Number(Reflect.get(object, "height")), id: String(Reflect.get(object, "id")) };
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
  for (let after: HeightKey | undefined; ; ) {
    const batch = await database.read("records", ["records"], async (transaction) => {
      const index = transaction.objectStore("records").index(HEIGHT_INDEX);
      const range = after && IDBKeyRange.lowerBound([...after], true);
      const rows: unknown[] = await index.getAll(range, RECORDS_PER_BATCH);
      return rows.map((row) => recordFromRow(row, keyFromRow(row)));
    });
    const last = batch.at(-1);
    if (last) yield batch;
    if (!last || batch.length < RECORDS_PER_BATCH) return;
    after = [last.height, last.id];
  }
}

async function commit(transaction: WriteTransaction, { blocks, tip }: Commit): Promise<void> {
  // Copied before the first request: a caller may change its arrays as soon as the call returned.
  const rows = blocks.map(({ record, body }) => ({
    record: rowFromRecord(record),
    body: ownBytes(body),
  }));
  const [records, bodies] = [transaction.objectStore("records"), transaction.objectStore("bodies")];
  await Promise.all([
    requestAll(rows, ({ record }) => records.put(record)),
    requestAll(rows, ({ record, body }) => bodies.put(body, record.id)),
    requestAll([tip], (id) => transaction.objectStore("meta").put(id, "tip")),
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
      database.write("commit", ["records", "bodies", "meta"], (transaction) =>
        commit(transaction, change),
      ),
    bodies: (ids) =>
      database.read("bodies", ["bodies"], async (transaction) => {
        const table = transaction.objectStore("bodies");
        const rows = await requestAll(ids, (id): Promise<unknown> => table.get(id));
        return rows.map(bytesFromRow);
      }),
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

/**
 * The worked migration on IndexedDB (STO-2): a database of version 1 opens as version 2 with everything in
 * it, or stays version 1. Runs on fake-indexeddb and in a real browser alike.
 *
 * @module
 */
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import type { Store } from "../chain/ports/store.ts";
import { deleteIdbDatabase } from "./idb-database.ts";
import { openIdbStore } from "./idb-store.ts";
import { changeOf, madeUpBlock, madeUpBytes, madeUpId, readAll } from "./testing/made-up.ts";
import {
  madeUpStoryVersion1,
  migratedRecords,
  type StoryVersion1,
  writeIdbVersion1,
} from "./testing/version-1.ts";

/** What stands in a database, seen with the engine alone. */
interface Facts {
  readonly version: number;
  readonly tables: readonly string[];
  readonly heightIndex: string | readonly string[];
  readonly records: readonly unknown[];
}

async function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error ?? new TypeError("request")));
  });
}

async function factsOf(name: string): Promise<Facts> {
  const database = await settled(indexedDB.open(name));
  const records = database.transaction("records").objectStore("records");
  const facts = {
    version: database.version,
    tables: [...database.objectStoreNames],
    heightIndex: records.index("height").keyPath,
    records: await settled(records.getAll()),
  };
  database.close();
  return facts;
}

function byId(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : 1;
}

function factsVersion1({ blocks }: StoryVersion1): Facts {
  return {
    version: 1,
    tables: ["bodies", "meta", "records"],
    heightIndex: ["height", "id"],
    records: blocks.map(({ record }) => record).toSorted(byId),
  };
}

async function expectMigrated(store: Store, story: StoryVersion1): Promise<void> {
  expect(await store.genesis()).toEqual(story.genesis);
  expect(await store.tip()).toBe(story.tip);
  expect((await readAll(store)).records).toEqual(migratedRecords(story));
  const ids = story.blocks.map(({ record }) => record.id);
  expect(await store.bodies(ids)).toEqual(story.blocks.map(({ body }) => body));
  expect(await store.index({ prefix: "", limit: 9 })).toEqual([]);
}

let counter = 0;

async function freshVersion1(story: StoryVersion1): Promise<string> {
  const name = `migration-${Date.now().toString(36)}-${counter++}`;
  await writeIdbVersion1(indexedDB, name, story);
  onTestFinished(() => deleteIdbDatabase(indexedDB, name));
  return name;
}

async function openTracked(name: string): Promise<Store> {
  const store = await openIdbStore({ name });
  onTestFinished(() => store.close());
  return store;
}

/** The engine's own method, to be called through with its object. */
function methodOf<T, K extends keyof T>(prototype: T, name: K): T[K] {
  return prototype[name];
}

/** Ends the upgrade's transaction where a crash would: after the row of that number was rewritten. */
function abortAfterRow(nth: number): void {
  const update = methodOf(IDBCursor.prototype, "update");
  let count = 0;
  vi.spyOn(IDBCursor.prototype, "update").mockImplementation(function (this: IDBCursor, row) {
    const request = update.call(this, row);
    const { source } = this;
    if (++count === nth && source instanceof IDBObjectStore) source.transaction.abort();
    return request;
  });
}

/** The same at a later moment: when the new index or the new table has been made. */
function abortAtCreation(of: "index" | "table"): void {
  if (of === "index") {
    const createIndex = methodOf(IDBObjectStore.prototype, "createIndex");
    vi.spyOn(IDBObjectStore.prototype, "createIndex").mockImplementation(function (
      this: IDBObjectStore,
      ...given
    ) {
      const index = createIndex.apply(this, given);
      this.transaction.abort();
      return index;
    });
  } else {
    const createTable = methodOf(IDBDatabase.prototype, "createObjectStore");
    vi.spyOn(IDBDatabase.prototype, "createObjectStore").mockImplementation(function (
      this: IDBDatabase,
      ...given
    ) {
      const table = createTable.apply(this, given);
      table.transaction.abort();
      return table;
    });
  }
}

/** Declares the suite for the platform's `indexedDB`. */
export function describeIdbMigration(platform: string): void {
  describe(`${platform}: from version 1 to 2`, () => {
    afterEach(() => vi.restoreAllMocks());

    it("[STO-2] [STO-1] a database of version 1 opens as version 2 with everything in it", async () => {
      const story = madeUpStoryVersion1(30);
      const name = await freshVersion1(story);
      expect(await factsOf(name)).toEqual(factsVersion1(story));
      const store = await openTracked(name);
      await expectMigrated(store, story);
      await store.close();
      expect(await factsOf(name)).toEqual({
        version: 2,
        tables: ["bodies", "index", "meta", "records"],
        heightIndex: ["height", "microIndex", "id"],
        records: migratedRecords(story).toSorted(byId),
      });
      await expectMigrated(await openTracked(name), story);
    });

    it("[STO-2] [STO-1] what was migrated is used as what is new: microblocks, index, discard", async () => {
      const story = madeUpStoryVersion1(4);
      const store = await openTracked(await freshVersion1(story));
      const micro = madeUpBlock(100, 2, 1);
      const line = { key: "acct/1", value: madeUpBytes(5, 30) };
      await store.commit(changeOf([micro], micro.record.id, [line]));
      await store.discard([madeUpId(3)], madeUpId(2));
      const places = (await readAll(store)).records.map((record) => [
        record.height,
        record.microIndex,
      ]);
      expect(places).toEqual([
        [1, 0],
        [1, 0],
        [2, 0],
        [2, 1],
        [4, 0],
        [4, 0],
      ]);
      expect(await store.index({ prefix: "acct/", limit: 9 })).toEqual([line]);
    });

    it("[STO-2] an empty database of version 1 opens, too", async () => {
      const name = await freshVersion1({ ...madeUpStoryVersion1(0), blocks: [] });
      expect((await readAll(await openTracked(name))).records).toEqual([]);
    });

    it.each([
      ["at the first row", () => abortAfterRow(1)],
      ["in the middle of the rows", () => abortAfterRow(20)],
      ["at the last row", () => abortAfterRow(40)],
      ["with the new index", () => abortAtCreation("index")],
      ["with the new table", () => abortAtCreation("table")],
    ])(
      "[STO-2] a migration that is cut off %s leaves version 1 whole, and is repeated",
      async (_, cut) => {
        const story = madeUpStoryVersion1(30);
        const name = await freshVersion1(story);
        cut();
        await expect(openIdbStore({ name })).rejects.toMatchObject({ code: "store-failed" });
        vi.restoreAllMocks();
        expect(await factsOf(name)).toEqual(factsVersion1(story));
        await expectMigrated(await openTracked(name), story);
      },
    );

    it("[STO-4] damaged rows of version 1 come through, to be found out by the chain", async () => {
      const story = madeUpStoryVersion1(3);
      const [first, second] = story.blocks;
      const damaged = [
        { ...first?.record, header: "?" },
        { ...second?.record, height: "?" },
      ];
      const blocks = damaged.map((record) => ({ record: Object(record), body: madeUpBytes(1, 1) }));
      const name = await freshVersion1({ ...story, blocks: [...blocks, ...story.blocks.slice(2)] });
      const { records } = await readAll(await openTracked(name));
      expect(records).toHaveLength(story.blocks.length);
      expect(records).toContainEqual({ ...first?.record, microIndex: 0, header: new Uint8Array() });
      expect(records).toContainEqual({ ...second?.record, microIndex: 0, height: 0 });
    });

    it("[STO-2] a database of version 3 is refused, and nothing in it is touched", async () => {
      const story = madeUpStoryVersion1(6);
      const name = await freshVersion1(story);
      const request = indexedDB.open(name, 3);
      request.addEventListener("upgradeneeded", () => request.result.createObjectStore("later"));
      (await settled(request)).close();
      const before = await factsOf(name);
      expect(before.version).toBe(3);
      await expect(openIdbStore({ name })).rejects.toMatchObject({
        code: "store-newer-schema",
        data: { found: 3, known: 2 },
      });
      expect(await factsOf(name)).toEqual(before);
    });
  });
}

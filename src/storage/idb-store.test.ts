/**
 * The acceptance suite and the fault paths that no real browser shows on demand (aborts, a promise that
 * never settles, a connection that is ended), on fake-indexeddb. Above 300 lines: one fault after another.
 *
 * @module
 */
import "fake-indexeddb/auto";
import { forceCloseDatabase, IDBFactory as SeparateFactory } from "fake-indexeddb";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import type { KeyValueStore, Store } from "../chain/ports/store.ts";
import { deleteIdbDatabase, openIdbDatabase } from "./idb-database.ts";
import { openIdbKeyValueStore } from "./idb-key-value.ts";
import { openIdbStore } from "./idb-store.ts";
import { describeKeyValueStore } from "./key-value-acceptance.ts";
import { type Schema, SLOT_SCHEMA, STORY_SCHEMA, schemaVersion } from "./schema.ts";
import { describeStore } from "./store-acceptance.ts";
import { commitOf, madeUpBlock, madeUpBytes, madeUpId, readAll } from "./testing/made-up.ts";
import type { TimeLimits } from "./timeouts.ts";

describeStore("IndexedDB (fake)", (name) => openIdbStore({ name }), {
  openAfterCrash: (name) => openIdbStore({ name }),
  // Node knows no StorageManager; the browser's is tried in idb-store.browser.test.ts.
  usage: [false, false],
});
describeKeyValueStore("IndexedDB (fake)", (name) => openIdbKeyValueStore({ name }));

/** An event target that never answers; it has the request's prototype, so that idb takes it for one. */
const silentTarget = {
  addEventListener: { value: () => undefined },
  removeEventListener: { value: () => undefined },
};

const OPEN_MS = 112;
const MIGRATION_MS = 1_112;
const OPERATION_MS = 224;
const BLOCKED_MS = 333;

/** Lets both halves of a time limit pass. */
function expire(due: Map<number, () => void>, timeoutMs: number): void {
  for (let half = 0; half < 2; half++) {
    const onDue = due.get(timeoutMs / 2);
    due.delete(timeoutMs / 2);
    onDue?.();
  }
}

/** Limits whose timers are due when the test says so. */
function createManualLimits(): { limits: TimeLimits; due: Map<number, () => void> } {
  const due = new Map<number, () => void>();
  const limits: TimeLimits = {
    openTimeoutMs: OPEN_MS,
    migrationTimeoutMs: MIGRATION_MS,
    operationTimeoutMs: OPERATION_MS,
    blockedTimeoutMs: BLOCKED_MS,
    timer: {
      start(delayMs, onDue) {
        due.set(delayMs, onDue);
        return () => {
          if (due.get(delayMs) === onDue) due.delete(delayMs);
        };
      },
    },
  };
  return { limits, due };
}

const names = { counter: 0 };
const freshName = (): string => `fault-${names.counter++}`;

async function openTracked(name: string, limits?: TimeLimits): Promise<Store> {
  const store = await openIdbStore(limits ? { name, limits } : { name });
  onTestFinished(() => store.close());
  return store;
}

afterEach(() => vi.restoreAllMocks());

/** Breaks the transaction at its n-th put, as `fault` says. */
function breakAtPut(nth: number, fault: (transaction: IDBTransaction) => void): void {
  const put = IDBObjectStore.prototype.put;
  let count = 0;
  vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (
    this: IDBObjectStore,
    ...given
  ) {
    const request = put.apply(this, given);
    if (++count === nth) fault(this.transaction);
    return request;
  });
}

describe("IndexedDB faults", () => {
  it.each([1, 2, 3, 5, 7, 8, 9])(
    "[STO-1] a commit aborted by the engine at its put number %i leaves nothing",
    async (nth) => {
      const store = await openTracked(freshName());
      await store.commit(commitOf(1));
      breakAtPut(nth, (transaction) => transaction.abort());
      const index = ["a", "b"].map((key) => ({ key, value: madeUpBytes(1, 9) }));
      // Three records, three bodies, two lines, the tip.
      const change = { ...commitOf(2, 3, 4), index };
      await expect(store.commit(change)).rejects.toMatchObject({
        code: "store-failed",
        data: { operation: "commit" },
      });
      vi.restoreAllMocks();
      expect(await store.index({ prefix: "", limit: 9 })).toEqual([]);
      expect((await readAll(store)).records).toEqual([madeUpBlock(1).record]);
      expect(await store.bodies([2, 3, 4].map(madeUpId))).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
      expect(await store.tip()).toBe(madeUpId(1));
      await store.commit(change);
      expect(await store.index({ prefix: "", limit: 9 })).toEqual(index);
      expect(await store.tip()).toBe(madeUpId(4));
    },
  );

  it("[STO-1] every write asks for strict durability", async () => {
    const transaction = vi.spyOn(IDBDatabase.prototype, "transaction");
    const store = await openTracked(freshName());
    await store.putGenesis(madeUpBytes(1, 10));
    await store.commit(commitOf(1));
    await store.replaceBody(madeUpId(1), madeUpBytes(1, 10));
    await store.discard([madeUpId(1)], undefined);
    const writes = transaction.mock.calls.filter(([, mode]) => mode === "readwrite");
    expect(writes).toHaveLength(4);
    for (const [, , options] of writes) expect(options).toEqual({ durability: "strict" });
  });

  it("[STO-4] a full disk while committing is store-full, and nothing is kept", async () => {
    const store = await openTracked(freshName());
    await store.commit(commitOf(1));
    // As browsers do: the transaction itself aborts, with QuotaExceededError as its error.
    breakAtPut(4, (transaction) => {
      const abort: unknown = Reflect.get(transaction, "_abort");
      if (typeof abort !== "function") throw new TypeError("fake-indexeddb has no _abort any more");
      abort.call(transaction, "QuotaExceededError");
    });
    await expect(store.commit(commitOf(2, 3))).rejects.toMatchObject({
      code: "store-full",
      data: { operation: "commit" },
    });
    vi.restoreAllMocks();
    expect((await readAll(store)).records).toEqual([madeUpBlock(1).record]);
  });

  it("[STO-4] a put that throws QuotaExceededError is store-full", async () => {
    const store = await openIdbKeyValueStore({ name: freshName() });
    onTestFinished(() => store.close());
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementationOnce(() => {
      throw new DOMException("full", "QuotaExceededError");
    });
    await expect(store.put("draft", "text")).rejects.toMatchObject({
      code: "store-full",
      data: { operation: "put" },
    });
    expect(await store.get("draft")).toBeUndefined();
  });

  it("[STO-4] opening that never settles is store-timeout, and a late connection is closed", async () => {
    const name = freshName();
    const factory = new SeparateFactory();
    const { limits, due } = createManualLimits();
    const never: IDBFactory = Object.create(factory, {
      open: { value: () => Object.create(IDBOpenDBRequest.prototype, silentTarget) },
    });
    const opening = openIdbStore({ name, indexedDB: never, limits });
    expire(due, OPEN_MS);
    await expect(opening).rejects.toMatchObject({
      code: "store-timeout",
      data: { operation: "open", timeoutMs: OPEN_MS },
    });

    const late = openIdbStore({ name, indexedDB: factory, limits });
    expire(due, OPEN_MS);
    await expect(late).rejects.toMatchObject({ code: "store-timeout" });
    // Deleting ends only when no connection is left: the late one was closed.
    await deleteIdbDatabase(factory, name);
  });

  it("[STO-4] a commit that never settles is store-timeout, and is taken back", async () => {
    const { limits, due } = createManualLimits();
    const store = await openTracked(freshName(), limits);
    await store.commit(commitOf(1));
    const stuck = vi.fn<(request: IDBRequest) => void>();
    const put = IDBObjectStore.prototype.put;
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (
      this: IDBObjectStore,
      ...given
    ) {
      // The request itself is made; the answer never comes.
      stuck(put.apply(this, given));
      return Object.create(IDBRequest.prototype, silentTarget);
    });
    const commit = store.commit(commitOf(2));
    expire(due, OPERATION_MS);
    await expect(commit).rejects.toMatchObject({
      code: "store-timeout",
      data: { operation: "commit", timeoutMs: OPERATION_MS },
    });
    expect(stuck).toHaveBeenCalledTimes(3);
    vi.restoreAllMocks();
    expect(await store.tip()).toBe(madeUpId(1));
    expect((await readAll(store)).records).toEqual([madeUpBlock(1).record]);
  });

  it("[STO-4] after a sleep, an overdue timer alone does not give up a commit", async () => {
    const { limits, due } = createManualLimits();
    const store = await openTracked(freshName(), limits);
    const commit = store.commit(commitOf(1));
    due.get(OPERATION_MS / 2)?.();
    await commit;
    expect(await store.tip()).toBe(madeUpId(1));
    expect(due.size).toBe(0);
  });

  it("[STO-4] a read that never settles is store-timeout", async () => {
    const { limits, due } = createManualLimits();
    const store = await openTracked(freshName(), limits);
    vi.spyOn(IDBObjectStore.prototype, "get").mockImplementation(() =>
      Object.create(IDBRequest.prototype, silentTarget),
    );
    const reading = store.genesis();
    expire(due, OPERATION_MS);
    await expect(reading).rejects.toMatchObject({
      code: "store-timeout",
      data: { operation: "genesis", timeoutMs: OPERATION_MS },
    });
  });

  it("[STO-4] a connection that the browser ends is store-closed, with its reason", async () => {
    const connections: IDBDatabase[] = [];
    const transaction = IDBDatabase.prototype.transaction;
    vi.spyOn(IDBDatabase.prototype, "transaction").mockImplementation(function (
      this: IDBDatabase,
      ...given
    ) {
      connections.push(this);
      return transaction.apply(this, given);
    });
    const store = await openTracked(freshName());
    await store.tip();
    const [connection] = connections;
    expect(connection).toBeDefined();
    const closed = new Promise((resolve) => connection?.addEventListener("close", resolve));
    forceCloseDatabase(Object(connection));
    await closed;
    await expect(store.commit(commitOf(1))).rejects.toMatchObject({
      code: "store-closed",
      data: { operation: "commit", reason: "terminated" },
    });
  });

  it("[STO-4] lets go when another tab erases or upgrades the database", async () => {
    const name = freshName();
    const mine = await openTracked(name);
    const other = await openTracked(name);
    await other.erase();
    await expect(mine.tip()).rejects.toMatchObject({
      code: "store-closed",
      data: { operation: "tip", reason: "version-change" },
    });
  });

  it("[STO-4] says store-blocked when somebody holds on to the database", async () => {
    const name = freshName();
    const { limits, due } = createManualLimits();
    const store = await openTracked(name, limits);
    const rude = indexedDB.open(name, schemaVersion(STORY_SCHEMA));
    await new Promise((resolve) => rude.addEventListener("success", resolve));
    const blocked = new Promise<void>((resolve) => {
      const set = due.set.bind(due);
      vi.spyOn(due, "set").mockImplementation((delayMs, onDue) => {
        if (delayMs === BLOCKED_MS) resolve();
        return set(delayMs, onDue);
      });
    });
    const erasing = store.erase();
    await blocked;
    due.get(BLOCKED_MS)?.();
    await expect(erasing).rejects.toMatchObject({
      code: "store-blocked",
      data: { operation: "erase" },
    });
    rude.result.close();
  });

  it("[STO-4] without IndexedDB it says so", async () => {
    vi.stubGlobal("indexedDB", undefined);
    Reflect.deleteProperty(globalThis, "indexedDB");
    onTestFinished(() => {
      vi.unstubAllGlobals();
    });
    await expect(openIdbStore({ name: "nowhere" })).rejects.toMatchObject({
      code: "store-failed",
      data: { operation: "open" },
    });
  });

  it("[STO-4] a damaged row still comes, empty, so that the chain can find it out", async () => {
    const name = freshName();
    const store = await openTracked(name);
    const index = ["a", "b", "c"].map((key) => ({ key, value: madeUpBytes(1, 9) }));
    await store.commit({ ...commitOf(1, 2), index });
    const raw = await openIdbDatabase({ name }, STORY_SCHEMA);
    await raw.write("damage", ["records", "bodies", "index"], async (transaction) => {
      await transaction.objectStore("records").put({ id: madeUpId(1), height: 1, header: "?" });
      await transaction.objectStore("bodies").put({ not: "bytes" }, madeUpId(1));
      await transaction.objectStore("index").put({ not: "bytes" }, "b");
    });
    raw.close();
    const { records } = await readAll(store);
    const empty = { header: new Uint8Array(), delta: new Uint8Array(), receivedMs: 0 };
    expect(records).toEqual([
      { id: madeUpId(1), height: 1, microIndex: 0, ...empty },
      madeUpBlock(2).record,
    ]);
    expect(await store.bodies([madeUpId(1)])).toEqual([undefined]);
    expect(await store.index({ prefix: "", limit: 9 })).toEqual([
      index[0],
      { key: "b", value: new Uint8Array() },
      index[2],
    ]);
  });

  it.each([
    ["missing", {}],
    ["no numbers", { height: "1", microIndex: "1" }],
    ["no keys", { height: Number.NaN, microIndex: null }],
    ["out of range", { height: -1, microIndex: 0.5 }],
  ])(
    "[STO-4] a row whose place is damaged (%s) still comes, and can be discarded",
    async (_, place) => {
      const name = freshName();
      const store = await openTracked(name);
      await store.commit(commitOf(1, 2, 3));
      const raw = await openIdbDatabase({ name }, STORY_SCHEMA);
      const { height, microIndex, ...rest } = madeUpBlock(2).record;
      await raw.write("damage", ["records"], async (transaction) => {
        await transaction.objectStore("records").put({ ...rest, ...place });
      });
      raw.close();
      const { records } = await readAll(store);
      expect(records).toHaveLength(3);
      expect(records).toContainEqual({ ...rest, height: 0, microIndex: 0 });
      expect([height, microIndex]).toEqual([2, 0]);
      await store.discard([madeUpId(2)], madeUpId(3));
      expect((await readAll(store)).records).toEqual(
        [1, 3].map((seed) => madeUpBlock(seed).record),
      );
    },
  );

  it("[STO-4] reading goes on behind a row whose place has become a text", async () => {
    const name = freshName();
    const store = await openTracked(name);
    const raw = await openIdbDatabase({ name }, STORY_SCHEMA);
    await raw.write("damage", ["records"], async (transaction) => {
      for (let seed = 0; seed < 1_001; seed++) {
        const { record } = madeUpBlock(seed);
        await transaction.objectStore("records").put({ ...record, height: "1" });
      }
    });
    raw.close();
    expect((await readAll(store)).sizes).toEqual([1_000, 1]);
  });
});

const laterSchema: Schema = {
  migrations: [
    ...STORY_SCHEMA.migrations,
    {
      to: 3,
      why: "a test",
      steps: [
        {
          kind: "create-table",
          table: { name: "notes", keyPath: "id", indexes: [{ name: "age", keyPath: ["age"] }] },
        },
        { kind: "delete-table", table: "bodies" },
        {
          kind: "map-rows",
          table: "records",
          map: (row) => (Object(row).height === 2 ? undefined : { ...Object(row), seen: true }),
        },
      ],
    },
  ],
};

describe("IndexedDB schemas", () => {
  const versionOf = async (name: string): Promise<number | undefined> =>
    (await indexedDB.databases()).find((database) => database.name === name)?.version;

  it("[STO-2] refuses a newer database and leaves it as it is", async () => {
    const name = freshName();
    const old = await openTracked(name);
    await old.commit(commitOf(1, 2, 3));
    await old.close();
    const later = await openIdbDatabase({ name }, laterSchema);
    later.close();
    await expect(openIdbStore({ name })).rejects.toMatchObject({
      code: "store-newer-schema",
      data: { found: 3, known: 2 },
    });
    expect(await versionOf(name)).toBe(3);
    const again = await openIdbDatabase({ name }, laterSchema);
    const rows = await again.read("rows", ["records"], (transaction) =>
      transaction.objectStore("records").getAll(),
    );
    again.close();
    const kept = [1, 3].map((seed) => ({ ...madeUpBlock(seed).record, seen: true }));
    expect(rows).toHaveLength(2);
    expect(rows).toEqual(expect.arrayContaining(kept));
  });

  it("[STO-2] refuses a newer database of named values", async () => {
    const name = freshName();
    const later = await openIdbDatabase(
      { name },
      { migrations: [...SLOT_SCHEMA.migrations, { to: 9, why: "a test", steps: [] }] },
    );
    later.close();
    let store: KeyValueStore | undefined;
    await expect(
      openIdbKeyValueStore({ name }).then((opened) => {
        store = opened;
      }),
    ).rejects.toMatchObject({ code: "store-newer-schema", data: { found: 9, known: 1 } });
    expect(store).toBeUndefined();
  });

  it("[STO-4] a migration has a longer limit than opening has, and is store-timeout beyond it", async () => {
    const name = freshName();
    const old = await openTracked(name);
    await old.commit(commitOf(1, 2, 3));
    await old.close();
    const { limits, due } = createManualLimits();
    const seen: number[][] = [];
    const migrating = (expired: boolean): Schema => {
      const map = (row: unknown): unknown => {
        seen.push([...due.keys()]);
        if (expired) expire(due, MIGRATION_MS);
        return row;
      };
      const steps = [{ kind: "map-rows", table: "records", map }] as const;
      return { migrations: [...STORY_SCHEMA.migrations, { to: 3, why: "a test", steps }] };
    };
    await expect(openIdbDatabase({ name, limits }, migrating(true))).rejects.toMatchObject({
      code: "store-timeout",
      data: { operation: "open", timeoutMs: MIGRATION_MS },
    });
    expect(seen[0]).toEqual([MIGRATION_MS / 2]);
    // It went on behind, and is not asked to begin again.
    (await openIdbDatabase({ name, limits }, migrating(false))).close();
    expect(seen).toHaveLength(3);
    expect(await versionOf(name)).toBe(3);
    expect(due.size).toBe(0);
  });

  it("[STO-2] a migration that fails leaves the old database whole", async () => {
    const name = freshName();
    const old = await openTracked(name);
    await old.commit(commitOf(1, 2, 3));
    await old.close();
    const broken: Schema = {
      migrations: [
        ...laterSchema.migrations,
        {
          to: 3,
          why: "a test",
          steps: [
            {
              kind: "map-rows",
              table: "records",
              map: () => {
                throw new RangeError("broken on purpose");
              },
            },
          ],
        },
      ],
    };
    await expect(openIdbDatabase({ name }, broken)).rejects.toMatchObject({
      code: "store-failed",
      data: { operation: "migrate", reason: "RangeError: broken on purpose" },
    });
    const same = await openTracked(name);
    expect((await readAll(same)).records.map(({ height }) => height)).toEqual([1, 2, 3]);
    expect(await same.bodies([madeUpId(2)])).toEqual([madeUpBlock(2).body]);
  });
});

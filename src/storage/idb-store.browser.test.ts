/**
 * The acceptance suite on a real IndexedDB, with a real quota, real upgrades and real keys.
 *
 * @module
 */
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { deleteIdbDatabase, openIdbDatabase } from "./idb-database.ts";
import { openIdbKeyValueStore } from "./idb-key-value.ts";
import { openIdbStore } from "./idb-store.ts";
import { describeKeyValueStore } from "./key-value-acceptance.ts";
import { type Schema, STORY_SCHEMA } from "./schema.ts";
import { describeStore } from "./store-acceptance.ts";
import {
  changeOf,
  commitOf,
  madeUpBlock,
  madeUpBytes,
  madeUpId,
  readAll,
} from "./testing/made-up.ts";

describeStore("IndexedDB", (name) => openIdbStore({ name }), {
  openAfterCrash: (name) => openIdbStore({ name }),
  usage: [true, true],
});
describeKeyValueStore("IndexedDB", (name) => openIdbKeyValueStore({ name }));

let counter = 0;
const freshName = (): string => `real-${Date.now().toString(36)}-${counter++}`;

afterEach(() => vi.restoreAllMocks());

/** The Storage Buckets API, which TypeScript's DOM types do not have yet. */
interface StorageBuckets {
  open(name: string, options: { quota: number }): Promise<{ indexedDB: IDBFactory }>;
  delete(name: string): Promise<void>;
}

function storageBuckets(): StorageBuckets {
  return Reflect.get(navigator, "storageBuckets") as StorageBuckets;
}

async function openTracked(name: string) {
  const store = await openIdbStore({ name });
  onTestFinished(async () => {
    await store.close();
    await deleteIdbDatabase(indexedDB, name);
  });
  return store;
}

describe("IndexedDB of a real browser", () => {
  it.each([1, 3, 6])(
    "[STO-1] a commit whose transaction is aborted at put %i leaves nothing",
    async (nth) => {
      const store = await openTracked(freshName());
      await store.commit(commitOf(1));
      const put = IDBObjectStore.prototype.put;
      let count = 0;
      vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (
        this: IDBObjectStore,
        ...given
      ) {
        const request = put.apply(this, given);
        if (++count === nth) this.transaction.abort();
        return request;
      });
      await expect(store.commit(commitOf(2, 3, 4))).rejects.toMatchObject({ code: "store-failed" });
      vi.restoreAllMocks();
      expect((await readAll(store)).records).toEqual([madeUpBlock(1).record]);
      expect(await store.bodies([madeUpId(2)])).toEqual([undefined]);
      expect(await store.tip()).toBe(madeUpId(1));
    },
  );

  it("[STO-4] a quota that is used up is store-full, keeps what was there, and is survived", async () => {
    // A storage bucket has a quota of its own, and the browser enforces it for real.
    const name = freshName();
    const bucket = await storageBuckets().open(name, { quota: 600_000 });
    onTestFinished(() => storageBuckets().delete(name));
    const store = await openIdbStore({ name, indexedDB: bucket.indexedDB });
    onTestFinished(() => store.close());
    await store.commit(commitOf(1));
    const { record } = madeUpBlock(2);
    // Random bytes: the engine compresses what it stores.
    const body = new Uint8Array(4_000_000);
    for (let from = 0; from < body.length; from += 65_536) {
      crypto.getRandomValues(body.subarray(from, Math.min(from + 65_536, body.length)));
    }
    await expect(store.commit(changeOf([{ record, body }], record.id))).rejects.toMatchObject({
      code: "store-full",
      data: { operation: "commit" },
    });
    expect(await store.tip()).toBe(madeUpId(1));
    expect((await readAll(store)).records).toEqual([madeUpBlock(1).record]);
    expect(await store.bodies([record.id])).toEqual([undefined]);
    await store.commit(commitOf(3));
    expect(await store.tip()).toBe(madeUpId(3));
  });

  it("[STO-2] refuses a newer database and leaves it as it is", async () => {
    const name = freshName();
    onTestFinished(() => deleteIdbDatabase(indexedDB, name));
    const old = await openIdbStore({ name });
    await old.commit(commitOf(1, 2, 3));
    await old.close();
    const laterSchema: Schema = {
      migrations: [
        ...STORY_SCHEMA.migrations,
        {
          to: 3,
          why: "a test",
          steps: [
            { kind: "create-table", table: { name: "notes" } },
            {
              kind: "map-rows",
              table: "records",
              map: (row) => (Object(row).height === 2 ? undefined : { ...Object(row), seen: true }),
            },
          ],
        },
      ],
    };
    const later = await openIdbDatabase({ name }, laterSchema);
    later.close();
    await expect(openIdbStore({ name })).rejects.toMatchObject({
      code: "store-newer-schema",
      data: { found: 3, known: 2 },
    });
    const again = await openIdbDatabase({ name }, laterSchema);
    const rows: unknown[] = await again.read("rows", ["records"], (transaction) =>
      transaction.objectStore("records").getAll(),
    );
    again.close();
    expect(rows).toHaveLength(2);
    expect(rows).toEqual(
      expect.arrayContaining([1, 3].map((seed) => ({ ...madeUpBlock(seed).record, seen: true }))),
    );
  });

  it("[STO-4] an upgrade by another tab closes this one's connection instead of waiting", async () => {
    const name = freshName();
    onTestFinished(() => deleteIdbDatabase(indexedDB, name));
    const mine = await openIdbStore({ name });
    const later = await openIdbDatabase(
      { name },
      { migrations: [...STORY_SCHEMA.migrations, { to: 3, why: "a test", steps: [] }] },
    );
    await expect(mine.commit(commitOf(1))).rejects.toMatchObject({
      code: "store-closed",
      data: { operation: "commit", reason: "version-change" },
    });
    later.close();
  });

  it("[STO-1] keeps a key that cannot be exported, and it signs as before", async () => {
    const name = freshName();
    const { privateKey, publicKey } = await crypto.subtle.generateKey(
      { name: "ECDSA", namedCurve: "P-256" },
      false,
      ["sign", "verify"],
    );
    const store = await openIdbKeyValueStore({ name });
    await store.put("key", privateKey);
    await store.close();
    const again = await openIdbKeyValueStore({ name });
    onTestFinished(() => again.erase());
    const kept = await again.get("key");
    expect(kept).toBeInstanceOf(CryptoKey);
    const algorithm = { name: "ECDSA", hash: "SHA-256" };
    const message = Uint8Array.from(madeUpBytes(1, 40));
    const signature = await crypto.subtle.sign(algorithm, Object(kept), message);
    expect(await crypto.subtle.verify(algorithm, publicKey, signature, message)).toBe(true);
  });
});

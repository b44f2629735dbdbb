/**
 * `KeyValueStore` on IndexedDB: settings, drafts and keys of one identity slot. Values are structured
 * clones, so that a `CryptoKey` that cannot be exported can be kept, too.
 *
 * @module
 */
import type { KeyValueStore } from "../chain/ports/store.ts";
import { type IdbOptions, openIdbDatabase } from "./idb-database.ts";
import { SLOT_SCHEMA } from "./schema.ts";

const TABLE = "values";

/** Opens (and creates) a slot's database; errors as in `KeyValueStore`. */
export async function openIdbKeyValueStore(options: IdbOptions): Promise<KeyValueStore> {
  const database = await openIdbDatabase(options, SLOT_SCHEMA);
  return {
    get: (key) =>
      database.read(
        "get",
        [TABLE],
        async (transaction): Promise<unknown> => transaction.objectStore(TABLE).get(key),
      ),
    put: (key, value) =>
      database.write("put", [TABLE], async (transaction) => {
        await transaction.objectStore(TABLE).put(value, key);
      }),
    delete: (key) =>
      database.write("delete", [TABLE], async (transaction) => {
        await transaction.objectStore(TABLE).delete(key);
      }),
    keys: () =>
      database.read("keys", [TABLE], async (transaction) => {
        const keys = await transaction.objectStore(TABLE).getAllKeys();
        return keys.map(String);
      }),
    async close() {
      database.close();
    },
    erase: () => database.erase(),
  };
}

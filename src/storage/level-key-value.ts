/**
 * `KeyValueStore` on LevelDB (Node only): the lighthouse's settings, known stories and keys. Values are
 * whatever `node:v8` can clone: JSON-like values, bytes, big integers; no `CryptoKey`.
 *
 * @module
 */
import { serialize } from "node:v8";
import type { KeyValueStore } from "../chain/ports/store.ts";
import {
  type LevelOptions,
  openLevelDatabase,
  rowFromBytes,
  tableRange,
} from "./level-database.ts";
import { SLOT_SCHEMA } from "./schema.ts";

const TABLE = "values";

/** Opens (and creates) a folder of named values; errors as in `KeyValueStore`. */
export async function openLevelKeyValueStore(options: LevelOptions): Promise<KeyValueStore> {
  const database = await openLevelDatabase(options, SLOT_SCHEMA);
  const keyFrom = (name: string): string => `${TABLE}!${name}`;
  return {
    get: (key) =>
      database.read("get", async (level) => rowFromBytes(await level.get(keyFrom(key)))),
    put: (key, value) =>
      database.write("put", () => {
        const row = rowFromBytes(serialize(value));
        return async () => [[keyFrom(key), row]];
      }),
    delete: (key) => database.write("delete", () => async () => [[keyFrom(key), undefined]]),
    keys: () =>
      database.read("keys", async (level) => {
        const keys = await level.keys(tableRange(TABLE)).all();
        return keys.map((key) => key.slice(keyFrom("").length));
      }),
    close: () => database.close(),
    erase: () => database.erase(),
  };
}

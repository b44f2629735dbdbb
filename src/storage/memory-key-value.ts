/**
 * `KeyValueStore` in memory, for tests, simulations and tabs whose disk is refused.
 *
 * @module
 */
import type { KeyValueStore } from "../chain/ports/store.ts";
import { createGuard } from "./guard.ts";

/** A store over `values`, or over a fresh map; values are cloned going in and out. */
export function createMemoryKeyValueStore(values: Map<string, unknown> = new Map()): KeyValueStore {
  const guard = createGuard();
  return {
    get: (key) => guard.run("get", async () => structuredClone(values.get(key))),
    put: (key, value) =>
      guard.run("put", async () => {
        values.set(key, structuredClone(value));
      }),
    delete: (key) =>
      guard.run("delete", async () => {
        values.delete(key);
      }),
    keys: () => guard.run("keys", async () => [...values.keys()].toSorted()),
    async close() {
      guard.close("closed");
    },
    erase: () =>
      guard.run("erase", async () => {
        guard.close("erased");
        values.clear();
      }),
  };
}

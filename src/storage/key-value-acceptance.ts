/**
 * The acceptance suite of the port `KeyValueStore`: settings, drafts and keys survive alike wherever
 * they are kept.
 *
 * @module
 */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { KeyValueStore } from "../chain/ports/store.ts";

/** Opens a store over the disk of that name: the same name finds again what was put there. */
export type OpenKeyValueStore = (disk: string) => Promise<KeyValueStore>;

let counter = 0;

/** Declares the suite for one implementation. */
export function describeKeyValueStore(name: string, open: OpenKeyValueStore): void {
  describe(`${name} as KeyValueStore`, () => {
    let disk = "";
    let store: KeyValueStore;

    beforeEach(async () => {
      disk = `values-${Date.now().toString(36)}-${counter++}`;
      store = await open(disk);
    });
    afterEach(async () => {
      await store.close();
      const last = await open(disk);
      await last.erase();
    });

    it("[STO-1] keeps values of every JSON-like shape, and bytes, through a reopening", async () => {
      const values: Record<string, unknown> = {
        settings: { theme: "dark", threads: 3, list: [1, "two", null, { three: true }] },
        draft: "a paragraph\nwith ünïcödé 🦉",
        key: Uint8Array.from({ length: 256 }, (_, index) => index),
        empty: new Uint8Array(),
        amount: 18_446_744_073_709_551_615n,
        nothing: null,
        zero: 0,
        no: false,
      };
      for (const [key, value] of Object.entries(values)) await store.put(key, value);
      await store.close();
      store = await open(disk);
      for (const [key, value] of Object.entries(values))
        expect(await store.get(key)).toEqual(value);
      expect((await store.keys()).toSorted()).toEqual(Object.keys(values).toSorted());
    });

    it("[STO-1] replaces and deletes; a missing value is undefined", async () => {
      expect(await store.get("a")).toBeUndefined();
      await store.put("a", 1);
      await store.put("a", 2);
      expect(await store.get("a")).toBe(2);
      await store.delete("a");
      await store.delete("never there");
      expect(await store.get("a")).toBeUndefined();
      expect(await store.keys()).toEqual([]);
    });

    it("[STO-1] takes keys with any characters", async () => {
      const names = ["draft:ab!cd", "", 'quote"', "schema", "é", "with space/slash"];
      for (const key of names) await store.put(key, `value of ${key}`);
      expect((await store.keys()).toSorted()).toEqual(names.toSorted());
      for (const key of names) expect(await store.get(key)).toBe(`value of ${key}`);
    });

    it("[STO-1] keeps what was passed, whatever the caller does to it later", async () => {
      const bytes = Uint8Array.of(1, 2, 3);
      const value = { bytes, note: "before" };
      const putting = store.put("value", value);
      bytes.fill(0);
      value.note = "after";
      await putting;
      expect(await store.get("value")).toEqual({ bytes: Uint8Array.of(1, 2, 3), note: "before" });
    });

    it("[STO-4] refuses a value that cannot be cloned, and keeps the old one", async () => {
      await store.put("a", 1);
      await expect(store.put("a", () => 2)).rejects.toMatchObject({
        code: "store-failed",
        data: { operation: "put" },
      });
      expect(await store.get("a")).toBe(1);
    });

    it("[STO-1] concurrent writes keep the order of the calls", async () => {
      const numbers = Array.from({ length: 40 }, (_, index) => index);
      await Promise.all(numbers.map((value) => store.put("last", value)));
      expect(await store.get("last")).toBe(39);
    });

    it("[STO-4] refuses everything once closed; closing twice is fine", async () => {
      await store.close();
      await store.close();
      const attempts = [
        () => store.get("a"),
        () => store.put("a", 1),
        () => store.delete("a"),
        () => store.keys(),
        () => store.erase(),
      ];
      for (const attempt of attempts) {
        await expect(attempt()).rejects.toMatchObject({ code: "store-closed" });
      }
    });

    it("[STO-4] erases everything and closes", async () => {
      await store.put("a", 1);
      await store.erase();
      await expect(store.get("a")).rejects.toMatchObject({ code: "store-closed" });
      store = await open(disk);
      expect(await store.keys()).toEqual([]);
    });
  });
}

/**
 * The ordered index of the port `Store`, as every implementation must keep it (STO-1); a part of
 * `store-acceptance.ts`.
 *
 * @module
 */
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { IndexQuery, IndexRow, Store } from "../chain/ports/store.ts";
import { MAX_INDEX_ROWS } from "./index-rows.ts";
import { changeOf, madeUpBlock, madeUpBytes, madeUpId } from "./testing/made-up.ts";

const TIP = madeUpId(1);

function line(key: string, seed: number = key.length): IndexRow {
  return { key, value: madeUpBytes(seed, seed % 50) };
}

/** Keys that sort alike as text and as numbers. */
function numbered(prefix: string, count: number): IndexRow[] {
  return Array.from({ length: count }, (_, index) =>
    line(`${prefix}${index.toString(16).padStart(8, "0")}`, index),
  );
}

/** The promise in its plainest form. */
function expectedRows(
  rows: Iterable<IndexRow>,
  { prefix, after, limit, reverse = false }: IndexQuery,
): IndexRow[] {
  const found = [...rows]
    .filter(({ key }) => key.startsWith(prefix))
    .filter(({ key }) => after === undefined || (reverse ? key < after : key > after))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
  return (reverse ? found.toReversed() : found).slice(0, limit);
}

async function keysOf(store: Store, query: IndexQuery): Promise<string[]> {
  return (await store.index(query)).map(({ key }) => key);
}

const keyText = fc.string({ unit: fc.constantFrom("0", "9", "a", "z", "/"), maxLength: 4 });
const queries = fc.record(
  { prefix: keyText, after: keyText, limit: fc.integer({ min: 1, max: 9 }), reverse: fc.boolean() },
  { requiredKeys: ["prefix", "limit"] },
);

/** Declares the part of the suite that is about the index. */
export function describeStoreIndex(
  name: string,
  open: (disk: string) => Promise<Store>,
  freshDisk: () => string,
): void {
  describe(`${name} as Store: index`, () => {
    let disk = "";
    let store: Store;
    const put = (...rows: readonly IndexRow[]): Promise<void> =>
      store.commit(changeOf([], TIP, rows));
    const reopen = async (): Promise<void> => {
      await store.close();
      store = await open(disk);
    };

    beforeEach(async () => {
      disk = freshDisk();
      store = await open(disk);
    });
    afterEach(async () => {
      await store.close();
      await (await open(disk)).erase();
    });

    it("[STO-1] has no lines when fresh", async () => {
      expect(await store.index({ prefix: "", limit: 10 })).toEqual([]);
      expect(await store.index({ prefix: "", limit: 10, reverse: true })).toEqual([]);
    });

    it("[STO-1] gives the lines of a prefix in the order of their keys, and the exact bytes", async () => {
      const rows = ["acct/b/2", "acct/b/10", "acct/b/1", "acct/bb/1", "acct/a/1", "acct/c", "b"];
      await put(...rows.map((key, seed) => line(key, seed)));
      await reopen();
      const found = await store.index({ prefix: "acct/b/", limit: 10 });
      expect(found).toEqual([line("acct/b/1", 2), line("acct/b/10", 1), line("acct/b/2", 0)]);
      expect(found[2]?.value.constructor).toBe(Uint8Array);
      expect(await keysOf(store, { prefix: "acct/b/1", limit: 10 })).toEqual([
        "acct/b/1",
        "acct/b/10",
      ]);
      expect(await keysOf(store, { prefix: "", limit: 10 })).toEqual(rows.toSorted());
      expect(await store.index({ prefix: "acct/d", limit: 10 })).toEqual([]);
    });

    it("[STO-1] reads on strictly beyond a key, in both directions, as far as the limit", async () => {
      await put(...["a/1", "a/2", "a/3", "a/4", "b/1"].map((key) => line(key)));
      const from = (after: string, reverse: boolean, limit = 9): Promise<string[]> =>
        keysOf(store, { prefix: "a/", after, reverse, limit });
      expect(await from("a/2", false)).toEqual(["a/3", "a/4"]);
      expect(await from("a/2", false, 1)).toEqual(["a/3"]);
      expect(await from("a/3", true)).toEqual(["a/2", "a/1"]);
      expect(await from("a/3", true, 1)).toEqual(["a/2"]);
      expect(await from("a/25", false)).toEqual(["a/3", "a/4"]);
      expect(await from("a/25", true)).toEqual(["a/2", "a/1"]);
      // Beyond the prefix on either side: all of it, or nothing.
      expect(await from("0", false)).toEqual(["a/1", "a/2", "a/3", "a/4"]);
      expect(await from("0", true)).toEqual([]);
      expect(await from("b/1", false)).toEqual([]);
      expect(await from("b/1", true)).toEqual(["a/4", "a/3", "a/2", "a/1"]);
      expect(await from("a/", false)).toEqual(["a/1", "a/2", "a/3", "a/4"]);
      expect(await from("a/", true)).toEqual([]);
      // A cursor may come from anybody; only what is stored must have plain keys.
      expect(await from("a/\u{10ffff}~", true, 1)).toEqual(["a/4"]);
      expect(await from("a/\u{10ffff}~", false)).toEqual([]);
    });

    it("[STO-1] is read in pages of at most 1,000 lines, none twice and none left out", async () => {
      const rows = numbered("h/", 2_500);
      await put(...numbered("g/", 5), ...rows, ...numbered("i/", 5));
      const keys = rows.map(({ key }) => key);
      for (const reverse of [false, true]) {
        const found: string[] = [];
        const sizes: number[] = [];
        for (let after: string | undefined; ; after = found.at(-1)) {
          const query = { prefix: "h/", limit: MAX_INDEX_ROWS, reverse };
          const page = await keysOf(store, after === undefined ? query : { ...query, after });
          sizes.push(page.length);
          found.push(...page);
          if (page.length < MAX_INDEX_ROWS) break;
        }
        expect(sizes).toEqual([1_000, 1_000, 500]);
        expect(found).toEqual(reverse ? keys.toReversed() : keys);
      }
    });

    it("[STO-1] refuses limits other than 1 to 1,000", async () => {
      for (const limit of [0, -1, MAX_INDEX_ROWS + 1, 1.5, Number.NaN]) {
        await expect(store.index({ prefix: "", limit })).rejects.toMatchObject({
          code: "store-failed",
          data: { operation: "index" },
        });
      }
    });

    it("[STO-1] an existing line is overwritten, also within one commit", async () => {
      await put(line("a", 1), line("b", 2));
      await put(line("b", 3), line("c", 4), line("c", 5));
      expect(await store.index({ prefix: "", limit: 9 })).toEqual([
        line("a", 1),
        line("b", 3),
        line("c", 5),
      ]);
    });

    it("[STO-1] its lines come with their commit: a failing one leaves none", async () => {
      await put(line("a", 1));
      const unreadable: IndexRow = {
        key: "c",
        get value(): Uint8Array {
          throw new RangeError("unreadable on purpose");
        },
      };
      const block = madeUpBlock(7);
      for (const bad of [unreadable, line("Capital"), line("a-b"), line("")]) {
        const change = changeOf([block], block.record.id, [line("a", 2), line("b"), bad]);
        await expect(store.commit(change)).rejects.toMatchObject({
          code: "store-failed",
          data: { operation: "commit" },
        });
      }
      await reopen();
      expect(await store.index({ prefix: "", limit: 9 })).toEqual([line("a", 1)]);
      expect(await store.bodies([block.record.id])).toEqual([undefined]);
      expect(await store.tip()).toBe(TIP);
    });

    it("[STO-1] keeps what was passed, whatever the caller does to its arrays later", async () => {
      const passed = { key: "a", value: madeUpBytes(1, 20) };
      const change = put(passed);
      passed.value.fill(0);
      passed.key = "b";
      await change;
      const found = await store.index({ prefix: "", limit: 9 });
      expect(found).toEqual([{ key: "a", value: madeUpBytes(1, 20) }]);
      found[0]?.value.fill(1);
      expect(await store.index({ prefix: "", limit: 9 })).toEqual([
        { key: "a", value: madeUpBytes(1, 20) },
      ]);
    });

    it("[STO-1] lines outlive their blocks, and go when everything is erased", async () => {
      const block = madeUpBlock(3);
      await store.commit(changeOf([block], block.record.id, [line("a")]));
      await store.discard([block.record.id], undefined);
      await reopen();
      expect(await keysOf(store, { prefix: "", limit: 9 })).toEqual(["a"]);
      await store.erase();
      store = await open(disk);
      expect(await store.index({ prefix: "", limit: 9 })).toEqual([]);
    });

    it("[STO-4] refuses queries once closed", async () => {
      await store.close();
      await expect(store.index({ prefix: "", limit: 1 })).rejects.toMatchObject({
        code: "store-closed",
      });
    });

    it("[STO-1] answers every query as a plain sorted list would", async () => {
      const rows = new Map<string, IndexRow>();
      const keys = fc.uniqueArray(keyText.filter(Boolean), { maxLength: 8 });
      // Lines are added and overwritten from run to run, in the store and in the list alike.
      const run = async (added: string[], asked: IndexQuery[], seed: number): Promise<void> => {
        const lines = added.map((key, index) => line(key, seed + index));
        await put(...lines);
        for (const each of lines) rows.set(each.key, each);
        for (const query of asked) {
          expect(await store.index(query)).toEqual(expectedRows(rows.values(), query));
        }
      };
      const property = fc.asyncProperty(
        keys,
        fc.array(queries, { minLength: 4, maxLength: 12 }),
        fc.nat(200),
        run,
      );
      await fc.assert(property, { numRuns: 40, endOnFailure: true });
    });
  });
}

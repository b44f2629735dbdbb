/**
 * The acceptance suite of the port `Store` (STO-1): every implementation runs it, so that a chain may be
 * moved from one to another without a thought. Ids and bytes are made up: a store never interprets them.
 * Above 300 lines: one list of promises, to be read as a whole.
 *
 * @module
 */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BlockRecord, Store, StoredBlock } from "../chain/ports/store.ts";
import { describeStoreIndex } from "./index-acceptance.ts";
import { changeOf, madeUpBlock, madeUpBytes, madeUpId, readAll } from "./testing/made-up.ts";

/** Opens a store over the disk of that name: the same name finds again what was committed to it. */
export type OpenStore = (disk: string) => Promise<Store>;

/** What an implementation adds to the suite. */
export interface AcceptanceOptions {
  /** Opens what another process would find on that disk now, while the first store is still open. */
  readonly openAfterCrash: OpenStore;
  /** Whether this platform can say what is used, and what is granted. */
  readonly usage: readonly [used: boolean, granted: boolean];
}

function madeUpBlocks(from: number, to: number): StoredBlock[] {
  return Array.from({ length: to - from }, (_, index) => madeUpBlock(from + index));
}

function sorted(blocks: readonly StoredBlock[]): BlockRecord[] {
  return blocks
    .map(({ record }) => record)
    .toSorted(
      (a, b) => a.height - b.height || a.microIndex - b.microIndex || (a.id < b.id ? -1 : 1),
    );
}

/** Comparing texts is fifty times faster than comparing thousands of byte arrays. */
function textFromRecord(record: BlockRecord): string {
  const { id, height, microIndex, header, delta, receivedMs } = record;
  return [id, height, microIndex, String(header), String(delta), receivedMs].join(" ");
}

/** A block whose reading fails: a commit that holds it must leave nothing behind. */
function unreadableBlock(): StoredBlock {
  return {
    get record(): BlockRecord {
      throw new RangeError("unreadable on purpose");
    },
    body: new Uint8Array(),
  };
}

let counter = 0;
const freshDisk = (): string => `acceptance-${Date.now().toString(36)}-${counter++}`;

/** Declares the suite for one implementation. */
export function describeStore(name: string, open: OpenStore, options: AcceptanceOptions): void {
  describeStoreIndex(name, open, freshDisk);
  describe(`${name} as Store`, () => {
    let disk = "";
    let store: Store;
    const opened: Store[] = [];
    const openTracked = async (openDisk: OpenStore, which: string): Promise<Store> => {
      const result = await openDisk(which);
      opened.push(result);
      return result;
    };
    const reopen = async (): Promise<void> => {
      await store.close();
      store = await openTracked(open, disk);
    };

    beforeEach(async () => {
      disk = freshDisk();
      store = await openTracked(open, disk);
    });
    afterEach(async () => {
      for (const each of opened.splice(0)) await each.close();
      const last = await open(disk);
      await last.erase();
    });

    it("[STO-1] is empty when fresh", async () => {
      expect(await store.genesis()).toBeUndefined();
      expect(await store.tip()).toBeUndefined();
      expect(await readAll(store)).toEqual({ records: [], sizes: [] });
      expect(await store.bodies([madeUpId(1)])).toEqual([undefined]);
      expect(await store.bodies([])).toEqual([]);
    });

    it("[STO-1] keeps the genesis, takes the same one again and refuses another", async () => {
      const genesis = madeUpBytes(5, 900);
      await store.putGenesis(genesis);
      await store.putGenesis(genesis);
      await expect(store.putGenesis(madeUpBytes(6, 900))).rejects.toMatchObject({
        code: "store-other-story",
      });
      await expect(store.putGenesis(genesis.subarray(0, 899))).rejects.toMatchObject({
        code: "store-other-story",
      });
      expect(await store.genesis()).toEqual(genesis);
      await reopen();
      expect(await store.genesis()).toEqual(genesis);
    });

    it("[STO-1] commits blocks and tip, and gives back the exact bytes", async () => {
      const blocks = [madeUpBlock(1), madeUpBlock(2), madeUpBlock(300)];
      await store.commit(changeOf(blocks, madeUpId(300)));
      expect(await store.tip()).toBe(madeUpId(300));
      const { records } = await readAll(store);
      expect(records).toEqual(sorted(blocks));
      for (const { header, delta } of records) {
        expect(header.constructor).toBe(Uint8Array);
        expect(delta.constructor).toBe(Uint8Array);
      }
      const bodies = await store.bodies(blocks.map(({ record }) => record.id));
      expect(bodies).toEqual(blocks.map(({ body }) => body));
      expect(bodies.map((body) => body?.constructor)).toEqual(blocks.map(() => Uint8Array));
    });

    it("[STO-1] keeps every byte value, empty bytes, and views without their buffer", async () => {
      const every = Uint8Array.from({ length: 512 }, (_, index) => index & 0xff);
      const base = madeUpBlock(7);
      const record = { ...base.record, header: every.subarray(3, 259), delta: new Uint8Array() };
      await store.commit(changeOf([{ record, body: every.subarray(1, 2) }], record.id));
      const { records } = await readAll(store);
      expect(records[0]?.header).toEqual(every.slice(3, 259));
      expect(records[0]?.delta).toEqual(new Uint8Array());
      const [body] = await store.bodies([record.id]);
      expect(body).toEqual(Uint8Array.of(1));
      expect(body?.buffer.byteLength).toBe(1);
    });

    it("[STO-1] keeps what was passed, whatever the caller does to its arrays later", async () => {
      const { record, body } = madeUpBlock(8);
      const passed = { ...record, header: record.header.slice() };
      const passedBody = body.slice();
      const genesis = madeUpBytes(9, 50);
      const writes = [
        store.commit(changeOf([{ record: passed, body: passedBody }], record.id)),
        store.putGenesis(genesis),
      ];
      passed.header.fill(0);
      passedBody.fill(0);
      genesis.fill(0);
      await Promise.all(writes);
      const { records } = await readAll(store);
      expect(records).toEqual([record]);
      records[0]?.header.fill(1);
      (await store.bodies([record.id]))[0]?.fill(1);
      expect((await readAll(store)).records).toEqual([record]);
      expect(await store.bodies([record.id])).toEqual([body]);
      expect(await store.genesis()).toEqual(madeUpBytes(9, 50));
    });

    it("[STO-1] gives records by ascending height, whatever the order of their commits", async () => {
      const heights = [9, 1, 500, 2, 2, 16, 1, 65_536, 3, 4_294_967_296];
      const blocks = heights.map((height, seed) => madeUpBlock(seed, height));
      for (const block of blocks) await store.commit(changeOf([block], block.record.id));
      expect((await readAll(store)).records).toEqual(sorted(blocks));
    });

    it("[STO-1] gives microblocks after their key block and before the next, by micro index", async () => {
      const places = [
        [2, 0],
        [1, 256],
        [1, 1],
        [3, 0],
        [1, 0xffff_ffff],
        [1, 16],
        [1, 0],
        [1, 9],
        [1, 10],
        [2, 1],
        [1, 1],
      ] as const;
      const blocks = places.map(([height, micro], seed) => madeUpBlock(seed, height, micro));
      for (const block of blocks) await store.commit(changeOf([block], block.record.id));
      expect(await store.tip()).toBe(madeUpId(10));
      const { records } = await readAll(store);
      expect(records).toEqual(sorted(blocks));
      expect(records.map(({ height, microIndex }) => [height, microIndex])).toEqual(
        places.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]),
      );
      await store.discard([madeUpId(1), madeUpId(7)], madeUpId(2));
      await reopen();
      expect((await readAll(store)).records).toEqual(
        sorted(blocks.filter((_, seed) => seed !== 1 && seed !== 7)),
      );
    });

    it("[STO-1] a block that comes again at another place has only its new one", async () => {
      await store.commit(changeOf([madeUpBlock(1, 5, 2)], madeUpId(1)));
      await store.commit(changeOf([madeUpBlock(1, 4, 3)], madeUpId(1)));
      expect((await readAll(store)).records).toEqual([madeUpBlock(1, 4, 3).record]);
    });

    it("[STO-1] gives 2,500 records of one round in batches of at most 1,000", async () => {
      const blocks = Array.from({ length: 2_500 }, (_, seed) => madeUpBlock(seed, 7, seed));
      await store.commit(changeOf(blocks, madeUpId(0)));
      const { records, sizes } = await readAll(store);
      expect(sizes).toEqual([1_000, 1_000, 500]);
      expect(records.map(({ microIndex }) => microIndex)).toEqual(blocks.map((_, seed) => seed));
    });

    it("[STO-1] gives 2,500 records in batches of at most 1,000, also where a height spans two", async () => {
      // Heights 900…1,100 are one height: the first batch ends inside it.
      const blocks = madeUpBlocks(0, 2_500).map(({ record, body }) => {
        const height = record.height > 900 && record.height <= 1_100 ? 900 : record.height;
        return { record: { ...record, height }, body };
      });
      for (let from = 0; from < blocks.length; from += 625) {
        const part = blocks.slice(from, from + 625);
        await store.commit(changeOf(part, madeUpId(from + 624)));
      }
      await reopen();
      const { records, sizes } = await readAll(store);
      expect(sizes).toEqual([1_000, 1_000, 500]);
      expect(records.map(textFromRecord)).toEqual(sorted(blocks).map(textFromRecord));
      expect(await store.tip()).toBe(madeUpId(2_499));
      const bodies = await store.bodies(blocks.map(({ record }) => record.id));
      expect(bodies.map(String)).toEqual(blocks.map(({ body }) => String(body)));
    });

    it("[STO-1] a whole number of batches ends without an empty one", async () => {
      await store.commit(changeOf(madeUpBlocks(0, 1_000), madeUpId(999)));
      expect((await readAll(store)).sizes).toEqual([1_000]);
    });

    it("[STO-1] moves the tip alone, and takes a block that it has again", async () => {
      const blocks = madeUpBlocks(1, 4);
      await store.commit(changeOf(blocks, madeUpId(3)));
      await store.commit(changeOf([], madeUpId(2)));
      expect(await store.tip()).toBe(madeUpId(2));
      await store.commit(changeOf(blocks.slice(1, 2), madeUpId(2)));
      expect((await readAll(store)).records).toEqual(sorted(blocks));
    });

    it("[STO-1] a commit that fails half-way leaves nothing", async () => {
      const before = madeUpBlock(1);
      await store.commit(changeOf([before], before.record.id));
      const blocks = [madeUpBlock(2), madeUpBlock(3), unreadableBlock(), madeUpBlock(4)];
      await expect(store.commit(changeOf(blocks, madeUpId(4)))).rejects.toMatchObject({
        code: "store-failed",
        data: { operation: "commit" },
      });
      await reopen();
      expect((await readAll(store)).records).toEqual([before.record]);
      expect(await store.bodies([madeUpId(2), madeUpId(3)])).toEqual([undefined, undefined]);
      expect(await store.tip()).toBe(before.record.id);
    });

    it("[STO-1] what was committed is there for another process at once, without a close", async () => {
      const blocks = madeUpBlocks(1, 6);
      await store.putGenesis(madeUpBytes(1, 400));
      for (const block of blocks) await store.commit(changeOf([block], block.record.id));
      const other = await openTracked(options.openAfterCrash, disk);
      expect((await readAll(other)).records).toEqual(sorted(blocks));
      expect(await other.tip()).toBe(madeUpId(5));
      expect(await other.genesis()).toEqual(madeUpBytes(1, 400));
      expect(await other.bodies([madeUpId(5)])).toEqual([madeUpBlock(5).body]);
    });

    it("[STO-1] concurrent commits are serialised: all are kept, and the last call sets the tip", async () => {
      const blocks = madeUpBlocks(0, 60);
      await Promise.all(blocks.map((block) => store.commit(changeOf([block], block.record.id))));
      expect(await store.tip()).toBe(madeUpId(59));
      expect((await readAll(store)).records).toEqual(sorted(blocks));
    });

    it("[STO-1] a write made after another sees it: discard after commit, genesis after genesis", async () => {
      const [first, second] = [madeUpBlock(1), madeUpBlock(2)];
      const results = await Promise.allSettled([
        store.commit(changeOf([first, second], second.record.id)),
        store.discard([second.record.id], first.record.id),
        store.putGenesis(madeUpBytes(1, 10)),
        store.putGenesis(madeUpBytes(2, 10)),
      ]);
      expect(results.map(({ status }) => status)).toEqual([
        "fulfilled",
        "fulfilled",
        "fulfilled",
        "rejected",
      ]);
      expect((await readAll(store)).records).toEqual([first.record]);
      expect(await store.tip()).toBe(first.record.id);
    });

    it("[STO-1] gives bodies in the order asked, and undefined for those that are not there", async () => {
      await store.commit(changeOf(madeUpBlocks(1, 4), madeUpId(3)));
      const asked = [3, 99, 1, 3].map(madeUpId);
      const body = (seed: number): Uint8Array => madeUpBlock(seed).body;
      expect(await store.bodies(asked)).toEqual([body(3), undefined, body(1), body(3)]);
    });

    it("[STO-4] puts back a body that was fetched again", async () => {
      await store.commit(changeOf(madeUpBlocks(1, 3), madeUpId(2)));
      await store.replaceBody(madeUpId(1), madeUpBytes(77, 1_234));
      await reopen();
      const bodies = await store.bodies([madeUpId(1), madeUpId(2)]);
      expect(bodies).toEqual([madeUpBytes(77, 1_234), madeUpBlock(2).body]);
      expect((await readAll(store)).records).toEqual(sorted(madeUpBlocks(1, 3)));
    });

    it("[STO-4] discards records and bodies and sets the tip, also to none", async () => {
      await store.commit(changeOf(madeUpBlocks(1, 6), madeUpId(5)));
      await store.discard([madeUpId(4), madeUpId(5), madeUpId(99)], madeUpId(3));
      await reopen();
      expect((await readAll(store)).records).toEqual(sorted(madeUpBlocks(1, 4)));
      expect(await store.bodies([madeUpId(4)])).toEqual([undefined]);
      expect(await store.tip()).toBe(madeUpId(3));
      await store.discard([1, 2, 3].map(madeUpId), undefined);
      expect(await readAll(store)).toEqual({ records: [], sizes: [] });
      expect(await store.tip()).toBeUndefined();
      await store.commit(changeOf([madeUpBlock(4)], madeUpId(4)));
      expect((await readAll(store)).records).toEqual([madeUpBlock(4).record]);
    });

    it("[STO-1] keeps everything when it is opened again, many times", async () => {
      const blocks = madeUpBlocks(1, 9);
      await store.putGenesis(madeUpBytes(3, 700));
      for (const block of blocks) {
        await store.commit(changeOf([block], block.record.id));
        await reopen();
      }
      expect(await store.genesis()).toEqual(madeUpBytes(3, 700));
      expect(await store.tip()).toBe(madeUpId(8));
      expect((await readAll(store)).records).toEqual(sorted(blocks));
    });

    it("[STO-4] says how much space it uses, or that it does not know", async () => {
      await store.commit(changeOf(madeUpBlocks(1, 50), madeUpId(49)));
      const { usedBytes, quotaBytes } = await store.usage();
      expect([usedBytes, quotaBytes].map((value) => value !== undefined)).toEqual(options.usage);
      expect(usedBytes ?? 1).toBeGreaterThan(0);
      expect(quotaBytes ?? Infinity).toBeGreaterThanOrEqual(usedBytes ?? 0);
    });

    it("[STO-4] refuses everything once closed; closing twice is fine", async () => {
      await store.commit(changeOf(madeUpBlocks(1, 3), madeUpId(2)));
      await store.close();
      await store.close();
      const attempts = [
        () => store.genesis(),
        () => store.putGenesis(madeUpBytes(1, 1)),
        () => store.tip(),
        () => readAll(store),
        () => store.commit(changeOf([], madeUpId(1))),
        () => store.bodies([madeUpId(1)]),
        () => store.replaceBody(madeUpId(1), madeUpBytes(1, 1)),
        () => store.discard([], undefined),
        () => store.usage(),
        () => store.erase(),
      ];
      for (const attempt of attempts) {
        await expect(attempt()).rejects.toMatchObject({ code: "store-closed" });
      }
      store = await openTracked(open, disk);
      expect(await store.tip()).toBe(madeUpId(2));
    });

    it("[STO-4] finishes a commit that was under way when it was closed", async () => {
      const blocks = madeUpBlocks(1, 200);
      const committed = store.commit(changeOf(blocks, madeUpId(199)));
      await Promise.all([committed, store.close()]);
      store = await openTracked(open, disk);
      const { records } = await readAll(store);
      expect(records.map(textFromRecord)).toEqual(sorted(blocks).map(textFromRecord));
    });

    it("[STO-4] stops reading records when it is closed in between", async () => {
      await store.commit(changeOf(madeUpBlocks(0, 1_500), madeUpId(1_499)));
      const reading = store.records()[Symbol.asyncIterator]();
      expect((await reading.next()).value).toHaveLength(1_000);
      await store.close();
      await expect(reading.next()).rejects.toMatchObject({ code: "store-closed" });
    });

    it("[STO-4] erases everything and closes", async () => {
      await store.putGenesis(madeUpBytes(1, 100));
      await store.commit(changeOf(madeUpBlocks(1, 5), madeUpId(4)));
      await store.erase();
      await expect(store.tip()).rejects.toMatchObject({ code: "store-closed" });
      store = await openTracked(open, disk);
      expect(await store.genesis()).toBeUndefined();
      expect(await store.tip()).toBeUndefined();
      expect((await readAll(store)).records).toEqual([]);
      await store.putGenesis(madeUpBytes(2, 100));
    });
  });
}

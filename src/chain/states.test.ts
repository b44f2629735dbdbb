import { beforeAll, describe, expect, it } from "vitest";
import type { Block } from "../kernel/block.ts";
import { blockIdFromHex } from "../kernel/brand.ts";
import { bytesFromHex, concatBytes } from "../kernel/bytes.ts";
import { hash } from "../kernel/hash.ts";
import { initKernel } from "../kernel/init.ts";
import { stateRoot } from "../ledger/state-map.ts";
import { MICRO_SPACING_MS } from "../ledger/times.ts";
import type { TestChain } from "./testing/forge.ts";
import { forkOf, grow, openTestChain } from "./testing/forge.ts";
import type { TestAuthor } from "./testing/mine.ts";
import { TEST_PACE_MS, testAuthor, testGenesis } from "./testing/mine.ts";
import { pay, sealBlock } from "./testing/pay.ts";

const LENGTH = 40;
let authors: TestAuthor[];
let long: TestChain;
let blocks: readonly Block[];
let laterMs: number;

beforeAll(async () => {
  await initKernel();
  authors = [1, 2, 3].map(testAuthor);
  long = await openTestChain({ genesis: testGenesis() });
  blocks = await grow(long, LENGTH, authors);
  laterMs = long.chain.tip().timestampMs + 100 * TEST_PACE_MS;
});

async function withCache(stateCacheEntries: number): Promise<TestChain> {
  const own = await openTestChain({ genesis: testGenesis(), stateCacheEntries });
  await own.chain.connectBlocks(blocks, laterMs);
  return own;
}

describe("states", () => {
  it.each([3, 20, 38])(
    "[HDR-4] a state older than the kept ones is rebuilt and has its header's root (height %i)",
    async (height) => {
      const own = await withCache(2);
      const entry = own.chain.canonAt(height);
      if (entry === undefined) throw new RangeError("no block");
      const state = await own.chain.stateAt(entry.id);
      expect(stateRoot(state)).toEqual(entry.header?.stateRoot);
    },
  );

  it("[FRK-1] reorganises to a branch that forks far below the kept states", async () => {
    const start = await openTestChain({ genesis: testGenesis() });
    await start.chain.connectBlocks(blocks.slice(0, 5), laterMs);
    const rival = await grow(start, LENGTH, [7, 8].map(testAuthor), "Rival");
    const own = await withCache(2);
    const outcomes = await own.chain.connectBlocks(rival, laterMs);
    const turn = outcomes.find((outcome) => outcome.kind === "reorganised");
    expect(turn?.lost).toHaveLength(LENGTH - 5);
    expect(own.chain.tip().id).toBe(start.chain.tip().id);
    expect(stateRoot(own.chain.headState())).toEqual(stateRoot(start.chain.headState()));
    expect(own.chain.apocrypha()).toHaveLength(LENGTH - 5);
    const again = await forkOf(own);
    expect(stateRoot(again.chain.headState())).toEqual(stateRoot(own.chain.headState()));
    const back = own.chain.apocrypha()[10];
    if (back === undefined) throw new RangeError("no apocrypha");
    expect(stateRoot(await own.chain.stateAt(back.id))).toEqual(back.header?.stateRoot);
  });

  it("[STO-4] damage on the way makes a state unavailable, never wrong; other ways stay open", async () => {
    const own = await withCache(2);
    const [near, between, low] = [30, 9, 4].map((height) => own.chain.canonAt(height));
    const damaged = [own.chain.canonAt(6), own.chain.canonAt(20)];
    if (near === undefined || between === undefined || low === undefined) {
      throw new RangeError("no block");
    }
    for (const entry of damaged) {
      if (entry === undefined) throw new RangeError("no block");
      own.store.changeRecord(entry.id, (record) => ({
        ...record,
        delta: record.delta.map((byte, at) => (at === 50 ? byte ^ 1 : byte)),
      }));
    }
    expect(stateRoot(await own.chain.stateAt(near.id))).toEqual(near.header?.stateRoot);
    expect(stateRoot(await own.chain.stateAt(low.id))).toEqual(low.header?.stateRoot);
    await expect(own.chain.stateAt(between.id)).rejects.toMatchObject({
      code: "state-unavailable",
      data: { id: between.id, reason: "record-seal-mismatch" },
    });
  });

  it("[STO-4] a delta that was sealed wrong is found by the state root", async () => {
    const own = await withCache(2);
    const entry = own.chain.canonAt(5);
    if (entry === undefined) throw new RangeError("no block");
    own.store.changeRecord(entry.id, (record) => {
      const wrong = record.delta.slice(32);
      wrong[wrong.length - 1] = (wrong.at(-1) ?? 0) ^ 1;
      const seal = hash("local-record", bytesFromHex(record.id), record.header, wrong);
      return { ...record, delta: concatBytes(seal, wrong) };
    });
    await expect(own.chain.stateAt(entry.id)).rejects.toMatchObject({
      code: "state-unavailable",
      data: { id: entry.id, reason: "bad-state-root" },
    });
  });

  it("answers for the past while the best block changes", async () => {
    const own = await withCache(2);
    const entry = own.chain.canonAt(30);
    if (entry === undefined) throw new RangeError("no block");
    const ahead = await forkOf(long);
    const more = await grow(ahead, 3, authors);
    const [state] = await Promise.all([
      own.chain.stateAt(entry.id),
      ...more.map((block) => own.chain.connectBlock(block, laterMs)),
    ]);
    expect(stateRoot(state)).toEqual(entry.header?.stateRoot);
  });

  it("[NET-6] a rival of the next key block finds the state below it, however many microblocks the round has", async () => {
    const own = await openTestChain({ genesis: testGenesis(), stateCacheEntries: 2 });
    const [ann, ben, cat] = authors as [TestAuthor, TestAuthor, TestAuthor];
    await own.chain.connectBlocks(blocks.slice(0, 6), laterMs);
    const rival = await forkOf(own);
    const { timestampMs, author } = own.chain.tip();
    const tracker = author === ann.address ? ann : author === ben.address ? ben : cat;
    for (let nonce = 1; nonce <= 5; nonce++) {
      const payment = pay(own.chain, tracker, "ab".repeat(32), { nonce: BigInt(nonce) });
      const atMs = timestampMs + nonce * MICRO_SPACING_MS;
      await own.chain.connectBlock(sealBlock(own.chain, tracker, [payment], atMs), atMs);
    }
    expect(own.chain.head().microIndex).toBe(5);
    const [next] = await grow(rival, 1, authors, "Rival");
    const reads = own.store.recordReads();
    if (next === undefined) throw new RangeError("no block");
    expect((await own.chain.connectBlock(next, laterMs)).kind).toBe("reorganised");
    expect(own.store.recordReads()).toBe(reads);
  });

  it("rejects an unknown block", async () => {
    const id = blockIdFromHex("ab".repeat(32));
    await expect(long.chain.stateAt(id)).rejects.toMatchObject({ code: "unknown-block" });
  });
});

import { beforeAll, describe, expect, it } from "vitest";
import type { BlockId } from "../kernel/brand.ts";
import { blockIdFromHex } from "../kernel/brand.ts";
import { blockIdOf } from "../kernel/header.ts";
import { initKernel } from "../kernel/init.ts";
import type { TestChain } from "./testing/forge.ts";
import { forkOf, grow, openTestChain } from "./testing/forge.ts";
import { mineBlock, TEST_PACE_MS, testAuthor, testGenesis } from "./testing/mine.ts";

const P = TEST_PACE_MS;
let long: TestChain;

beforeAll(async () => {
  await initKernel();
  long = await openTestChain({ genesis: testGenesis() });
  await grow(long, 60, [1, 2, 3].map(testAuthor));
});

function idAt({ chain }: TestChain, height: number): BlockId {
  const entry = chain.canonAt(height);
  if (entry === undefined) throw new RangeError(`no block at ${height}`);
  return entry.id;
}

describe("confirmations", () => {
  it("[FRK-4] at even work, one for each block above; none off the canon or for strangers", async () => {
    const own = await openTestChain({ genesis: testGenesis() });
    await grow(own, 8, [1, 2, 3].map(testAuthor));
    const works = new Set([...Array(8).keys()].map((n) => own.chain.canonAt(n + 1)?.work));
    expect(works.size).toBe(1);
    expect([8, 7, 2, 1].map((height) => own.chain.confirmations(idAt(own, height)))).toEqual([
      0, 1, 6, 7,
    ]);
    expect(own.chain.confirmations(blockIdFromHex("ab".repeat(32)))).toBe(0);
  });

  it("[FRK-4] a night of easy blocks settles nothing", async () => {
    const own = await openTestChain({ genesis: testGenesis() });
    await grow(own, 3, [1, 2, 3].map(testAuthor));
    const id = own.chain.tip().id;
    for (let night = 0; night < 6; night++) {
      const nowMs = own.chain.tip().timestampMs + 40 * P;
      const author = testAuthor(4 + (night % 2));
      const block = mineBlock(own.chain, { author, text: "Still awake.", nowMs });
      expect(await own.chain.connectBlock(block, nowMs)).toMatchObject({ kind: "extended" });
    }
    const below = own.chain.entry(id)?.totalWork ?? 0n;
    const above = own.chain.tip().totalWork - below;
    const greatest = own.chain.canonAt(1)?.work ?? 0n;
    expect(own.chain.confirmations(id)).toBe(Number(above / greatest));
    expect(own.chain.confirmations(id)).toBeLessThan(2);
  });

  it("[FRK-4] falls to 0 when the block loses its place", async () => {
    const own = await openTestChain({ genesis: testGenesis() });
    await grow(own, 2, [1, 2].map(testAuthor), "Ours");
    const first = idAt(own, 1);
    expect(own.chain.confirmations(first)).toBe(1);
    const other = await openTestChain({ genesis: testGenesis() });
    const blocks = await grow(other, 3, [5, 6].map(testAuthor), "Theirs");
    await own.chain.connectBlocks(blocks, other.chain.tip().timestampMs);
    expect(own.chain.isCanon(first)).toBe(false);
    expect(own.chain.confirmations(first)).toBe(0);
  });
});

describe("locator", () => {
  it("[NET-4] names ten newest blocks, then thins out, and ends with the genesis", () => {
    const locator = long.chain.locator();
    const heights = locator.map((id) => long.chain.entry(id)?.height);
    expect(heights).toEqual([60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 49, 45, 37, 21, 0]);
  });

  it("[NET-4] headers after the last common block, oldest first, at most so many", async () => {
    const short = await openTestChain({ genesis: testGenesis() });
    const blocks = await long.chain.readBlocks([...Array(40).keys()].map((n) => idAt(long, n + 1)));
    await short.chain.connectBlocks(
      blocks.flatMap((block) => block ?? []),
      long.chain.tip().timestampMs,
    );
    const headers = long.chain.headersAfter(short.chain.locator(), 5);
    expect(headers.map(blockIdOf)).toEqual(
      [41, 42, 43, 44, 45].map((height) => idAt(long, height)),
    );
    const forked = await forkOf(short);
    await grow(forked, 3, [7, 8].map(testAuthor), "Side");
    const after = long.chain.headersAfter(forked.chain.locator(), 1_000);
    expect(after.at(-1)?.height).toBe(60);
    expect(after[0]?.height).toBeLessThanOrEqual(41);
    expect(long.chain.headersAfter(long.chain.locator(), 10)).toEqual([]);
    expect(long.chain.headersAfter([], 2).map(({ height }) => height)).toEqual([1, 2]);
    expect(long.chain.headersAfter([], -1)).toEqual([]);
  });
});

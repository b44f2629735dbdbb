import { beforeAll, describe, expect, it } from "vitest";
import type { Chain } from "../../../chain/create-chain.ts";
import type { HeaderEntry } from "../../../chain/header-entry.ts";
import type { PlacedTransaction } from "../../../chain/read-index.ts";
import { openTestChain } from "../../../chain/testing/forge.ts";
import { type TestAuthor, testAuthor, testGenesis } from "../../../chain/testing/mine.ts";
import { type BlockId, blockIdFromHex } from "../../../kernel/brand.ts";
import { initKernel } from "../../../kernel/init.ts";
import { noTokens } from "../../../ledger/state.ts";
import { networkView } from "../../story/round.ts";
import { placeOf } from "./placed-transactions.ts";
import { receiptsOf } from "./receipts.ts";
import { searchFor } from "./search.ts";
import { readingCore } from "./testing/reading-core.ts";
import { tipSum } from "./tip-sums.ts";

/** What these methods look through at most. */
const [FOUND, LOOKED_THROUGH, INDEX_READS, PLACES, SUMS, ROUNDS] = [10, 10_000, 8, 1_000, 256, 120];
const HEIGHT = LOOKED_THROUGH + 50;

let chain: Chain;
let author: TestAuthor;
beforeAll(async () => {
  await initKernel();
  author = testAuthor(1);
  ({ chain } = await openTestChain({ genesis: testGenesis() }));
});

const idOf = (height: number): BlockId =>
  blockIdFromHex(`e${height.toString(16).padStart(7, "0")}${"c".repeat(56)}`);

/** The entry of a long story's page. */
function page(height: number): HeaderEntry {
  return {
    ...chain.tip(),
    id: idOf(height),
    height,
    author: author.address,
    timestampMs: height * 1_000,
    keyParent: chain.tip(),
    parent: chain.tip(),
  };
}

/** A story of so many pages that nobody had to write. */
function longStory(change: Partial<Chain> = {}): Chain {
  return {
    ...chain,
    tip: () => page(HEIGHT),
    canonAt: (height) => (height >= 0 && height <= HEIGHT ? page(height) : undefined),
    microblocksAt: () => [],
    ...change,
  };
}

describe("[NET-6] what a reader may look through in one call", () => {
  it("a search ends with its first few finds", async () => {
    const { core } = readingCore(longStory());
    const { results } = await searchFor(core, "e000");
    expect(results).toHaveLength(FOUND);
  });

  it("a search by the beginning of an id looks at the newest pages only", async () => {
    const { core } = readingCore(longStory());
    const beginning = (height: number): string => idOf(height).slice(0, 8);
    const last = HEIGHT - LOOKED_THROUGH;
    expect((await searchFor(core, beginning(last + 1))).results).toHaveLength(1);
    expect((await searchFor(core, beginning(last))).results).toEqual([]);
  });

  it("receipts end after so many reads of the index, with a cursor to go on from", async () => {
    let reads = 0;
    const { core } = readingCore({
      ...chain,
      indexed: async () => ({ transactions: [], next: `line/${++reads}` }),
    });
    const { address } = author;
    const { receipts, cursor } = await receiptsOf(core, { address, limit: 500 });
    expect(reads).toBe(INDEX_READS);
    expect([receipts, cursor]).toEqual([[], `line/${INDEX_READS}`]);
  });

  it("of the places of one transaction so many are looked at", async () => {
    const places: PlacedTransaction[] = Array.from({ length: PLACES + 1 }, (_, height) => ({
      txid: "ab".repeat(32),
      block: idOf(height),
      index: 0,
      code: 0,
      price: noTokens,
      entry: page(height),
    }));
    const standing = (canon: number): Promise<PlacedTransaction | undefined> =>
      placeOf(
        {
          ...chain,
          isCanon: (id) => id === idOf(canon),
          indexed: async ({ limit }) => ({ transactions: places.slice(0, limit), next: null }),
        },
        "ab".repeat(32),
      );
    expect((await standing(3))?.entry.height).toBe(3);
    // Beyond: as if it had lost its place, the one that came furthest.
    expect((await standing(PLACES))?.entry.height).toBe(PLACES - 1);
  });

  it("of paragraphs summed before, the ones asked for last are remembered", async () => {
    let reads = 0;
    const anchor = page(2);
    const story: Chain = {
      ...chain,
      canonAt: () => anchor,
      isCanon: (id) => id === anchor.id,
      async indexed({ after }) {
        reads++;
        const line = {
          txid: "",
          block: idOf(1),
          index: 0,
          code: 0,
          price: noTokens,
          entry: page(1),
        };
        return after === undefined
          ? { transactions: [line], next: "line/1" }
          : { transactions: [], next: null };
      },
    };
    const readsFor = async (paragraph: number): Promise<number> => {
      const before = reads;
      await tipSum(story, page(paragraph));
      return reads - before;
    };
    expect([await readsFor(1), await readsFor(1)]).toEqual([2, 1]);
    for (let paragraph = 2; paragraph <= SUMS; paragraph++) await readsFor(paragraph);
    expect(await readsFor(1)).toBe(1);
    for (let paragraph = SUMS + 1; paragraph <= 2 * SUMS; paragraph++) await readsFor(paragraph);
    expect(await readsFor(1)).toBe(2);
  });

  it("of all rounds the newest are listed", () => {
    const { rounds } = networkView(longStory(), HEIGHT * 1_000);
    expect(rounds).toHaveLength(ROUNDS);
    expect(rounds.at(-1)?.height).toBe(HEIGHT);
  });
});

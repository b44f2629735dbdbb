import { beforeAll, describe, expect, it } from "vitest";
import { bytesFromHex, concatBytes, hexFromBytes } from "../kernel/bytes.ts";
import { hash } from "../kernel/hash.ts";
import { initKernel } from "../kernel/init.ts";
import { stateRoot } from "../ledger/state-map.ts";
import type { Chain } from "./create-chain.ts";
import { createChain } from "./create-chain.ts";
import type { ChainFault } from "./outcome.ts";
import type { TestChain } from "./testing/forge.ts";
import { forkOf, grow, openTestChain } from "./testing/forge.ts";
import type { TestAuthor } from "./testing/mine.ts";
import { mineBlock, TEST_PACE_MS, testAuthor, testGenesis } from "./testing/mine.ts";
import type { TestStore } from "./testing/test-store.ts";

const P = TEST_PACE_MS;
const genesis = () => testGenesis();
let authors: TestAuthor[];
/** Ten blocks, a side branch of two on the fifth. */
let full: TestChain;
let nowMs: number;

beforeAll(async () => {
  await initKernel();
  authors = [1, 2, 3].map(testAuthor);
  full = await openTestChain({ genesis: genesis() });
  await grow(full, 5, authors);
  const side = await forkOf(full);
  await grow(full, 5, authors);
  const blocks = await grow(side, 2, [testAuthor(7), testAuthor(8)], "Side");
  nowMs = full.chain.tip().timestampMs + P;
  await full.chain.connectBlocks(blocks, nowMs);
});

const facts = (chain: Chain) => ({
  tip: chain.tip().id,
  work: chain.tip().totalWork,
  root: hexFromBytes(stateRoot(chain.headState())),
  apocrypha: chain.apocrypha().map(({ id }) => id),
});

function idAt(height: number) {
  const entry = full.chain.canonAt(height);
  if (entry === undefined) throw new RangeError(`no block at ${height}`);
  return entry.id;
}

/** Opens the harmed copy of the full store, and again, to see that what was discarded stays away. */
async function reopen(
  harm: (store: TestStore) => void,
): Promise<{ chain: Chain; faults: readonly ChainFault[]; store: TestStore }> {
  const store = full.store.snapshot();
  harm(store);
  const first = await createChain({ genesis: genesis(), store });
  const second = await createChain({ genesis: genesis(), store });
  expect(second.faults).toEqual([]);
  expect(facts(second.chain)).toEqual(facts(first.chain));
  return { ...first, store };
}

function flip(bytes: Uint8Array, at: number): Uint8Array {
  const changed = bytes.slice();
  changed[at] = (changed[at] ?? 0) ^ 0x10;
  return changed;
}

describe("restart", () => {
  it("[STO-1] at any point, the same tip, work, state root and apocrypha come back", async () => {
    const own = await openTestChain({ genesis: genesis() });
    const blocks = await full.chain.readBlocks([...Array(10).keys()].map((n) => idAt(n + 1)));
    const side = await full.chain.readBlocks(
      full.chain
        .apocrypha()
        .toReversed()
        .map(({ id }) => id),
    );
    for (const block of [...blocks.slice(0, 6), ...side, ...blocks.slice(6)]) {
      if (block === undefined) throw new RangeError("no block");
      await own.chain.connectBlock(block, nowMs);
      const again = await createChain({ genesis: genesis(), store: own.store.snapshot() });
      expect(again.faults).toEqual([]);
      expect(facts(again.chain)).toEqual(facts(own.chain));
    }
    expect(facts(own.chain)).toEqual(facts(full.chain));
  });

  it("goes on mining, and reorganises to a branch that forks below the restart", async () => {
    const again = await forkOf(full);
    const block = mineBlock(again.chain, { author: testAuthor(5), text: "On.", nowMs });
    expect(await again.chain.connectBlock(block, nowMs)).toMatchObject({ kind: "extended" });
    const other = await openTestChain({ genesis: genesis() });
    const blocks = await grow(other, 14, [testAuthor(6), testAuthor(7)], "Other");
    const outcomes = await again.chain.connectBlocks(blocks, nowMs + 20 * P);
    expect(outcomes.some(({ kind }) => kind === "reorganised")).toBe(true);
    expect(again.chain.tip().id).toBe(other.chain.tip().id);
  });

  it("[GEN-1] refuses a store of another story, and a genesis that was tampered with", async () => {
    const other = testGenesis({ title: "Another" });
    await expect(
      createChain({ genesis: other, store: full.store.snapshot() }),
    ).rejects.toMatchObject({
      code: "store-other-story",
    });
    const forged = { ...genesis(), title: "Forged" };
    await expect(openTestChain({ genesis: forged })).rejects.toHaveProperty("code");
  });
});

describe("damage on disk", () => {
  const harms: readonly [name: string, harm: (store: TestStore) => void][] = [
    [
      "a flipped bit in a header's state root",
      (s) => s.changeRecord(idAt(7), (r) => ({ ...r, header: flip(r.header, 190) })),
    ],
    [
      "a flipped bit in a signature",
      (s) => s.changeRecord(idAt(7), (r) => ({ ...r, header: flip(r.header, 320) })),
    ],
    [
      "a header cut short",
      (s) => s.changeRecord(idAt(7), (r) => ({ ...r, header: r.header.subarray(1) })),
    ],
    [
      "a flipped bit in a delta",
      (s) => s.changeRecord(idAt(7), (r) => ({ ...r, delta: flip(r.delta, 60) })),
    ],
    [
      "a flipped bit in a seal",
      (s) => s.changeRecord(idAt(7), (r) => ({ ...r, delta: flip(r.delta, 3) })),
    ],
    ["an empty delta", (s) => s.changeRecord(idAt(7), (r) => ({ ...r, delta: new Uint8Array(0) }))],
    ["another height", (s) => s.changeRecord(idAt(7), (r) => ({ ...r, height: 6 }))],
    [
      "another block's record",
      (s) => {
        s.changeRecord(idAt(7), (r) => {
          let other = r;
          s.changeRecord(idAt(8), (o) => (other = o));
          return { ...other, id: r.id };
        });
      },
    ],
  ];
  it.each(harms)(
    "[STO-4] %s: reported, discarded with its descendants, never believed",
    async (_name, harm) => {
      const { chain, faults, store } = await reopen(harm);
      expect(faults[0]).toMatchObject({ code: "record-corrupted", id: idAt(7) });
      const orphaned = faults.slice(1);
      expect(orphaned.map(({ id }) => id)).toEqual([8, 9, 10].map(idAt));
      expect(orphaned.every(({ code }) => code === "record-orphaned")).toBe(true);
      expect(store.ids()).toHaveLength(12 - 4);
      const best = [chain.tip().id, ...chain.apocrypha().map(({ id }) => id)];
      expect(best).toContain(idAt(6));
      expect(chain.tip().height).toBeGreaterThanOrEqual(6);
      const blocks = await full.chain.readBlocks([7, 8, 9, 10].map(idAt));
      await chain.connectBlocks(
        blocks.flatMap((block) => block ?? []),
        nowMs,
      );
      expect(facts(chain)).toEqual(facts(full.chain));
    },
  );

  it("[STO-4] a delta that was sealed wrong is found by the state root", async () => {
    const { chain, faults } = await reopen((store) => {
      store.changeRecord(idAt(8), (record) => {
        const wrong = flip(record.delta, record.delta.length - 1).subarray(32);
        const seal = hash("local-record", bytesFromHex(record.id), record.header, wrong);
        return { ...record, delta: concatBytes(seal, wrong) };
      });
    });
    expect(faults[0]).toMatchObject({ code: "record-corrupted", id: idAt(8) });
    expect(chain.tip().height).toBe(7);
  });

  it("[STO-4] a lost record takes its descendants along", async () => {
    const { chain, faults } = await reopen((store) => {
      void store.discard([idAt(9)], idAt(10));
    });
    expect(faults).toEqual([
      { code: "record-orphaned", id: idAt(10), height: 10, reason: "parent-missing" },
    ]);
    expect(chain.tip().id).toBe(idAt(8));
  });

  it("[STO-4] a stored tip is compared, never trusted", async () => {
    const { chain, faults, store } = await reopen((s) => s.changeTip(idAt(4)));
    expect(faults).toEqual([
      { code: "tip-corrupted", id: idAt(4), height: 4, reason: "not-the-best-block" },
    ]);
    expect(facts(chain)).toEqual(facts(full.chain));
    expect(await store.tip()).toBe(chain.tip().id);
  });

  it("[STO-4] everything lost: the story starts again at its genesis", async () => {
    const { chain } = await reopen((store) => void store.discard([idAt(1)], idAt(10)));
    expect(chain.tip().height).toBe(0);
    const blocks = await full.chain.readBlocks([...Array(10).keys()].map((n) => idAt(n + 1)));
    await chain.connectBlocks(
      blocks.flatMap((block) => block ?? []),
      nowMs,
    );
    expect(chain.tip().id).toBe(full.chain.tip().id);
  });
});

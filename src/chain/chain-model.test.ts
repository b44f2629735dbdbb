import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { Block } from "../kernel/block.ts";
import { bytesFromHex, compareBytes } from "../kernel/bytes.ts";
import { hash } from "../kernel/hash.ts";
import { blockIdOf } from "../kernel/header.ts";
import { initKernel } from "../kernel/init.ts";
import { targetFromCompact } from "../kernel/target.ts";
import { accountOf, supplyOf } from "../ledger/state.ts";
import type { Chain } from "./create-chain.ts";
import { createChain } from "./create-chain.ts";
import type { TestChain } from "./testing/forge.ts";
import { forkOf, openTestChain } from "./testing/forge.ts";
import type { TestAuthor } from "./testing/mine.ts";
import { mineBlock, TEST_PACE_MS, TEST_START_MS, testAuthor, testGenesis } from "./testing/mine.ts";

/**
 * The reference: a list of blocks from which everything is computed from scratch, in the plainest way,
 * without the chain's tree, deltas, caches or state map. It knows the rules of reward and fork choice
 * by their text in docs/PROTOCOL.md.
 */
interface Mined {
  readonly id: string;
  readonly parent: string;
  readonly block: Block;
  readonly author: string;
  readonly text: string;
}

const P = TEST_PACE_MS;
const END_MS = TEST_START_MS + 10_000 * P;
let authors: TestAuthor[];
let storyId: string;

beforeAll(async () => {
  await initKernel();
  authors = [1, 2, 3, 4].map(testAuthor);
  storyId = (await openTestChain({ genesis: testGenesis() })).chain.storyId;
});

const workOf = (target: number) => (1n << 256n) / (targetFromCompact(target) + 1n);

function pathTo(blocks: readonly Mined[], id: string): Mined[] {
  const block = blocks.find((candidate) => candidate.id === id);
  return block === undefined ? [] : [...pathTo(blocks, block.parent), block];
}

function modelTip(blocks: readonly Mined[]): string {
  let best = storyId;
  let bestWork = 0n;
  for (const { id } of blocks) {
    const work = pathTo(blocks, id).reduce(
      (sum, { block }) => sum + workOf(block.header.target),
      0n,
    );
    const tie = (name: string) => hash("tie", bytesFromHex(name));
    if (work > bestWork || (work === bestWork && compareBytes(tie(id), tie(best)) < 0)) {
      best = id;
      bestWork = work;
    }
  }
  return best;
}

function modelBalances(path: readonly Mined[]): Map<string, bigint> {
  const balances = new Map<string, bigint>();
  let emitted = 0n;
  let reference = workOf(testGenesis().initialTarget);
  for (const { block, author } of path) {
    const work = workOf(block.header.target);
    const full = (20_000_000_000_000n - emitted) / 20_000n;
    const paid = (full * (work < reference ? work : reference)) / reference;
    emitted += paid;
    balances.set(author, (balances.get(author) ?? 0n) + paid);
    let step = (work - reference) / 256n;
    if (work < reference && (work - reference) % 256n !== 0n) step -= 1n;
    reference += step;
  }
  balances.set("emitted", emitted);
  return balances;
}

/** Compares everything that a chain says with what the model computes from the list. */
async function compare(chain: Chain, blocks: readonly Mined[]): Promise<void> {
  const tip = modelTip(blocks);
  const path = pathTo(blocks, tip);
  expect(chain.tip().id).toBe(tip);
  expect(path.map((_, index) => chain.canonAt(index + 1)?.id)).toEqual(path.map(({ id }) => id));
  expect(chain.canonAt(path.length + 1)).toBeUndefined();
  const canon = new Set(path.map(({ id }) => id));
  const side = blocks.filter(({ id }) => !canon.has(id)).map(({ id }) => id);
  expect(
    chain
      .apocrypha()
      .map(({ id }): string => id)
      .toSorted(),
  ).toEqual(side.toSorted());
  const balances = modelBalances(path);
  for (const { address } of authors) {
    const account = accountOf(chain.headState(), address);
    expect(account.consumer).toBe(balances.get(address) ?? 0n);
    expect(account.industrial).toBe(account.consumer);
  }
  expect(supplyOf(chain.headState()).emitted.consumer).toBe(balances.get("emitted"));
  const paragraphs = await chain.readParagraphs(1, 500);
  expect(paragraphs.map(({ paragraph }) => paragraph?.text)).toEqual(path.map(({ text }) => text));
}

/** Steps of growth: on which earlier block (by index from the newest), by whom, after how long. */
const treeArbitrary = fc.array(
  fc.record({
    on: fc.oneof(
      { weight: 3, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.nat({ max: 6 }) },
    ),
    author: fc.nat({ max: 3 }),
    waitMs: fc.oneof(
      fc.integer({ min: P / 4, max: 3 * P }),
      fc.integer({ min: 4 * P, max: 12 * P }),
    ),
  }),
  { minLength: 1, maxLength: 16 },
);

/** Mines the tree for real: each block on a chain that has exactly its ancestors. */
async function mineTree(
  steps: readonly { on: number; author: number; waitMs: number }[],
): Promise<Mined[]> {
  const places: TestChain[] = [await openTestChain({ genesis: testGenesis() })];
  const blocks: Mined[] = [];
  for (const [index, { on, author, waitMs }] of steps.entries()) {
    const below = places[Math.max(0, places.length - 1 - on)] ?? places[0];
    if (below === undefined) throw new RangeError("no place");
    const place = await forkOf(below);
    const parent = place.chain.tip();
    const free = authors.filter(({ address }) => address !== parent.author);
    const writer = free[author % free.length];
    if (writer === undefined) throw new RangeError("no author");
    const nowMs = parent.timestampMs + waitMs;
    const text = `Block ${index}.`;
    const block = mineBlock(place.chain, { author: writer, text, nowMs });
    await place.chain.connectBlock(block, nowMs);
    places.push(place);
    blocks.push({
      id: blockIdOf(block.header),
      parent: parent.id,
      block,
      author: writer.address,
      text,
    });
  }
  return blocks;
}

function expectedKind(isOrphan: boolean, parent: string, before: string, after: string): string {
  if (isOrphan) return "orphan";
  if (after === before) return "side-branch";
  return parent === before ? "extended" : "reorganised";
}

async function restarted({ store }: TestChain, stateCacheEntries: number): Promise<TestChain> {
  const copy = store.snapshot();
  const input = { genesis: testGenesis(), store: copy, stateCacheEntries };
  const { chain, faults } = await createChain(input);
  expect(faults).toEqual([]);
  return { chain, store: copy };
}

describe("chain against a simple reference model", () => {
  it("[FRK-1] [FRK-3] random trees, every arrival order, with restarts (property)", async () => {
    await fc.assert(
      fc.asyncProperty(
        treeArbitrary,
        fc.infiniteStream(fc.nat()),
        fc.integer({ min: 1, max: 4 }),
        async (steps, choices, stateCacheEntries) => {
          const tree = await mineTree(steps);
          let own = await openTestChain({ genesis: testGenesis(), stateCacheEntries });
          const waiting = [...tree];
          const connected: Mined[] = [];
          const has = (id: string) => id === storyId || connected.some((block) => block.id === id);
          while (waiting.length > 0) {
            const [next] = waiting.splice(choices.next().value % waiting.length, 1);
            if (next === undefined) break;
            const outcome = await own.chain.connectBlock(next.block, END_MS);
            const isOrphan = !has(next.parent);
            const before = modelTip(connected);
            if (isOrphan) waiting.push(next);
            else connected.push(next);
            const after = modelTip(connected);
            expect(outcome.kind).toBe(expectedKind(isOrphan, next.parent, before, after));
            if (choices.next().value % 4 === 0) own = await restarted(own, stateCacheEntries);
          }
          await compare(own.chain, tree);
        },
      ),
      { numRuns: 25 },
    );
  });

  it("[STO-1] a batch of any shape ends where one by one ends (property)", async () => {
    await fc.assert(
      fc.asyncProperty(treeArbitrary, async (steps) => {
        const tree = await mineTree(steps);
        const own = await openTestChain({ genesis: testGenesis() });
        const outcomes = await own.chain.connectBlocks(
          tree.map(({ block }) => block),
          END_MS,
        );
        expect(outcomes).toHaveLength(tree.length);
        expect(own.store.commits()).toBe(1);
        await compare(own.chain, tree);
        const again = await createChain({ genesis: testGenesis(), store: own.store });
        await compare(again.chain, tree);
      }),
      { numRuns: 15 },
    );
  });

  it("[HDR-4] the state after any block of the tree can be had, however old (property)", async () => {
    await fc.assert(
      fc.asyncProperty(treeArbitrary, async (steps) => {
        const tree = await mineTree(steps);
        const own = await openTestChain({ genesis: testGenesis(), stateCacheEntries: 1 });
        for (const { block } of tree) await own.chain.connectBlock(block, END_MS);
        for (const { id } of tree) {
          const entry = [...Array(20).keys()]
            .map((height) => own.chain.canonAt(height))
            .concat(own.chain.apocrypha())
            .find((candidate) => candidate?.id === id);
          if (entry === undefined) throw new RangeError("no entry");
          const state = await own.chain.stateAt(entry.id);
          const balances = modelBalances(pathTo(tree, id));
          expect(supplyOf(state).emitted.consumer).toBe(balances.get("emitted"));
          for (const { address } of authors) {
            expect(accountOf(state, address).consumer).toBe(balances.get(address) ?? 0n);
          }
        }
      }),
      { numRuns: 10 },
    );
  });
});

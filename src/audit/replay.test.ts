import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { openTestChain, type TestChain } from "../chain/testing/forge.ts";
import { mineBlock, TEST_PACE_MS, testGenesis } from "../chain/testing/mine.ts";
import { pay } from "../chain/testing/pay.ts";
import { initKernel } from "../kernel/init.ts";
import { factsOfChain, factsOfReplay } from "./testing/compare-ledgers.ts";
import {
  exportChain,
  histories,
  people,
  type Step,
  takeStep,
  type Wish,
} from "./testing/random-history.ts";
import { replayChain, type SimpleLedger } from "./testing/simple-ledger.ts";

beforeAll(initKernel);

async function compare(own: TestChain): Promise<SimpleLedger> {
  const { genesis, blocks } = await exportChain(own);
  const replay = replayChain(genesis, blocks);
  expect(factsOfReplay(replay)).toEqual(await factsOfChain(own));
  return replay;
}

/** A young story in which the first three have something to spend. */
async function startedChain(): Promise<TestChain> {
  const own = await openTestChain({ genesis: testGenesis() });
  for (const author of [0, 0, 1]) await takeStep(own, [], { kind: "key", author, wishes: [] });
  return own;
}

const WISH: Wish = {
  from: 0,
  to: 3,
  kind: "pay",
  share: 250_000n,
  token: 2,
  selector: 2,
  tip: 0,
  choice: 0,
  extraFee: 1n,
};

const wish = (change: Partial<Wish>): Wish => ({ ...WISH, ...change });
/** Handles by `choice`: below 5 for oneself, from 5 on the same ones for somebody else. */
const register = (from: number, choice: number, to = 3): Wish =>
  wish({ kind: "register", from, choice, to });
const move = (from: number, choice: number, to: number): Wish =>
  wish({ kind: "move", from, choice, to });

/** A history in which everything happens that a few random ones may leave out. */
const EVERYTHING: Step[] = [
  { kind: "micro", wishes: [WISH, register(0, 0), register(1, 1), register(2, 1)] },
  // A gift to one who shows a handle; a move by one who is not the owner.
  { kind: "key", author: 0, wishes: [register(1, 7, 0), move(2, 0, 2)] },
  { kind: "equivocate", wishes: [wish({ kind: "codex" }), wish({ kind: "tip", from: 2 })] },
  // The handle that is shown goes to one who had none; another one is chosen; one goes that is not shown.
  { kind: "micro", wishes: [move(0, 0, 3), wish({ kind: "profile", from: 1 })] },
  { kind: "key", author: 1, wishes: [move(0, 2, 0), wish({ kind: "codex", from: 2, choice: 6 })] },
  { kind: "micro", wishes: [register(0, 0), register(0, 3), move(0, 2, 4)] },
  // All is spent, and the price of a free handle is not there.
  { kind: "micro", wishes: [wish({ from: 2, share: 999_999n }), wish({ kind: "codex", from: 1 })] },
  { kind: "micro", wishes: [register(2, 4), wish({ kind: "codex", choice: 6 })] },
  { kind: "reorganise", back: 2, author: 0, wishes: [move(1, 1, 4)] },
  { kind: "key", author: 1, wishes: [] },
];

/** What histories came to, all runs together: the generator must not have spent them on nothing. */
interface Tally {
  transactions: number;
  lost: number;
  microblocks: number;
  reorganisations: number;
  proofs: number;
}

async function live(own: TestChain, steps: readonly Step[], tally: Tally): Promise<void> {
  const past: TestChain[] = [];
  for (const one of steps) {
    past.push({ chain: own.chain, store: own.store.snapshot() });
    const before = own.chain.head().id;
    await takeStep(own, past, one);
    if (!own.chain.isCanon(before)) tally.reorganisations++;
    const replay = await compare(own);
    if (one !== steps.at(-1)) continue;
    const lines = [...replay.history.values()].flat();
    tally.transactions += lines.length;
    tally.lost += lines.filter(({ code }) => code !== 0).length;
  }
  const { blocks } = await exportChain(own);
  // Kind is byte 1 of a header, the body's version byte 366.
  tally.microblocks += blocks.filter((hex) => hex.slice(2, 4) === "01").length;
  tally.proofs += blocks.filter((hex) => hex.slice(2 * 366, 2 * 367) === "02").length;
}

describe("an independent replay of the exported chain", () => {
  it("[RWD-2] [RWD-1b] [TX-5] [TX-6] [HND-1] [HDR-4] finds what the chain says, after every step of any history (property)", {
    timeout: 120_000,
  }, async () => {
    const tally = { transactions: 0, lost: 0, microblocks: 0, reorganisations: 0, proofs: 0 };
    await fc.assert(
      fc.asyncProperty(histories, async (steps) => live(await startedChain(), steps, tally)),
      { numRuns: 12, examples: [[EVERYTHING]] },
    );
    for (const [what, count] of Object.entries(tally)) expect(count, what).toBeGreaterThan(0);
  });

  it("refuses a chain in which anything was changed: an independent check, not a reading", async () => {
    const own = await startedChain();
    const { chain } = own;
    const tracker = people().find(({ address }) => address === chain.tip().author);
    const other = people().find(({ address }) => address !== chain.tip().author);
    if (tracker === undefined || other === undefined) throw new RangeError("no authors");
    const nowMs = chain.tip().timestampMs + TEST_PACE_MS;
    const transactions = [pay(chain, tracker, other.address, { nonce: 1n })];
    const block = mineBlock(chain, { author: other, text: "And on.", nowMs, transactions });
    await chain.connectBlock(block, nowMs);
    const { genesis, blocks } = await exportChain(own);
    const last = blocks.at(-1) ?? "";
    const withByte = (at: number): string[] => {
      const flipped = Number.parseInt(last.slice(2 * at, 2 * at + 2), 16) ^ 1;
      const byte = flipped.toString(16).padStart(2, "0");
      return [...blocks.slice(0, -1), last.slice(0, 2 * at) + byte + last.slice(2 * at + 2)];
    };
    replayChain(genesis, blocks);
    for (let at = 0; at < last.length / 2; at += 13) {
      expect(() => replayChain(genesis, withByte(at)), `byte ${at}`).toThrow(/./);
    }
    expect(() => replayChain(genesis, blocks.slice(1))).toThrow("parent");
    expect(() => replayChain(genesis, [...blocks, last])).toThrow("parent");
  });
});

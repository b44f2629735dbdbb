import { beforeAll, describe, expect, it } from "vitest";
import { grow, openTestChain, type TestChain } from "../../chain/testing/forge.ts";
import { mineBlock, TEST_START_MS, testAuthor, testGenesis } from "../../chain/testing/mine.ts";
import type { Block } from "../../kernel/block.ts";
import { initKernel } from "../../kernel/init.ts";
import { createVirtualClock } from "../../simulation/virtual-clock.ts";
import {
  MAX_FUTURE_WAIT_MS,
  MAX_REORGS,
  MAX_WAITING_FUTURE,
  MAX_WAITING_FUTURE_PER_PEER,
} from "../limits.ts";
import type { ReorgView } from "../rpc/shapes.ts";
import { createIntake } from "./intake.ts";
import { storyContext, type TestContext } from "./testing/story-context.ts";

beforeAll(initKernel);

/** Paragraphs of each side that a story diff shows. */
const MAX_SHOWN = 50;
const genesis = () => testGenesis();
const NOW_MS = TEST_START_MS + 1_000_000;
/** HDR-6: what a block may be ahead of the clock. */
const MAY_BE_AHEAD_MS = 10_000;
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function reader(): Promise<TestContext & { readonly told: ReorgView[] }> {
  const { chain } = await openTestChain({ genesis: genesis() });
  const test = storyContext(chain);
  test.setTime(chain.tip().timestampMs + 1_000 * chain.genesis.paceMs);
  const told: ReorgView[] = [];
  test.context.hub.on("reorg", (reorg) => told.push(reorg));
  return { ...test, told };
}

/** Two places where the story goes on, each with its own authors. */
async function branches(): Promise<
  readonly { readonly more: (count: number) => Promise<readonly Block[]> }[]
> {
  const opened = await Promise.all([1, 2].map(() => openTestChain({ genesis: genesis() })));
  return opened.map((branch: TestChain, index) => {
    const authors = [0, 1].map((offset) => testAuthor(2 * index + offset));
    return { more: (count) => grow(branch, count, authors, `Side ${index}`) };
  });
}

describe("[NET-6] story diffs", () => {
  it("the newest are kept, however often two branches take turns", async () => {
    const { context, told } = await reader();
    const intake = createIntake(context);
    const [first, second] = await branches();
    if (first === undefined || second === undefined) throw new RangeError("no branches");
    await intake.connectMany(await first.more(1), "x");
    for (let turn = 0; turn <= MAX_REORGS + 1; turn++) {
      const side = turn % 2 === 0 ? second : first;
      await intake.connectMany(await side.more(2), "x");
    }
    await expect.poll(() => told.length).toBeGreaterThan(MAX_REORGS);
    expect(intake.reorgs()).toHaveLength(MAX_REORGS);
    expect(intake.reorgs()[0]).toBe(told.at(-1));
    intake.stop();
  });

  it("of a long branch the newest paragraphs are shown, on either side", async () => {
    const { context, told } = await reader();
    const intake = createIntake(context);
    const [first, second] = await branches();
    await intake.connectMany((await first?.more(MAX_SHOWN + 2)) ?? [], "x");
    await intake.connectMany((await second?.more(MAX_SHOWN + 4)) ?? [], "x");
    await expect.poll(() => told.length).toBe(1);
    const [reorg] = told;
    expect(reorg?.lost).toHaveLength(MAX_SHOWN);
    expect(reorg?.gained).toHaveLength(MAX_SHOWN);
    expect(reorg?.lost.at(-1)?.height).toBe(MAX_SHOWN + 2);
    expect(reorg?.gained.at(-1)?.height).toBe(MAX_SHOWN + 4);
    intake.stop();
  });
});

describe("[NET-6] [HDR-6] blocks of the future", () => {
  /** A block of another author each time, whose time comes in `aheadMs`. */
  const future = async (author: number, aheadMs: number): Promise<Block> => {
    const { chain } = await openTestChain({ genesis: genesis() });
    const nowMs = NOW_MS + MAY_BE_AHEAD_MS + aheadMs;
    return mineBlock(chain, { author: testAuthor(author), text: "Later.", nowMs });
  };

  it("a few of each peer are kept, and no more than so many of all", async () => {
    const { chain } = await openTestChain({ genesis: genesis() });
    const clock = createVirtualClock(NOW_MS, settle);
    const intake = createIntake(storyContext(chain, { clock }).context);
    let author = 0;
    const send = async (peer: string, count: number): Promise<void> => {
      for (let block = 0; block < count; block++) {
        const outcome = await intake.connect(await future(++author, 5_000), peer);
        expect(outcome.kind).toBe("future");
      }
    };
    await send("x", MAX_WAITING_FUTURE_PER_PEER + 2);
    expect(clock.pendingTimers()).toBe(MAX_WAITING_FUTURE_PER_PEER);
    for (const peer of ["a", "b", "c", "d"]) await send(peer, MAX_WAITING_FUTURE_PER_PEER);
    expect(clock.pendingTimers()).toBe(MAX_WAITING_FUTURE);
    // Their time comes: the places are free again, and one of them is the next page.
    await clock.runUntil(NOW_MS + 6_000);
    expect(chain.tip().height).toBe(1);
    expect(clock.pendingTimers()).toBe(0);
    intake.stop();
  });

  it("one that is further away than an honest clock could be is not kept", async () => {
    const { chain } = await openTestChain({ genesis: genesis() });
    const clock = createVirtualClock(NOW_MS, settle);
    const intake = createIntake(storyContext(chain, { clock }).context);
    await intake.connect(await future(1, MAX_FUTURE_WAIT_MS + 1), "x");
    expect(clock.pendingTimers()).toBe(0);
    await intake.connect(await future(2, MAX_FUTURE_WAIT_MS), "x");
    expect(clock.pendingTimers()).toBe(1);
    intake.stop();
  });
});

import { beforeAll, describe, expect, it } from "vitest";
import { grow, openTestChain, type TestChain } from "../../chain/testing/forge.ts";
import { testAuthor, testGenesis } from "../../chain/testing/mine.ts";
import type { Block } from "../../kernel/block.ts";
import { initKernel } from "../../kernel/init.ts";
import { MAX_REORGS } from "../limits.ts";
import type { ReorgView } from "../rpc/shapes.ts";
import { createIntake } from "./intake.ts";
import { storyContext, type TestContext } from "./testing/story-context.ts";

beforeAll(initKernel);

/** Paragraphs of each side that a story diff shows. */
const MAX_SHOWN = 50;
const genesis = () => testGenesis();

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

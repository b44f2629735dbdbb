/**
 * Rewards as they are told against balances as the ledger has them: whoever neither sends nor receives
 * has exactly the sum of its rewards.
 *
 * @module
 */
import { beforeAll, describe, expect, it } from "vitest";
import { openTestChain, type TestChain } from "../../../chain/testing/forge.ts";
import {
  mineBlock,
  type TestAuthor,
  testAuthor,
  testGenesis,
} from "../../../chain/testing/mine.ts";
import { pay, sealBlock } from "../../../chain/testing/pay.ts";
import type { Address } from "../../../kernel/brand.ts";
import { initKernel } from "../../../kernel/init.ts";
import type { SignedTransaction } from "../../../kernel/transaction.ts";
import { accountOf } from "../../../ledger/state.ts";
import { rewardsOf } from "./rewards-view.ts";

let payer: TestAuthor;
let writers: readonly TestAuthor[];
let stranger: Address;
beforeAll(async () => {
  await initKernel();
  payer = testAuthor(0);
  writers = [testAuthor(1), testAuthor(2)];
  stranger = testAuthor(9).address;
});

async function write(
  { chain }: TestChain,
  author: TestAuthor,
  transactions: readonly SignedTransaction[] = [],
): Promise<void> {
  const nowMs = chain.tip().timestampMs + 2 * chain.genesis.paceMs;
  const block = mineBlock(chain, { author, text: "A line.", nowMs, transactions });
  await chain.connectBlock(block, nowMs);
  expect(chain.tip().author).toBe(author.address);
}

function sumOf(rewards: Awaited<ReturnType<typeof rewardsOf>>): object {
  const sum = (token: "consumer" | "industrial"): bigint =>
    rewards.rewards.reduce((total, reward) => total + BigInt(reward[token]), 0n);
  return { consumer: sum("consumer"), industrial: sum("industrial") };
}

async function expectRewardsToBeBalances(story: TestChain): Promise<void> {
  for (const { address } of writers) {
    const { consumer, industrial } = accountOf(story.chain.headState(), address);
    expect(sumOf(await rewardsOf(story.chain, address, 500))).toEqual({ consumer, industrial });
  }
}

/** A payment of the payer with an odd fee, so that 40 % of it are no whole units. */
function payment({ chain }: TestChain, nonce: number): SignedTransaction {
  const fee = 1_001n + BigInt(nonce);
  return pay(chain, payer, stranger, { nonce: BigInt(nonce), fee, feeSelector: nonce % 3 });
}

describe("get_rewards", () => {
  it("[RWD-2] the shares of writer and tracker, from key blocks and microblocks, add up to the balance", async () => {
    const story = await openTestChain({ genesis: testGenesis() });
    const { chain } = story;
    const [first = payer, second = payer] = writers;
    await write(story, payer);
    await write(story, first, [payment(story, 1)]);
    await write(story, second);
    const nowMs = chain.tip().timestampMs + 1_000;
    await chain.connectBlock(sealBlock(chain, second, [payment(story, 2)], nowMs), nowMs);
    await write(story, first, [payment(story, 3)]);
    await write(story, second);
    await write(story, second);
    await expectRewardsToBeBalances(story);

    const { rewards, total } = await rewardsOf(chain, first.address, 500);
    expect(total).toBe(rewards.length);
    expect(rewards.map(({ height, reason }) => [height, reason])).toEqual([
      [5, "tracker"],
      [4, "paragraph"],
      [3, "tracker"],
      [2, "paragraph"],
    ]);
    // The pot that the second block left: 1,002 units, industrial (selector 1).
    expect(rewards[2]).toMatchObject({ consumer: "0", industrial: "400" });
    const page = await rewardsOf(chain, first.address, 1);
    expect([page.rewards.length, page.total]).toEqual([1, 4]);
  });

  it("[RWD-2] a tracker that equivocated has a line of nothing, and the writer the whole pot", async () => {
    const story = await openTestChain({ genesis: testGenesis() });
    const { chain } = story;
    const [first = payer, second = payer] = writers;
    await write(story, payer);
    await write(story, first);
    const nowMs = chain.tip().timestampMs + 1_000;
    const twice = [5n, 6n].map((amountConsumer) => {
      const paid = pay(chain, payer, stranger, { nonce: 1n, fee: 1_001n, amountConsumer });
      return sealBlock(chain, first, [paid], nowMs);
    });
    await chain.connectBlocks(twice, nowMs);
    await write(story, second);
    const { rewards } = await rewardsOf(chain, first.address, 500);
    expect(rewards[0]).toMatchObject({
      height: 3,
      reason: "tracker",
      consumer: "0",
      industrial: "0",
    });
    await expectRewardsToBeBalances(story);
  });

  it("[RWD-1] what is remembered of one branch is not told of another", async () => {
    const story = await openTestChain({ genesis: testGenesis() });
    const other = await openTestChain({ genesis: testGenesis() });
    const [first = payer, second = payer] = writers;
    await write(story, payer);
    await write(story, first, [payment(story, 1)]);
    await expectRewardsToBeBalances(story);
    for (const author of [second, payer, second]) await write(other, author);
    const blocks = await other.chain.readBlocks(
      [1, 2, 3].map((height) => other.chain.canonAt(height)?.id ?? other.chain.tip().id),
    );
    const known = blocks.flatMap((block) => (block === undefined ? [] : [block]));
    await story.chain.connectBlocks(known, other.chain.tip().timestampMs);
    expect(story.chain.tip().id).toBe(other.chain.tip().id);
    await expectRewardsToBeBalances(story);
    expect((await rewardsOf(story.chain, first.address, 500)).total).toBe(0);
  });
});

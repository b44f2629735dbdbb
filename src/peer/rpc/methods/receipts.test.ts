import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { forkOf, openTestChain, type TestChain } from "../../../chain/testing/forge.ts";
import {
  mineBlock,
  type TestAuthor,
  testAuthor,
  testGenesis,
} from "../../../chain/testing/mine.ts";
import { pay, sealBlock } from "../../../chain/testing/pay.ts";
import type { Block } from "../../../kernel/block.ts";
import { hexFromBytes, utf8Encode } from "../../../kernel/bytes.ts";
import { initKernel } from "../../../kernel/init.ts";
import { type SignedTransaction, txidOf } from "../../../kernel/transaction.ts";
import { tipMemo } from "../../../ledger/transactions/tip-memo.ts";
import type { TransactionView } from "../shapes.ts";
import { receiptsOf } from "./receipts.ts";
import { searchFor } from "./search.ts";
import { type ReadingCore, readingCore } from "./testing/reading-core.ts";
import { transactionMethods } from "./transaction-methods.ts";

let story: TestChain;
let reading: ReadingCore;
let payer: TestAuthor;
let writer: TestAuthor;
let friend: TestAuthor;

beforeAll(initKernel);
beforeEach(async () => {
  [payer, writer, friend] = [testAuthor(0), testAuthor(1), testAuthor(2)];
  story = await openTestChain({ genesis: testGenesis() });
  reading = readingCore(story.chain);
  for (const author of [payer, writer, payer, friend]) await write(story, author);
});

async function write(
  { chain }: TestChain,
  author: TestAuthor,
  transactions: readonly SignedTransaction[] = [],
  text = "A line.",
): Promise<Block> {
  const nowMs = chain.tip().timestampMs + chain.genesis.paceMs;
  const block = mineBlock(chain, { author, text, nowMs, transactions });
  const { kind } = await chain.connectBlock(block, nowMs);
  expect(kind).toBe("extended");
  return block;
}

async function seal(
  tracker: TestAuthor,
  transactions: readonly SignedTransaction[],
): Promise<void> {
  const { chain } = story;
  const nowMs = chain.head().timestampMs + 1_000;
  await chain.connectBlock(sealBlock(chain, tracker, transactions, nowMs), nowMs);
}

const send = (nonce: number, payload: Parameters<typeof pay>[3] | object = {}): SignedTransaction =>
  pay(story.chain, payer, friend.address, { ...payload, nonce: BigInt(nonce) });
const txid = (transaction: SignedTransaction): string => hexFromBytes(txidOf(transaction));
const states = (views: readonly TransactionView[]): unknown =>
  views.map(({ nonce, state }) => `${nonce} ${state}`);
const ofPayer = (params: object = {}): ReturnType<typeof receiptsOf> =>
  receiptsOf(reading.core, { address: payer.address, ...params });
const transactionOf = (one: SignedTransaction) =>
  transactionMethods.get_transaction(reading.core, { txid: txid(one) });

describe("an address", () => {
  it("has what waits first, then sealed, settled and final, newest first", async () => {
    const all = [1, 2, 3, 4].map((nonce) => send(nonce));
    const [first = send(1), second = send(2), third = send(3), fourth = send(4)] = all;
    await write(story, writer, [first]);
    for (const author of [payer, writer, payer, writer, payer]) await write(story, author);
    await write(story, writer, [second]);
    await write(story, payer);
    await seal(payer, [third]);
    reading.pool.admit(fourth, story.chain.head().timestampMs);
    const { receipts, cursor } = await ofPayer();
    expect(states(receipts)).toEqual(["4 pending", "3 sealed", "2 settled", "1 final"]);
    expect(cursor).toBeNull();
    expect(receipts[1]).toMatchObject({ code: 0, label: "ok", microIndex: 1, index: 0 });
    const { receipts: received } = await receiptsOf(reading.core, { address: friend.address });
    expect(states(received)).toEqual(states(receipts));
    expect((await receiptsOf(reading.core, { address: writer.address })).receipts).toEqual([]);
  });

  it("is told in pages that have each receipt once", async () => {
    await write(story, writer, [send(1), send(2), send(3)]);
    await write(story, payer);
    await seal(payer, [send(4), send(5)]);
    const now = story.chain.head().timestampMs;
    for (const nonce of [6, 7, 8]) reading.pool.admit(send(nonce), now + nonce);
    for (const limit of [1, 2, 3, 5, 8]) {
      const nonces: string[] = [];
      let before: string | undefined;
      do {
        const page = await ofPayer({ limit, ...(before !== undefined && { before }) });
        expect(page.receipts.length).toBeLessThanOrEqual(limit);
        nonces.push(...page.receipts.map(({ nonce }) => nonce));
        before = page.cursor ?? undefined;
      } while (before !== undefined);
      expect(nonces, `limit ${limit}`).toEqual(["8", "7", "6", "5", "4", "3", "2", "1"]);
    }
  });

  it("[MEM-6] a payment whose block lost its place waits again, or stands there as lost", async () => {
    const other = await forkOf(story);
    const [kept, lost] = [send(1), send(2)];
    await write(story, writer, [kept, lost]);
    expect(states((await ofPayer()).receipts)).toEqual(["2 sealed", "1 sealed"]);
    const branch = [
      await write(other, writer, [], "Another line."),
      await write(other, payer),
      await write(other, writer, [kept]),
    ];
    await story.chain.connectBlocks(branch, other.chain.tip().timestampMs);
    expect(story.chain.tip().id).toBe(other.chain.tip().id);
    expect(states((await ofPayer()).receipts)).toEqual(["1 sealed", "2 apocryphal"]);
    expect((await transactionOf(lost)).transaction.state).toBe("apocryphal");
    reading.pool.headChanged({ returned: [lost] }, story.chain.head().timestampMs);
    expect(states((await ofPayer()).receipts)).toEqual(["2 pending", "1 sealed"]);
    expect(await transactionOf(lost)).toMatchObject({
      transaction: { state: "pending" },
      proof: null,
      signatureValid: true,
    });
    expect((await transactionOf(kept)).transaction).toMatchObject({ state: "sealed", height: 7 });
  });

  it.each([
    [{}],
    [{ address: "00".repeat(32), block: "00".repeat(32) }],
    [{ address: "00".repeat(32), before: "account/ff" }],
    [{ address: "00".repeat(32), before: "tx/" }],
  ])("%j is no question", async (params) => {
    await expect(receiptsOf(reading.core, params)).rejects.toMatchObject({ code: "bad-params" });
  });
});

describe("a paragraph", () => {
  it("has the tips that reached its author from others, and their sum over all pages", async () => {
    const paragraph = story.chain.canonAt(2)?.id ?? "";
    const tip = (nonce: number, remark: string, payload: object = {}) =>
      pay(story.chain, payer, writer.address, {
        memo: tipMemo(paragraph, utf8Encode(remark)),
        amountConsumer: 100n,
        fee: 400n,
        ...payload,
        nonce: BigInt(nonce),
      });
    const memo = tipMemo(paragraph, utf8Encode("for me"));
    const toSelf = pay(story.chain, writer, writer.address, {
      memo,
      amountConsumer: 9n,
      fee: 400n,
      nonce: 1n,
    });
    const toFriend = send(3, { fee: 400n, memo: tipMemo(paragraph, utf8Encode("to another")) });
    const transactions = [
      tip(1, "first"),
      tip(2, "second", { amountIndustrial: 7n }),
      toFriend,
      toSelf,
    ];
    await write(story, writer, transactions);
    reading.pool.admit(tip(4, "third"), story.chain.head().timestampMs);
    const { receipts, sum } = await receiptsOf(reading.core, { paragraph });
    expect(receipts.map(({ memoText, paragraph }) => [memoText, paragraph])).toEqual([
      ["third", paragraph],
      ["second", paragraph],
      ["first", paragraph],
    ]);
    expect(sum).toEqual({ consumer: "200", industrial: "7" });
    const page = await receiptsOf(reading.core, { paragraph, limit: 1 });
    expect([page.receipts.length, page.sum]).toEqual([1, sum]);
    await expect(receiptsOf(reading.core, { paragraph: "00".repeat(32) })).rejects.toMatchObject({
      code: "unknown-block",
    });
  });

  it("sums hundreds of tips, also after a branch took some of them back", async () => {
    const paragraph = story.chain.canonAt(2)?.id ?? "";
    const memo = tipMemo(paragraph, utf8Encode(""));
    const tips = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) =>
        pay(story.chain, payer, writer.address, {
          memo,
          amountConsumer: 3n,
          fee: 400n,
          nonce: BigInt(from + index),
        }),
      );
    const consumer = async (): Promise<string> =>
      (await receiptsOf(reading.core, { paragraph, limit: 1 })).sum.consumer;
    await write(story, writer, tips(1, 70));
    const other = await forkOf(story);
    await write(story, payer, tips(71, 80));
    await write(story, writer);
    expect(await consumer()).toBe("450");
    const branch = [
      await write(other, payer, tips(71, 5), "Another line."),
      await write(other, writer),
      await write(other, payer),
    ];
    await story.chain.connectBlocks(branch, other.chain.tip().timestampMs);
    expect(story.chain.tip().id).toBe(other.chain.tip().id);
    expect(await consumer()).toBe("225");
  });
});

describe("a block", () => {
  it("has its receipts in its order, each proved down to the root", async () => {
    const all = [1, 2, 3].map((nonce) => send(nonce));
    await write(story, writer, all);
    const block = story.chain.tip().id;
    const { receipts } = await receiptsOf(reading.core, { block });
    expect(receipts.map(({ nonce, index }) => [nonce, index])).toEqual([
      ["1", 0],
      ["2", 1],
      ["3", 2],
    ]);
    const first = await receiptsOf(reading.core, { block, limit: 2 });
    const rest = await receiptsOf(reading.core, { block, limit: 2, before: first.cursor ?? "" });
    expect([...first.receipts, ...rest.receipts]).toEqual(receipts);
    expect(rest.cursor).toBeNull();
    for (const [at, transaction] of all.entries()) {
      const { proof, signatureValid } = await transactionOf(transaction);
      expect(proof).toMatchObject({ index: at + 1, leafCount: 4, verified: true });
      expect(signatureValid).toBe(true);
    }
    await expect(receiptsOf(reading.core, { block: "00".repeat(32) })).rejects.toMatchObject({
      code: "unknown-block",
    });
  });
});

describe("search", () => {
  it("finds heights, blocks, microblocks, transactions and addresses, whole and by their beginning", async () => {
    const sealed = send(1);
    await write(story, writer);
    await seal(writer, [sealed]);
    const waiting = send(2);
    reading.pool.admit(waiting, story.chain.head().timestampMs);
    const { chain } = story;
    const found = async (query: string): Promise<readonly string[]> =>
      (await searchFor(reading.core, query)).results.map(({ kind, label }) => `${kind}: ${label}`);
    expect(await found(" 5 ")).toEqual(["block: block 5"]);
    expect(await found("0")).toEqual([]);
    expect(await found("6")).toEqual([]);
    expect(await found(chain.tip().id)).toEqual(["block: block 5"]);
    expect(await found(chain.head().id.toUpperCase().slice(0, 12))).toEqual(["block: block 5/1"]);
    expect(await found(txid(sealed))).toEqual(["transaction: transaction"]);
    expect(await found(`0x${txid(waiting).slice(0, 10)}`)).toEqual(["transaction: transaction"]);
    expect(await found(friend.address)).toEqual(["address: address"]);
    expect(await found(writer.address.slice(0, 8))).toEqual(["address: address"]);
    expect(await found(chain.storyId)).toEqual([]);
    expect(await found("../../etc")).toEqual([]);
    expect(await found("@nobody_here")).toEqual([]);
  });
});

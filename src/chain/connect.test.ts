import { beforeAll, describe, expect, it } from "vitest";
import type { Block } from "../kernel/block.ts";
import type { Body } from "../kernel/body.ts";
import { slotLeaf } from "../kernel/body.ts";
import { compareBytes, hexFromBytes } from "../kernel/bytes.ts";
import { hash } from "../kernel/hash.ts";
import { blockIdOf } from "../kernel/header.ts";
import { initKernel } from "../kernel/init.ts";
import { accountOf, supplyOf } from "../ledger/state.ts";
import { stateRoot } from "../ledger/state-map.ts";
import type { TestChain } from "./testing/forge.ts";
import { blockWithBody, forkOf, grow, openTestChain } from "./testing/forge.ts";
import type { TestAuthor } from "./testing/mine.ts";
import { mineBlock, TEST_PACE_MS, testAuthor, testGenesis, testParagraph } from "./testing/mine.ts";
import { TRANSFER_FEE } from "./testing/pay.ts";

const P = TEST_PACE_MS;
let authors: TestAuthor[];
let alice: TestAuthor;
let bob: TestAuthor;
let base: TestChain;
let nowMs: number;

beforeAll(async () => {
  await initKernel();
  authors = [1, 2, 3].map(testAuthor);
  alice = testAuthor(8);
  bob = testAuthor(9);
  base = await openTestChain({ genesis: testGenesis() });
  await grow(base, 3, authors);
  nowMs = base.chain.tip().timestampMs + P;
});

const textBody = (text: string): Body => ({
  paragraph: { kind: "text", paragraph: testParagraph(text) },
  transactions: [],
});

/** What a test compares to see that nothing changed. */
function picture({ chain, store }: TestChain) {
  return {
    tip: chain.tip().id,
    root: hexFromBytes(stateRoot(chain.headState())),
    apocrypha: chain.apocrypha().map(({ id }) => id),
    stored: store.ids(),
  };
}

describe("outcomes", () => {
  it("[FRK-2] extended, then known; the author has the reward, the canon the paragraph", async () => {
    const own = await forkOf(base);
    const block = mineBlock(own.chain, { author: alice, text: "A moth came.", nowMs });
    const before = supplyOf(own.chain.headState()).emitted.consumer;
    const extended = await own.chain.connectBlock(block, nowMs);
    expect(extended).toMatchObject({
      kind: "extended",
      entry: { height: 4, author: alice.address },
    });
    expect(await own.chain.connectBlock(block, nowMs)).toMatchObject({ kind: "known" });
    const paid = accountOf(own.chain.headState(), alice.address).consumer;
    expect(paid).toBe(block.header.coinbase.consumer);
    expect(supplyOf(own.chain.headState()).emitted.consumer).toBe(before + paid);
    const [last] = await own.chain.readParagraphs(4, 10);
    expect(last).toMatchObject({ state: "text", paragraph: { text: "A moth came." } });
    expect(own.store.commits()).toBe(1);
  });

  it("[FRK-2] a child before its parent is an orphan that names the missing block", async () => {
    const ahead = await forkOf(base);
    const [first, second] = await grow(ahead, 2, [alice, bob]);
    const own = await forkOf(base);
    const missing = first === undefined ? undefined : blockIdOf(first.header);
    expect(await own.chain.connectBlock(present(second), nowMs + P)).toEqual({
      kind: "orphan",
      missing,
    });
    expect(await own.chain.connectBlock(present(first), nowMs)).toMatchObject({ kind: "extended" });
    expect(await own.chain.connectBlock(present(second), nowMs + P)).toMatchObject({
      kind: "extended",
    });
  });

  it("[FRK-1] equal work: the lower tie hash wins, in whatever order the two arrive", async () => {
    const a = mineBlock(base.chain, { author: alice, text: "One end.", nowMs });
    const b = mineBlock(base.chain, { author: bob, text: "Another end.", nowMs });
    const tie = (block: Block) =>
      hash("tie", Uint8Array.from(Buffer.from(blockIdOf(block.header), "hex")));
    const [winner, loser] = compareBytes(tie(a), tie(b)) < 0 ? [a, b] : [b, a];
    const first = await forkOf(base);
    await first.chain.connectBlock(winner, nowMs);
    expect(await first.chain.connectBlock(loser, nowMs)).toMatchObject({ kind: "side-branch" });
    const second = await forkOf(base);
    await second.chain.connectBlock(loser, nowMs);
    expect(await second.chain.connectBlock(winner, nowMs)).toMatchObject({
      kind: "reorganised",
      from: blockIdOf(loser.header),
      to: blockIdOf(winner.header),
    });
    expect(picture(first)).toMatchObject({ ...picture(second), stored: expect.anything() });
    expect(second.chain.apocrypha().map(({ id }) => id)).toEqual([blockIdOf(loser.header)]);
  });

  it("[FRK-1] [FRK-3] more work wins; lost and gained are named oldest first, the lost kept as apocrypha", async () => {
    const ours = await forkOf(base);
    const lost = await grow(ours, 2, [alice, bob], "Ours");
    const theirs = await forkOf(base);
    const gained = await grow(theirs, 3, [bob, alice], "Theirs");
    const outcomes = await ours.chain.connectBlocks(gained, nowMs + 9 * P);
    const ids = (blocks: readonly Block[]) => blocks.map(({ header }) => blockIdOf(header));
    const last = outcomes.at(-1);
    expect(outcomes[0]).toMatchObject({ kind: "side-branch" });
    const reorganised = outcomes.find((outcome) => outcome.kind === "reorganised");
    expect(reorganised?.lost.map(({ id }) => id)).toEqual(ids(lost));
    expect(ids(gained).slice(0, reorganised?.gained.length)).toEqual(
      reorganised?.gained.map(({ id }) => id),
    );
    expect(["reorganised", "extended"]).toContain(last?.kind);
    expect(ours.chain.tip().id).toBe(theirs.chain.tip().id);
    expect(ours.chain.apocrypha().map(({ id }) => id)).toEqual(ids(lost).toReversed());
    expect(stateRoot(ours.chain.headState())).toEqual(stateRoot(theirs.chain.headState()));
    const texts = await ours.chain.readParagraphs(4, 10);
    expect(texts.map(({ paragraph }) => paragraph?.text)).toEqual([
      "Theirs 4.",
      "Theirs 5.",
      "Theirs 6.",
    ]);
    const kept = await ours.chain.readBlocks(ids(lost));
    expect(kept.map((block) => block?.body)).toEqual(lost.map(({ body }) => body));
  });

  it("[FRK-1] length is never used: one hard block beats two eased ones", async () => {
    const eased = await forkOf(base);
    const lateMs = base.chain.tip().timestampMs + 7 * P;
    for (const [author, atMs] of [
      [alice, lateMs],
      [bob, lateMs + 7 * P],
    ] as const) {
      await eased.chain.connectBlock(
        mineBlock(eased.chain, { author, text: "Late.", nowMs: atMs }),
        atMs,
      );
    }
    expect(eased.chain.tip().height).toBe(5);
    const hard = mineBlock(base.chain, { author: alice, text: "On time.", nowMs });
    const outcome = await eased.chain.connectBlock(hard, lateMs + 7 * P);
    expect(outcome).toMatchObject({ kind: "reorganised", entry: { height: 4 } });
    expect(eased.chain.apocrypha()).toHaveLength(2);
  });
});

function present<T>(value: T | undefined): T {
  expect(value).toBeDefined();
  return value as T;
}

describe("bodies", () => {
  it("[HDR-3] [SIG-2] a body that does not match bodyRoot condemns the copy only", async () => {
    const own = await forkOf(base);
    const block = mineBlock(own.chain, { author: alice, text: "True words.", nowMs });
    const swapped = { header: block.header, body: textBody("False words.") };
    expect(await own.chain.connectBlock(swapped, nowMs)).toMatchObject({
      kind: "invalid",
      code: "bad-body-root",
      blame: "copy",
    });
    expect(await own.chain.connectBlock(block, nowMs)).toMatchObject({ kind: "extended" });
  });

  const words = (count: number) => Array.from({ length: count }, () => "so").join(" ");
  it.each([
    ["140 words", textBody(words(140)), "extended", undefined],
    ["141 words", textBody(words(141)), "invalid", "too-many-words"],
    ["no words", textBody(" \n "), "invalid", "no-words"],
    ["1,600 bytes", textBody("x".repeat(1_600)), "extended", undefined],
    ["a forbidden code point", textBody("so\u202Eos"), "invalid", "bad-text"],
    [
      "no paragraph",
      { paragraph: { kind: "none" }, transactions: [] },
      "invalid",
      "paragraph-missing",
    ],
  ] as const)("[PAR-1] %s → %s %s, under the id", async (_name, body, kind, code) => {
    const own = await forkOf(base);
    const outcome = await own.chain.connectBlock(
      blockWithBody(own.chain, alice, nowMs, body),
      nowMs,
    );
    expect(outcome).toMatchObject(code === undefined ? { kind } : { kind, code, blame: "id" });
  });

  it("[TX-2] refuses a block with a transaction that its sender did not sign", async () => {
    const own = await forkOf(base);
    const payer = authors[0] ?? alice;
    const payload = {
      from_: payer.address,
      to: bob.address,
      amountConsumer: 1n,
      amountIndustrial: 0n,
      fee: TRANSFER_FEE,
      feeSelector: 0,
      nonce: 1n,
      memo: new Uint8Array(0),
    };
    const transaction = { payload, publicKey: payer.publicKey, signature: new Uint8Array(64) };
    const body = { ...textBody("Money."), transactions: [transaction] };
    const block = blockWithBody(own.chain, alice, nowMs, body);
    expect(await own.chain.connectBlock(block, nowMs)).toMatchObject({
      kind: "invalid",
      code: "transaction-invalid",
      data: { index: 0, number: 5, label: "bad_signature" },
      blame: "id",
    });
  });

  it("[HDR-3] a leaf hash stands for a text only below 100 verified key blocks; the text may come later", async () => {
    const block = mineBlock(base.chain, { author: alice, text: "Withdrawn.", nowMs });
    const leafHash = slotLeaf(block.body.paragraph);
    const withheld: Block = {
      header: block.header,
      body: { paragraph: { kind: "withheld", leafHash }, transactions: [] },
    };
    const own = await forkOf(base);
    expect(await own.chain.connectBlock(withheld, nowMs)).toMatchObject({
      code: "paragraph-withheld",
      blame: "copy",
    });
    const shallow = { provenHeight: block.header.height + 99 };
    expect(await own.chain.connectBlocks([withheld], nowMs, shallow)).toMatchObject([
      { code: "paragraph-withheld", blame: "copy" },
    ]);
    const deep = { provenHeight: block.header.height + 100 };
    expect(await own.chain.connectBlocks([withheld], nowMs, deep)).toMatchObject([
      { kind: "extended" },
    ]);
    const [paragraph] = await own.chain.readParagraphs(4, 1);
    expect(paragraph).toMatchObject({ state: "withheld", paragraph: null });
    await own.chain.replaceBody(block);
    const [restored] = await own.chain.readParagraphs(4, 1);
    expect(restored).toMatchObject({ state: "text", paragraph: { text: "Withdrawn." } });
  });
});

describe("commits", () => {
  it.each(["store-full", "store-timeout"])(
    "[STO-1] %s changes nothing in memory and is thrown on",
    async (code) => {
      const own = await forkOf(base);
      const before = picture(own);
      const block = mineBlock(own.chain, { author: alice, text: "Kept out.", nowMs });
      own.store.failNextCommit(code);
      await expect(own.chain.connectBlock(block, nowMs)).rejects.toMatchObject({ code });
      expect(picture(own)).toEqual(before);
      expect(own.chain.entry(blockIdOf(block.header))).toBeUndefined();
      expect(await own.chain.connectBlock(block, nowMs)).toMatchObject({ kind: "extended" });
    },
  );

  it("[STO-1] a failed commit of a reorganisation keeps the old branch", async () => {
    const ours = await forkOf(base);
    await grow(ours, 1, [alice], "Ours");
    const theirs = await forkOf(base);
    const gained = await grow(theirs, 2, [bob, alice], "Theirs");
    const before = picture(ours);
    ours.store.failNextCommit("store-failed");
    await expect(ours.chain.connectBlocks(gained, nowMs + 9 * P)).rejects.toMatchObject({
      code: "store-failed",
    });
    expect(picture(ours)).toEqual(before);
    await ours.chain.connectBlocks(gained, nowMs + 9 * P);
    expect(ours.chain.tip().id).toBe(theirs.chain.tip().id);
  });

  it("[STO-1] a batch is one storage transaction, stops at the first that does not connect, and keeps what came before", async () => {
    const ahead = await forkOf(base);
    const blocks = await grow(ahead, 5, [alice, bob]);
    const own = await forkOf(base);
    const [first, second, third, fourth, fifth] = blocks;
    const batch = [first, second, third, fifth, fourth].map(present);
    const outcomes = await own.chain.connectBlocks(batch, nowMs + 9 * P);
    expect(outcomes.map(({ kind }) => kind)).toEqual([
      "extended",
      "extended",
      "extended",
      "orphan",
    ]);
    expect(own.store.commits()).toBe(1);
    expect(own.chain.tip().height).toBe(6);
    const again = await own.chain.connectBlocks(blocks, nowMs + 9 * P);
    expect(again.map(({ kind }) => kind)).toEqual([
      "known",
      "known",
      "known",
      "extended",
      "extended",
    ]);
    expect(own.chain.tip().id).toBe(ahead.chain.tip().id);
  });

  it("[FRK-2] blocks handed in at the same moment are judged one after the other", async () => {
    const ahead = await forkOf(base);
    const blocks = await grow(ahead, 6, [alice, bob]);
    const own = await forkOf(base);
    const twice = [...blocks, ...blocks];
    const outcomes = await Promise.all(
      twice.map((block) => own.chain.connectBlock(block, nowMs + 9 * P)),
    );
    expect(outcomes.map(({ kind }) => kind)).toEqual([
      ...blocks.map(() => "extended"),
      ...blocks.map(() => "known"),
    ]);
    expect(own.store.commits()).toBe(6);
  });

  it("goes on after a failure in the queue", async () => {
    const own = await forkOf(base);
    const block = mineBlock(own.chain, { author: alice, text: "Again.", nowMs });
    own.store.failNextCommit("store-failed");
    const both = await Promise.allSettled([
      own.chain.connectBlock(block, nowMs),
      own.chain.connectBlock(block, nowMs),
    ]);
    expect(both.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
    expect(own.chain.tip().id).toBe(blockIdOf(block.header));
  });
});

import { beforeAll, describe, expect, it } from "vitest";
import type { Block } from "../kernel/block.ts";
import { bytesFromHex, compareBytes } from "../kernel/bytes.ts";
import { equivocationProof } from "../kernel/equivocation.ts";
import { hash } from "../kernel/hash.ts";
import type { Header } from "../kernel/header.ts";
import { blockIdOf } from "../kernel/header.ts";
import { initKernel } from "../kernel/init.ts";
import { ROUND_BODIES_MAX_BYTES } from "../kernel/limits.ts";
import { accountOf, supplyOf } from "../ledger/state.ts";
import { MICRO_SPACING_MS } from "../ledger/times.ts";
import { createChain } from "./create-chain.ts";
import {
  blockWithBody,
  forkOf,
  grow,
  openTestChain,
  type TestChain,
  withHeader,
} from "./testing/forge.ts";
import {
  mineBlock,
  TEST_PACE_MS,
  type TestAuthor,
  testAuthor,
  testGenesis,
  testParagraph,
} from "./testing/mine.ts";
import { pay, resealMicro, sealBlock, TRANSFER_FEE } from "./testing/pay.ts";

const P = TEST_PACE_MS;
let alice: TestAuthor;
let bob: TestAuthor;
let carol: TestAuthor;
let base: TestChain;
/** Author of the newest key block. */
let tracker: TestAuthor;
/** Another funded author. */
let payer: TestAuthor;
let nowMs: number;

beforeAll(async () => {
  await initKernel();
  [alice, bob, carol] = [1, 2, 3].map(testAuthor) as [TestAuthor, TestAuthor, TestAuthor];
  base = await openTestChain({ genesis: testGenesis() });
  await grow(base, 6, [alice, bob]);
  tracker = base.chain.tip().author === alice.address ? alice : bob;
  payer = tracker === alice ? bob : alice;
  nowMs = base.chain.tip().timestampMs + 5_000;
});

const seal = ({ chain }: TestChain, atMs: number, nonce = 1n): Block =>
  sealBlock(chain, tracker, [pay(chain, payer, carol.address, { nonce })], atMs);

async function connected(own: TestChain, block: Block, atMs: number): Promise<Block> {
  expect((await own.chain.connectBlock(block, atMs)).kind).toBe("extended");
  return block;
}

describe("sealing", () => {
  it("[TRK-2] [HDR-2b] the tracker seals a payment: the head moves, the tip stays, fees wait in the pot", async () => {
    const own = await forkOf(base);
    const { chain } = own;
    const before = accountOf(chain.headState(), payer.address);
    const tip = chain.tip();
    const block = await connected(own, seal(own, nowMs), nowMs);
    expect(chain.tip()).toBe(tip);
    expect(chain.head()).toMatchObject({ kind: "micro", microIndex: 1, height: tip.height });
    expect(chain.isCanon(blockIdOf(block.header))).toBe(true);
    expect(chain.microblocksAt(tip.height).map(({ id }) => id)).toEqual([chain.head().id]);
    expect(accountOf(chain.headState(), carol.address).consumer).toBe(1n);
    const after = accountOf(chain.headState(), payer.address);
    expect(before.consumer - after.consumer).toBe(1n + TRANSFER_FEE);
    expect(after.nonce).toBe(1n);
    expect(supplyOf(chain.headState()).pot.consumer).toBe(TRANSFER_FEE);
    expect(await chain.connectBlock(block, nowMs)).toMatchObject({ kind: "known" });
  });

  it("[RWD-2] the next key block builds on it and pays 40 % of the pot to the tracker, the rest to its author", async () => {
    const own = await forkOf(base);
    const { chain } = own;
    await connected(own, seal(own, nowMs), nowMs);
    const held = accountOf(chain.headState(), tracker.address).consumer;
    const atMs = chain.tip().timestampMs + P;
    const next = mineBlock(chain, { author: carol, text: "She went on.", nowMs: atMs });
    expect(next.header.parent).not.toEqual(next.header.keyParent);
    const emitted = supplyOf(chain.headState()).emitted.consumer;
    await connected(own, next, atMs);
    expect(chain.head()).toBe(chain.tip());
    const reward = supplyOf(chain.headState()).emitted.consumer - emitted;
    const share = (TRANSFER_FEE * 2n) / 5n;
    expect(accountOf(chain.headState(), tracker.address).consumer).toBe(held + share);
    expect(next.header.coinbase.consumer).toBe(reward + TRANSFER_FEE);
    expect(supplyOf(chain.headState()).pot.consumer).toBe(0n);
    const [micro] = chain.microblocksAt(chain.tip().height - 1);
    expect(micro?.microIndex).toBe(1);
    expect(chain.confirmations(micro?.id ?? chain.tip().id)).toBe(1);
  });

  it("[TRK-2] without a tracker a key block carries the payment itself", async () => {
    const own = await forkOf(base);
    const { chain } = own;
    const atMs = chain.tip().timestampMs + P;
    const transactions = [pay(chain, payer, carol.address, { nonce: 1n })];
    const candidate = chain.candidate({
      paragraph: testParagraph("Nobody sealed."),
      transactions,
      author: carol.publicKey,
      nowMs: atMs,
    });
    expect(candidate.body.transactions).toEqual(transactions);
    const block = mineBlock(chain, {
      author: carol,
      text: "Nobody sealed.",
      nowMs: atMs,
      transactions,
    });
    await connected(own, block, atMs);
    expect(supplyOf(chain.headState()).pot.consumer).toBe(TRANSFER_FEE);
    expect(accountOf(chain.headState(), payer.address).nonce).toBe(1n);
  });

  it("[TX-5] leaves out what does not apply: a gap in the nonces, a spent one, too much", async () => {
    const { chain } = await forkOf(base);
    const good = pay(chain, payer, carol.address, { nonce: 1n });
    const waiting = [
      pay(chain, payer, carol.address, { nonce: 3n }),
      good,
      pay(chain, payer, carol.address, { nonce: 1n, amountConsumer: 2n }),
      pay(chain, payer, carol.address, { nonce: 2n, amountConsumer: 10n ** 18n }),
    ];
    expect(sealBlock(chain, tracker, waiting, nowMs).body.transactions).toEqual([good]);
    const none = chain.sealMicroblock({ transactions: [], seed: tracker.seed, nowMs });
    expect(none).toBeNull();
  });

  it("[TRK-2] nobody else seals, and nobody seals before the second is over", async () => {
    const own = await forkOf(base);
    const { chain } = own;
    const transactions = [pay(chain, payer, carol.address, { nonce: 1n })];
    const other = { transactions, seed: payer.seed, nowMs };
    expect(() => chain.sealMicroblock(other)).toThrow("not-tracker");
    await connected(own, seal(own, nowMs), nowMs);
    expect(() => seal(own, nowMs + MICRO_SPACING_MS - 1, 2n)).toThrow("too-soon");
    await connected(own, seal(own, nowMs + MICRO_SPACING_MS, 2n), nowMs + MICRO_SPACING_MS);
    expect(chain.head().microIndex).toBe(2);
  });
});

describe("refusals", () => {
  const other32 = new Uint8Array(32).fill(0xee);
  const fields: readonly [string, (header: Header) => Partial<Header>, string][] = [
    ["target", () => ({ target: 1 }), "bad-microblock"],
    ["nonce", () => ({ nonce: 1n }), "bad-microblock"],
    ["coinbase", () => ({ coinbase: { consumer: 1n, industrial: 0n } }), "bad-microblock"],
    ["microIndex 0", () => ({ microIndex: 0 }), "bad-micro-index"],
    ["microIndex 2", () => ({ microIndex: 2 }), "bad-micro-index"],
    ["height", ({ height }) => ({ height: height + 1 }), "bad-height"],
    ["storyId", () => ({ storyId: other32 }), "other-story"],
    ["bodyRoot", () => ({ bodyRoot: other32 }), "bad-body-root"],
    ["stateRoot", () => ({ stateRoot: other32 }), "bad-state-root"],
    ["historyRoot", () => ({ historyRoot: other32 }), "bad-history-root"],
    ["feeChecksum", () => ({ feeChecksum: other32 }), "bad-fee-checksum"],
    ["kind", () => ({ kind: "key" }), "bad-micro-index"],
  ];
  it.each(fields)("[HDR-2b] %s changed and signed again → refused", async (_name, change, code) => {
    const own = await forkOf(base);
    const good = seal(own, nowMs);
    const bad = resealMicro(good, tracker, change(good.header));
    expect(await own.chain.connectBlock(bad, nowMs)).toMatchObject({ kind: "invalid", code });
    await connected(own, good, nowMs);
  });

  it("[HDR-6b] earlier than its key block, or than a second after the one before → refused; ahead of the clock → waits", async () => {
    const own = await forkOf(base);
    const keyMs = own.chain.tip().timestampMs;
    const first = seal(own, nowMs);
    const early = resealMicro(first, tracker, { timestampMs: keyMs - 1 });
    expect(await own.chain.connectBlock(early, nowMs)).toMatchObject({
      code: "timestamp-too-early",
      blame: "id",
    });
    await connected(own, resealMicro(first, tracker, { timestampMs: keyMs }), nowMs);
    const second = sealBlock(
      own.chain,
      tracker,
      [pay(own.chain, payer, carol.address, { nonce: 2n })],
      nowMs,
    );
    const tooSoon = resealMicro(second, tracker, { timestampMs: keyMs + MICRO_SPACING_MS - 1 });
    expect(await own.chain.connectBlock(tooSoon, nowMs)).toMatchObject({
      code: "timestamp-too-early",
    });
    const ahead = resealMicro(second, tracker, { timestampMs: nowMs + 10_001 });
    expect(await own.chain.connectBlock(ahead, nowMs)).toEqual({
      kind: "future",
      untilMs: nowMs + 1,
    });
    await connected(own, ahead, nowMs + 1);
  });

  it("[HDR-6] a key block earlier than the microblock that it builds on → refused", async () => {
    const own = await forkOf(base);
    const atMs = own.chain.tip().timestampMs + P;
    await connected(own, seal(own, atMs), atMs);
    const key = mineBlock(own.chain, { author: carol, text: "Back.", nowMs: atMs });
    expect(key.header.timestampMs).toBe(atMs);
    const early = withHeader(key, carol, { timestampMs: atMs - 1 });
    expect(await own.chain.connectBlock(early, atMs)).toMatchObject({
      code: "timestamp-too-early",
      blame: "id",
    });
    await connected(own, key, atMs);
  });

  it("[HDR-6b] a place that the round's age cannot have reached is refused, its parent known or not", async () => {
    const own = await forkOf(base);
    const good = seal(own, nowMs);
    const change = { microIndex: 1_000, parent: other32 };
    const bad = resealMicro(good, tracker, change);
    expect(await own.chain.connectBlock(bad, nowMs)).toMatchObject({ code: "timestamp-too-early" });
  });

  it("[TRK-2] another author's, however signed → not-tracker; on an unknown block → orphan", async () => {
    const own = await forkOf(base);
    const good = seal(own, nowMs);
    const foreign = resealMicro(good, payer, { author: payer.publicKey });
    expect(await own.chain.connectBlock(foreign, nowMs)).toMatchObject({ code: "not-tracker" });
    const unsigned = { ...good, header: { ...good.header, author: payer.publicKey } };
    expect(await own.chain.connectBlock(unsigned, nowMs)).toMatchObject({ code: "bad-signature" });
    const orphan = resealMicro(good, tracker, { keyParent: other32, parent: other32 });
    expect(await own.chain.connectBlock(orphan, nowMs)).toEqual({
      kind: "orphan",
      missing: "ee".repeat(32),
    });
    const below = own.chain.canonAt(own.chain.tip().height - 2)?.id ?? "";
    const elsewhere = resealMicro(good, tracker, { parent: bytesFromHex(below) });
    expect(await own.chain.connectBlock(elsewhere, nowMs)).toMatchObject({ code: "bad-parent" });
  });

  it("[HDR-2b] a body with a paragraph, or without a transaction → refused", async () => {
    const own = await forkOf(base);
    const key = mineBlock(own.chain, { author: carol, text: "A page.", nowMs: nowMs + P });
    const { header, body } = seal(own, nowMs);
    const cases = [
      [{ ...body, paragraph: key.body.paragraph }, "paragraph-unexpected"],
      [{ ...body, transactions: [] }, "transactions-missing"],
    ] as const;
    for (const [wrong, code] of cases) {
      const { bodyRoot } = blockWithBody(own.chain, carol, nowMs + P, {
        ...wrong,
        paragraph: wrong.paragraph,
      }).header;
      const block = resealMicro({ header, body: wrong }, tracker, { bodyRoot });
      expect(await own.chain.connectBlock(block, nowMs)).toMatchObject({ kind: "invalid", code });
    }
  });

  it("[BODY-1b] the microblocks of a round have a cap together", { timeout: 60_000 }, async () => {
    const own = await forkOf(base);
    const memo = new Uint8Array(256);
    const fee = TRANSFER_FEE + 256n;
    let nonce = 1n;
    let atMs = nowMs;
    let refused = 0;
    let fullest: Block | null = null;
    while (refused === 0) {
      const transactions = Array.from({ length: 60 }, (_, index) =>
        pay(own.chain, payer, carol.address, { nonce: nonce + BigInt(index), memo, fee }),
      );
      const block = own.chain.sealMicroblock({ transactions, seed: tracker.seed, nowMs: atMs });
      if (block === null) refused++;
      else {
        await connected(own, block, atMs);
        fullest = block;
        nonce += BigInt(block.body.transactions.length);
      }
      atMs += MICRO_SPACING_MS;
    }
    expect(own.chain.head().roundBytes).toBeLessThanOrEqual(ROUND_BODIES_MAX_BYTES);
    expect(own.chain.head().roundBytes).toBeGreaterThan(ROUND_BODIES_MAX_BYTES - 600);
    const over = resealMicro(fullest as Block, tracker, {
      parent: bytesFromHex(own.chain.head().id),
      microIndex: own.chain.head().microIndex + 1,
      timestampMs: atMs,
    });
    expect(await own.chain.connectBlock(over, atMs)).toMatchObject({ code: "round-too-large" });
  });
});

describe("fork choice", () => {
  it("[FRK-1b] a key block beats microblocks that it does not build on; they are lost", async () => {
    const own = await forkOf(base);
    const rival = await forkOf(base);
    const atMs = own.chain.tip().timestampMs + P;
    const micro = await connected(own, seal(own, nowMs), nowMs);
    const key = mineBlock(rival.chain, { author: carol, text: "Elsewhere.", nowMs: atMs });
    const outcome = await own.chain.connectBlock(key, atMs);
    expect(outcome).toMatchObject({ kind: "reorganised", lost: [{ kind: "micro" }] });
    expect(own.chain.isCanon(blockIdOf(micro.header))).toBe(false);
    expect(own.chain.apocrypha()).toEqual([]);
    expect(accountOf(own.chain.headState(), payer.address).nonce).toBe(0n);
  });

  it("[FRK-1b] of two microblocks at one place the lower tie hash wins, a descendant beats its ancestor", async () => {
    const one = await forkOf(base);
    const two = await forkOf(base);
    const [a, b] = [seal(one, nowMs), seal(two, nowMs + 1)];
    const tie = ({ header }: Block) => hash("tie", bytesFromHex(blockIdOf(header)));
    const [winner, loser] = compareBytes(tie(a), tie(b)) < 0 ? [a, b] : [b, a];
    for (const { chain } of [one, two]) {
      await chain.connectBlock(a, nowMs + 1);
      await chain.connectBlock(b, nowMs + 1);
      expect(chain.head().id).toBe(blockIdOf(winner.header));
    }
    // A longer line on the loser does not help: the first difference decides.
    const longer = await forkOf(base);
    await connected(longer, loser, nowMs + 1);
    const child = seal(longer, nowMs + 2_000, 2n);
    expect(await one.chain.connectBlock(child, nowMs + 2_000)).toMatchObject({
      kind: "side-branch",
    });
    const onWinner = seal(one, nowMs + 2_000, 2n);
    expect(await one.chain.connectBlock(onWinner, nowMs + 2_000)).toMatchObject({
      kind: "extended",
    });
  });

  it("[HDR-2] a key block on a microblock that is not here is an orphan, until it is", async () => {
    const own = await forkOf(base);
    const ahead = await forkOf(base);
    const micro = await connected(ahead, seal(ahead, nowMs), nowMs);
    const atMs = ahead.chain.tip().timestampMs + P;
    const key = mineBlock(ahead.chain, { author: carol, text: "On it.", nowMs: atMs });
    expect(own.chain.checkHeader(key.header, atMs)).toMatchObject({ kind: "new", wins: true });
    expect(await own.chain.connectBlock(key, atMs)).toEqual({
      kind: "orphan",
      missing: blockIdOf(micro.header),
    });
    const outcomes = await own.chain.connectBlocks([micro, key], atMs);
    expect(outcomes.map(({ kind }) => kind)).toEqual(["extended", "extended"]);
    expect(own.chain.head().id).toBe(blockIdOf(key.header));
  });

  it("[TRK-1] rest and target are counted from the key block, not from a microblock", async () => {
    const own = await forkOf(base);
    const before = own.chain.restUntilMs(tracker.address);
    await connected(own, seal(own, nowMs), nowMs);
    expect(own.chain.restUntilMs(tracker.address)).toBe(before);
  });
});

describe("equivocation", () => {
  async function equivocated(): Promise<{ own: TestChain; proof: readonly [Header, Header] }> {
    const own = await forkOf(base);
    const [a, b] = [seal(own, nowMs), seal(own, nowMs + 1)];
    await own.chain.connectBlock(a, nowMs + 1);
    await own.chain.connectBlock(b, nowMs + 1);
    return { own, proof: [a.header, b.header] };
  }

  it("[TRK-2] [RWD-2] two at one place are proved in the next key block, and cost the tracker its share", async () => {
    const { own } = await equivocated();
    const { chain } = own;
    expect(chain.microblocksAtPlace(chain.tip().id, 1)).toHaveLength(2);
    const held = accountOf(chain.headState(), tracker.address).consumer;
    const atMs = chain.tip().timestampMs + P;
    const block = mineBlock(chain, { author: carol, text: "She told.", nowMs: atMs });
    expect(block.body.equivocation).toBeDefined();
    await connected(own, block, atMs);
    expect(accountOf(chain.headState(), tracker.address).consumer).toBe(held);
    expect(supplyOf(chain.headState()).pot.consumer).toBe(0n);
  });

  it("[TRK-2] a proof that does not convict this round's tracker is refused", async () => {
    const { own, proof } = await equivocated();
    const { chain } = own;
    const atMs = chain.tip().timestampMs + P;
    const paragraph = { kind: "text", paragraph: testParagraph("A lie.") } as const;
    const [first, second] = proof;
    const sign = (header: Header, change: Partial<Header>, by: TestAuthor) =>
      resealMicro({ header, body: { paragraph, transactions: [] } }, by, change).header;
    const cases: readonly [string, Header][] = [
      ["different-places", sign(second, { microIndex: 2 }, tracker)],
      ["not-the-tracker", sign(second, { author: payer.publicKey }, payer)],
      ["other-round", sign(second, { keyParent: new Uint8Array(32) }, tracker)],
      ["bad-signature", { ...second, author: tracker.publicKey, timestampMs: nowMs + 7 }],
    ];
    for (const [reason, header] of cases) {
      const body = {
        paragraph,
        transactions: [],
        equivocation: equivocationProof(first, header),
      };
      const block = blockWithBody(chain, carol, atMs, body);
      expect(await chain.connectBlock(block, atMs)).toMatchObject({
        code: "bad-equivocation",
        data: { reason },
      });
    }
  });
});

describe("storage", () => {
  it("[STO-1] a restart gives the same head, state and index, microblocks of lost branches included", async () => {
    const own = await forkOf(base);
    await connected(own, seal(own, nowMs), nowMs);
    await own.chain.connectBlock(seal(await forkOf(base), nowMs + 1), nowMs + 1);
    await connected(own, seal(own, nowMs + 2_000, 2n), nowMs + 2_000).catch(() => undefined);
    const { chain: again, faults } = await createChain({
      genesis: own.chain.genesis,
      store: own.store.snapshot(),
    });
    expect(faults).toEqual([]);
    expect(again.head().id).toBe(own.chain.head().id);
    expect(again.head().roundBytes).toBe(own.chain.head().roundBytes);
    expect(accountOf(again.headState(), payer.address)).toEqual(
      accountOf(own.chain.headState(), payer.address),
    );
    const { transactions } = await again.indexed({
      prefix: `account/${carol.address}/`,
      limit: 10,
    });
    expect(transactions.length).toBeGreaterThanOrEqual(2);
    expect(transactions.every(({ entry }) => entry.kind === "micro")).toBe(true);
  });
});

import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { openTestChain, type TestChain } from "../../../chain/testing/forge.ts";
import {
  mineBlock,
  type TestAuthor,
  testAuthor,
  testGenesis,
} from "../../../chain/testing/mine.ts";
import { pay } from "../../../chain/testing/pay.ts";
import { initKernel } from "../../../kernel/init.ts";
import { encodeSignedTransaction } from "../../../kernel/transaction.ts";
import { feePerByteOfNextSeal, projectedBlocks, sealRoomBytes } from "./fee-estimate.ts";
import { readingCore } from "./testing/reading-core.ts";

const PLAIN_BYTES = 282;
const FIT = Math.floor(32_764 / PLAIN_BYTES);
/** Each has an account and may have 16 waiting: more than four seals take. */
const SENDERS = 32;

let story: TestChain;
let senders: readonly TestAuthor[];
let now: number;

/** A story in which the authors have something to spend. */
beforeAll(async () => {
  await initKernel();
  story = await openTestChain({ genesis: testGenesis() });
  const { chain } = story;
  senders = Array.from({ length: SENDERS }, (_, index) => testAuthor(index));
  for (const author of senders) {
    now = chain.tip().timestampMs + chain.genesis.paceMs;
    await chain.connectBlock(mineBlock(chain, { author, text: "A line.", nowMs: now }), now);
  }
});

type Poolful = ReturnType<typeof readingCore>["pool"];

/** A pool in which sender `index` has as many waiting as fees are given, in units a byte. */
function poolOf(fees: readonly (readonly number[])[]): Poolful {
  const { pool } = readingCore(story.chain);
  fees.forEach((perByte, index) => {
    const sender = senders[index];
    perByte.forEach((rate, at) => {
      if (sender === undefined) return;
      const fee = BigInt(rate * PLAIN_BYTES);
      const to = testAuthor(200).address;
      const transaction = pay(story.chain, sender, to, { nonce: BigInt(at + 1), fee });
      expect(pool.admit(transaction, now)).toMatchObject({ code: 0 });
    });
  });
  return pool;
}

/** What a seal takes of the pool and one more transaction. */
function gets(pool: Poolful, rate: bigint): boolean {
  const stranger = senders.at(-1);
  if (stranger === undefined) return false;
  const fee = rate * BigInt(PLAIN_BYTES);
  const mine = pay(story.chain, stranger, testAuthor(200).address, { nonce: 1n, fee });
  const admission = pool.admit(mine, now + 1);
  const taken = pool.select({ maxBytes: sealRoomBytes(), maxCount: 10_000 });
  const isIn = admission.code === 0 && taken.some(({ txid }) => txid === admission.txid);
  if (admission.code === 0) pool.drop(admission.txid);
  return isIn;
}

describe("the fee for the next seal", () => {
  it("[TX-4] is the floor while there is room, and a plain transfer has 282 bytes", () => {
    const sender = senders[0] ?? testAuthor(0);
    const plain = pay(story.chain, sender, testAuthor(200).address, { nonce: 1n });
    expect(encodeSignedTransaction(plain).length).toBe(PLAIN_BYTES);
    expect(feePerByteOfNextSeal(poolOf([]), PLAIN_BYTES)).toBe(1n);
    expect(feePerByteOfNextSeal(poolOf([[9, 9], [7]]), PLAIN_BYTES)).toBe(1n);
  });

  it("[MEM-3] is just enough: with it the newcomer is sealed, with one unit a byte less it is not", () => {
    const rates = fc.array(fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 16 }), {
      minLength: 10,
      maxLength: SENDERS - 1,
    });
    fc.assert(
      fc.property(rates, (fees) => {
        const pool = poolOf(fees);
        const rate = feePerByteOfNextSeal(pool, PLAIN_BYTES);
        expect(gets(pool, rate)).toBe(true);
        expect(rate > 1n && gets(pool, rate - 1n)).toBe(false);
      }),
      { numRuns: 12 },
    );
  }, 60_000);
});

describe("the blocks to come", () => {
  it("[MEM-7] hold everything once, in order, the last one all the rest", () => {
    const everybody = senders.map(() => Array.from({ length: 16 }, () => 2));
    const pool = poolOf(everybody);
    const blocks = projectedBlocks(pool, 4);
    expect(blocks.map(({ length }) => length)).toEqual([FIT, FIT, FIT, SENDERS * 16 - 3 * FIT]);
    const txids = blocks.flat().map(({ txid }) => txid);
    expect(new Set(txids).size).toBe(pool.size);
    const first = pool.select({ maxBytes: sealRoomBytes(), maxCount: 10_000 });
    expect(blocks[0]).toEqual(first);
    expect(projectedBlocks(poolOf([]), 4)).toEqual([]);
    expect(projectedBlocks(poolOf([[3]]), 4).map(({ length }) => length)).toEqual([1]);
  });
});

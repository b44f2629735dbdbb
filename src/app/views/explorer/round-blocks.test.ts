import { expect, test } from "vitest";
import { encodeBlock } from "../../../kernel/block.ts";
import { hexFromBytes, utf8Encode } from "../../../kernel/bytes.ts";
import { blockIdOf, type Header } from "../../../kernel/header.ts";
import type { SignedTransaction } from "../../../kernel/transaction.ts";
import { readRoundBlocks } from "./round-blocks.ts";

const ROOT = new Uint8Array(32).fill(7);
const header = (change: Partial<Header>): Header => ({
  version: 1,
  kind: "micro",
  storyId: ROOT,
  height: 12,
  microIndex: 3,
  parent: ROOT,
  keyParent: ROOT,
  timestampMs: 1_700_000_123_456,
  author: ROOT,
  bodyRoot: ROOT,
  stateRoot: ROOT,
  historyRoot: ROOT,
  coinbase: { consumer: 0n, industrial: 0n },
  feeChecksum: ROOT,
  target: 0,
  nonce: 0n,
  signature: new Uint8Array(64),
  ...change,
});
const transaction: SignedTransaction = {
  payload: {
    from_: "ab".repeat(32),
    to: "cd".repeat(32),
    amountConsumer: 1n,
    amountIndustrial: 0n,
    fee: 300n,
    feeSelector: 0,
    nonce: 1n,
    memo: utf8Encode("x"),
  },
  publicKey: ROOT,
  signature: new Uint8Array(64),
};
const encode = (one: Header): string =>
  hexFromBytes(
    encodeBlock({
      header: one,
      body: { paragraph: { kind: "none" }, transactions: [transaction, transaction] },
    }),
  );

test("the strip reads of a microblock what the kernel wrote", () => {
  const micro = header({});
  const hex = encode(micro);
  expect(readRoundBlocks([encode(header({ kind: "key", microIndex: 0 })), hex])).toEqual([
    {
      id: blockIdOf(micro),
      microIndex: 3,
      timestampMs: 1_700_000_123_456,
      sizeBytes: hex.length / 2,
      transactions: 2,
    },
  ]);
});

test("what is no block is passed over", () => {
  expect(readRoundBlocks(["", "00", "01".repeat(100)])).toEqual([]);
});

import { beforeAll, describe, expect, it } from "vitest";
import { initKernel } from "../../kernel/init.ts";
import type { SignedTransaction } from "../../kernel/transaction.ts";
import { signTransaction } from "../../kernel/transaction.ts";
import { MAX_TX_MESSAGE_BYTES, MAX_TXS_PER_MESSAGE } from "../limits.ts";
import { batchesOf, decodeBatch, encodeBatch } from "./transaction-batch.ts";

beforeAll(initKernel);

const seed = new Uint8Array(32).fill(3);

function transaction(nonce: bigint, memoBytes = 0): SignedTransaction {
  const payload = {
    from_: "ab".repeat(32),
    to: "cd".repeat(32),
    amountConsumer: 1n,
    amountIndustrial: 0n,
    fee: 1n,
    feeSelector: 0,
    nonce,
    memo: new Uint8Array(memoBytes),
  };
  return signTransaction(payload, seed, new Uint8Array(0));
}

const several = (count: number, memoBytes = 0): SignedTransaction[] =>
  Array.from({ length: count }, (_, index) => transaction(BigInt(index), memoBytes));

describe("[NET-1b] transactions on their topic", () => {
  it("[ENC-2] a batch decodes to what was encoded; cut, prolonged or changed bytes are refused", () => {
    const batch = several(3);
    const bytes = encodeBatch(batch);
    expect(decodeBatch(bytes)).toEqual(batch);
    expect(() => decodeBatch(bytes.subarray(1))).toThrow(/^bad-encoding/);
    expect(() => decodeBatch(Uint8Array.of(...bytes, 0))).toThrow(/^bad-encoding/);
    expect(() => decodeBatch(Uint8Array.of(4, ...bytes.subarray(1)))).toThrow(/^bad-encoding/);
  });

  it("[NET-6] more transactions, or more bytes, than a message carries are refused", () => {
    const full = several(MAX_TXS_PER_MESSAGE).map((each) => each);
    const bytes = encodeBatch(full.slice(0, 50));
    expect(bytes.length).toBeLessThanOrEqual(MAX_TX_MESSAGE_BYTES);
    expect(() => decodeBatch(new Uint8Array(MAX_TX_MESSAGE_BYTES + 1))).toThrow(/^too-large/);
    expect(() => encodeBatch(several(10, 4_000))).toThrow(/^too-large/);
    expect(() => decodeBatch(Uint8Array.of(MAX_TXS_PER_MESSAGE + 1))).toThrow(/^bad-encoding/);
  });

  it("a long list is cut into messages that fit, in order, none of them empty", () => {
    const list = [...several(200), ...several(9, 4_000), ...several(5)];
    const batches = batchesOf(list);
    expect(batches.flat()).toEqual(list);
    for (const batch of batches) {
      expect(batch.length).toBeGreaterThan(0);
      expect(encodeBatch(batch).length).toBeLessThanOrEqual(MAX_TX_MESSAGE_BYTES);
    }
    expect(batchesOf([])).toEqual([]);
  });
});

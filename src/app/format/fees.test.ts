import * as fc from "fast-check";
import { expect, test } from "vitest";
import { encodeSignedTransaction, splitFee as kernelSplit } from "../../kernel/transaction.ts";
import { addPairs, NOTHING, pairIn } from "./amounts.ts";
import {
  type FeeSelector,
  operationBytes,
  outcomeOf,
  preferredSelector,
  splitFee,
  transferBytes,
} from "./fees.ts";

const ADDRESS = "ab".repeat(32);

function sizeOf(to: string, memoBytes: number): number {
  const payload = {
    from_: ADDRESS,
    to,
    amountConsumer: 1n,
    amountIndustrial: 0n,
    fee: 300n,
    feeSelector: 0,
    nonce: 1n,
    memo: new Uint8Array(memoBytes),
  };
  return encodeSignedTransaction({
    payload,
    publicKey: new Uint8Array(32),
    signature: new Uint8Array(64),
  }).length;
}

test("the page knows how many bytes will be signed", () => {
  expect(transferBytes(0)).toBe(sizeOf(ADDRESS, 0));
  expect(transferBytes(256)).toBe(sizeOf(ADDRESS, 256));
  expect(operationBytes("handles", 20)).toBe(sizeOf("sys/handles", 20));
});

test("the fee is split as the ledger splits it", () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
      fc.constantFrom<FeeSelector>(0, 1, 2),
      (fee, selector) => {
        expect(splitFee(fee, selector)).toEqual(kernelSplit(fee, selector));
      },
    ),
  );
});

test("what remains, and what does not cover it", () => {
  const available = addPairs(pairIn("consumer", 1000n), pairIn("industrial", 500n));
  expect(outcomeOf(available, pairIn("consumer", 700n), 301n, 2)).toEqual({
    fee: { consumer: 151n, industrial: 150n },
    rest: { consumer: 149n, industrial: 350n },
    short: null,
  });
  expect(outcomeOf(available, pairIn("consumer", 700n), 301n, 0).short).toBe("consumer");
  expect(outcomeOf(available, pairIn("industrial", 501n), 1n, 0).short).toBe("industrial");
});

test("the balance that covers the fee is proposed", () => {
  const available = addPairs(pairIn("consumer", 400n), pairIn("industrial", 400n));
  expect(preferredSelector(available, NOTHING, 300n)).toBe(0);
  expect(preferredSelector(available, pairIn("consumer", 400n), 300n)).toBe(1);
  expect(preferredSelector(available, NOTHING, 700n)).toBe(2);
  expect(preferredSelector(NOTHING, NOTHING, 1n)).toBe(0);
});

import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { addressFromHex } from "../../kernel/brand.ts";
import { hexFromBytes, utf8Encode } from "../../kernel/bytes.ts";
import { initKernel } from "../../kernel/init.ts";
import { publicKeyFromSeed } from "../../kernel/signature.ts";
import type { SignedTransaction, TransactionPayload } from "../../kernel/transaction.ts";
import {
  encodeSignedTransaction,
  signTransaction,
  transactionDomain,
} from "../../kernel/transaction.ts";
import { handles } from "../modules/handles.ts";
import {
  checkFeeFloor,
  checkTransactionForm,
  checkTransactionSignature,
  debitOf,
  feeFloor,
} from "./check-transaction.ts";
import { alice, bob, operationOf, transactionOf } from "./testing/sample-transactions.ts";
import { TransactionCode, TransactionRefused } from "./transaction-code.ts";

const U64_MAX = (1n << 64n) - 1n;

function numberOf(run: () => void): number {
  try {
    run();
  } catch (error) {
    if (error instanceof TransactionRefused) return error.number;
    throw error;
  }
  return TransactionCode.ok;
}

const formOf = (transaction: SignedTransaction): number =>
  numberOf(() => checkTransactionForm(transaction));
const transferWith = (payload: Partial<TransactionPayload>): number =>
  formOf(transactionOf(alice, { to: bob, ...payload }));

describe("form", () => {
  it("[TX-1] the sender is the lower-case hex of the key", () => {
    expect(transferWith({ from_: alice })).toBe(TransactionCode.ok);
    for (const from_ of [alice.toUpperCase(), bob, "alice", "", ` ${alice}`]) {
      expect(transferWith({ from_ })).toBe(TransactionCode.senderMismatch);
    }
  });

  it("[TX-1] a recipient is an address or a system account, the sender itself included", () => {
    expect(transferWith({ to: alice })).toBe(TransactionCode.ok);
    for (const to of [
      "",
      "bob",
      "@bob",
      bob.toUpperCase(),
      bob.slice(1),
      `${bob}0`,
      "sys",
      "SYS/handles",
    ]) {
      expect(transferWith({ to })).toBe(TransactionCode.badRecipient);
    }
  });

  it("[TX-6] a system account is a module's, by its exact name", () => {
    for (const to of ["sys/", "sys/nothing", "sys/Handles", "sys/handles/", "sys/constructor"]) {
      expect(transferWith({ to })).toBe(TransactionCode.unknownModule);
    }
  });

  it("[TX-6] a remark has at most 256 bytes, an operation moves no tokens", () => {
    expect(transferWith({ memo: new Uint8Array(256) })).toBe(TransactionCode.ok);
    expect(transferWith({ memo: new Uint8Array(257) })).toBe(TransactionCode.memoTooLong);
    const op = { action: "register", handle: "anna", owner: null } as const;
    expect(formOf(operationOf(alice, handles, op))).toBe(TransactionCode.ok);
    for (const amount of [{ amountConsumer: 1n }, { amountIndustrial: 1n }]) {
      expect(formOf(operationOf(alice, handles, op, amount))).toBe(TransactionCode.amountToModule);
    }
    const tooLong = { memo: new Uint8Array(4_097) };
    expect(formOf(operationOf(alice, handles, op, tooLong))).toBe(TransactionCode.memoTooLong);
  });

  it("[TX-6] a memo that is no operation of its module makes the transaction invalid", () => {
    const memos = [new Uint8Array(), utf8Encode("anna"), new Uint8Array(4_096)];
    for (const memo of memos) {
      expect(transferWith({ to: "sys/handles", memo })).toBe(TransactionCode.badOperation);
    }
  });

  it("[TX-4] selectors other than 0, 1 and 2, and fees from 2^63 on, are refused", () => {
    for (const feeSelector of [0, 1, 2]) expect(transferWith({ feeSelector })).toBe(0);
    for (const feeSelector of [3, 255, -1, 0.5]) {
      expect(transferWith({ feeSelector })).toBe(TransactionCode.invalidSelector);
    }
    expect(transferWith({ fee: (1n << 63n) - 1n })).toBe(TransactionCode.ok);
    for (const fee of [1n << 63n, U64_MAX, -1n]) {
      expect(transferWith({ fee })).toBe(TransactionCode.feeTooLarge);
    }
  });

  it("[TX-4] amount and fee together fit a u64, each token by itself", () => {
    const fee = 101n;
    expect(transferWith({ fee, amountConsumer: U64_MAX - 101n })).toBe(TransactionCode.ok);
    expect(transferWith({ fee, amountConsumer: U64_MAX - 100n })).toBe(TransactionCode.feeOverflow);
    expect(transferWith({ fee, amountIndustrial: U64_MAX })).toBe(TransactionCode.ok);
    const both = { fee, feeSelector: 2 };
    expect(transferWith({ ...both, amountConsumer: U64_MAX - 51n })).toBe(TransactionCode.ok);
    expect(transferWith({ ...both, amountConsumer: U64_MAX - 50n })).toBe(9);
    expect(transferWith({ ...both, amountIndustrial: U64_MAX - 50n })).toBe(TransactionCode.ok);
    expect(transferWith({ ...both, amountIndustrial: U64_MAX - 49n })).toBe(9);
  });

  it("[TX-7] of several faults the first in the order of the table is told", () => {
    const reserved = { ...handles, encode: () => Uint8Array.of(1, 0, 4, ...utf8Encode("root"), 0) };
    const faults: readonly (readonly [number, Partial<TransactionPayload>])[] = [
      [TransactionCode.invalidSelector, { feeSelector: 3 }],
      [TransactionCode.feeTooLarge, { fee: 1n << 63n }],
      [TransactionCode.feeOverflow, { amountConsumer: U64_MAX }],
      [TransactionCode.senderMismatch, { from_: bob }],
      [TransactionCode.badRecipient, { to: "bob" }],
      [TransactionCode.unknownModule, { to: "sys/none" }],
      [TransactionCode.amountToModule, { amountIndustrial: 1n }],
      [TransactionCode.memoTooLong, { memo: new Uint8Array(4_097) }],
      [TransactionCode.badOperation, { memo: Uint8Array.of(2) }],
    ];
    const op = { action: "register", handle: "root", owner: null } as const;
    const clean = operationOf(alice, reserved, op);
    expect(formOf(clean)).toBe(TransactionCode.handleReserved);
    let payload = clean.payload;
    for (const [number, fault] of faults.toReversed()) {
      payload = { ...payload, ...fault };
      expect(formOf({ ...clean, payload })).toBe(number);
    }
  });
});

describe("fee floor", () => {
  it("[TX-4] is 1 unit for each byte of the encoded signed transaction", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 256 }), (memo) => {
        const transaction = transactionOf(alice, { to: bob, memo });
        const size = encodeSignedTransaction(transaction).length;
        const paying = (fee: bigint): number =>
          numberOf(() => checkFeeFloor(transactionOf(alice, { to: bob, memo, fee })));
        expect(feeFloor(size)).toBe(BigInt(size));
        expect(paying(BigInt(size))).toBe(TransactionCode.ok);
        expect(paying(BigInt(size) - 1n)).toBe(TransactionCode.feeTooLow);
      }),
    );
  });

  it("[TX-4] a refusal names fee and floor", () => {
    const transaction = transactionOf(alice, { to: bob, fee: 281n });
    expect(encodeSignedTransaction(transaction).length).toBe(282);
    expect(() => checkFeeFloor(transaction)).toThrow(
      expect.objectContaining({
        data: { number: 10, label: "fee_too_low", fee: "281", floor: "282" },
      }),
    );
  });
});

describe("signature", () => {
  beforeAll(initKernel);
  const seed = new Uint8Array(32).fill(3);
  const storyId = new Uint8Array(32).fill(8);

  it("[TX-2] holds for its story only: no replay across stories", () => {
    const from = addressFromHex(hexFromBytes(publicKeyFromSeed(seed)));
    const { payload } = transactionOf(from, { to: bob });
    const signed = signTransaction(payload, seed, transactionDomain(storyId));
    expect(() => checkTransactionSignature(signed, storyId)).not.toThrow();
    expect(formOf(signed)).toBe(TransactionCode.ok);
    const refused: readonly (readonly [SignedTransaction, Uint8Array])[] = [
      [signed, new Uint8Array(32).fill(9)],
      [{ ...signed, payload: { ...payload, nonce: 2n } }, storyId],
      [{ ...signed, publicKey: publicKeyFromSeed(storyId) }, storyId],
      [
        { ...signed, signature: signed.signature.map((byte, at) => (at === 63 ? byte ^ 1 : byte)) },
        storyId,
      ],
      [signTransaction(payload, seed, utf8Encode("THE_BLOCKv2|\u0001\0\0\0")), storyId],
    ];
    for (const [transaction, story] of refused) {
      expect(numberOf(() => checkTransactionSignature(transaction, story))).toBe(
        TransactionCode.badSignature,
      );
    }
  });
});

describe("debit", () => {
  it("[TX-4] is amount and part of the fee, per token", () => {
    const amounts = { amountConsumer: 5n, amountIndustrial: 7n, fee: 11n };
    const debits = [0, 1, 2].map((feeSelector) =>
      debitOf(transactionOf(alice, { to: bob, ...amounts, feeSelector })),
    );
    expect(debits).toEqual([
      { consumer: 16n, industrial: 7n },
      { consumer: 5n, industrial: 18n },
      { consumer: 11n, industrial: 12n },
    ]);
  });
});

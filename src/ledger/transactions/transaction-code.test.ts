import { describe, expect, it } from "vitest";
import {
  isTransactionCode,
  TransactionCode,
  TransactionRefused,
  transactionLabel,
} from "./transaction-code.ts";

describe("transaction codes", () => {
  it("[TX-7] 0 to 14 are the dual-token kernel's, by number and label", () => {
    const labels = [
      "ok",
      "unknown_sender",
      "insufficient_balance",
      "nonce_gap",
      "invalid_selector",
      "bad_signature",
      "duplicate",
      "not_found",
      "balance_overflow",
      "fee_overflow",
      "fee_too_low",
      "mempool_full",
      "lock_poison",
      "pending_limit",
      "fee_too_large",
    ];
    const ours = Object.values(TransactionCode).filter((code) => code < 32);
    expect(ours).toEqual(labels.map((_, code) => code));
    expect(ours.map(transactionLabel)).toEqual(labels);
  });

  it("[TX-7] new refusals start at 32, lost operations at 64; no number and no label twice", () => {
    const codes = Object.values(TransactionCode);
    expect(new Set(codes).size).toBe(codes.length);
    expect(new Set(codes.map(transactionLabel)).size).toBe(codes.length);
    const own = codes.filter((code) => code > 14);
    expect(own.filter((code) => code < 32)).toEqual([]);
    expect(own).toEqual([32, 33, 34, 35, 36, 37, 38, 64, 65, 66, 67, 68, 69, 70]);
  });

  it("[TX-7] a refusal carries number, label and facts; a number that is in no table is none", () => {
    const error = new TransactionRefused(TransactionCode.feeTooLow, { fee: "1" });
    expect(error).toMatchObject({
      code: "transaction-refused",
      number: 10,
      data: { number: 10, label: "fee_too_low", fee: "1" },
    });
    expect([0, 14, 32, 70].every(isTransactionCode)).toBe(true);
    expect([-1, 15, 39, 71, 1.5, Number.NaN].some(isTransactionCode)).toBe(false);
  });
});

/**
 * Txid and fee split, recomputed by hand; layouts and vectors are tested with the other codecs.
 *
 * @module
 */
import { blake3 } from "@noble/hashes/blake3.js";
import * as fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { concatBytes, hexFromBytes, utf8Encode } from "./bytes.ts";
import { initKernel } from "./init.ts";
import { publicKeyFromSeed, signWithSeed } from "./signature.ts";
import type { SignedTransaction } from "./transaction.ts";
import {
  encodePayload,
  signTransaction,
  splitFee,
  transactionDomain,
  transactionSigningBytes,
  txidOf,
  verifyTransactionSignature,
} from "./transaction.ts";

const transaction: SignedTransaction = {
  payload: {
    from_: "alice",
    to: "bob",
    amountConsumer: 1_000_000n,
    amountIndustrial: 0n,
    fee: 100n,
    feeSelector: 0,
    nonce: 1n,
    memo: new Uint8Array(),
  },
  publicKey: new Uint8Array(32).fill(7),
  signature: new Uint8Array(64).fill(9),
};

beforeAll(initKernel);

test("[TX-0] the layout of a payload, written out by hand", () => {
  const u64 = (low: number): string => `${low.toString(16).padStart(2, "0")}${"00".repeat(7)}`;
  const expected = [
    u64(5) + hexFromBytes(utf8Encode("alice")),
    u64(3) + hexFromBytes(utf8Encode("bob")),
    "40420f0000000000",
    u64(0),
    u64(100),
    "02",
    u64(1),
    `${u64(2)}beef`,
  ];
  const memo = Uint8Array.of(0xbe, 0xef);
  const payload = { ...transaction.payload, feeSelector: 2, memo };
  expect(hexFromBytes(encodePayload(payload))).toBe(expected.join(""));
});

test("[TX-3] the txid is plain BLAKE3 of TX, version, payload and key", () => {
  const payload = encodePayload(transaction.payload);
  for (const version of [1, 2]) {
    const parts = [utf8Encode("TX"), Uint8Array.of(version), payload, transaction.publicKey];
    const expected = hexFromBytes(blake3(concatBytes(...parts)));
    expect(hexFromBytes(txidOf(transaction, version))).toBe(expected);
  }
});

test("[TX-3] key and payload change the txid, the signature does not", () => {
  const id = hexFromBytes(txidOf(transaction));
  const resigned = { ...transaction, signature: new Uint8Array(64) };
  expect(hexFromBytes(txidOf(resigned))).toBe(id);
  const other = { ...transaction, publicKey: new Uint8Array(32) };
  expect(hexFromBytes(txidOf(other))).not.toBe(id);
  const later = { ...transaction, payload: { ...transaction.payload, nonce: 2n } };
  expect(hexFromBytes(txidOf(later))).not.toBe(id);
});

test("[TX-2, SIG-1] a signature is over domain and payload, and holds for both only", () => {
  const seed = new Uint8Array(32).fill(1);
  const { payload } = transaction;
  const domain = transactionDomain(new Uint8Array(32).fill(2));
  const signed = signTransaction(payload, seed, domain);
  expect(signed).toEqual({
    payload,
    publicKey: publicKeyFromSeed(seed),
    signature: signWithSeed(seed, concatBytes(domain, encodePayload(payload))),
  });
  expect(transactionSigningBytes(domain, payload).length).toBe(12 + 32 + 65);
  expect(verifyTransactionSignature(signed, domain)).toBe(true);
  const elsewhere = transactionDomain(new Uint8Array(32).fill(3));
  expect(verifyTransactionSignature(signed, elsewhere)).toBe(false);
  const dearer = { ...signed, payload: { ...payload, fee: 101n } };
  expect(verifyTransactionSignature(dearer, domain)).toBe(false);
  expect(verifyTransactionSignature({ ...signed, publicKey: seed }, domain)).toBe(false);
});

test("[TX-4] selectors 0, 1 and 2 split the fee without losing a unit (property)", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: (1n << 63n) - 1n }), (fee) => {
      expect(splitFee(fee, 0)).toEqual({ consumer: fee, industrial: 0n });
      expect(splitFee(fee, 1)).toEqual({ consumer: 0n, industrial: fee });
      const { consumer, industrial } = splitFee(fee, 2);
      expect(consumer + industrial).toBe(fee);
      expect(consumer - industrial).toBe(fee % 2n);
    }),
  );
});

test("[TX-4] another selector and a fee from 2^63 on are refused", () => {
  for (const selector of [3, 4, 255]) {
    expect(() => splitFee(1n, selector)).toThrow(
      expect.objectContaining({ code: "invalid-selector", data: { selector } }),
    );
  }
  for (const fee of [1n << 63n, -1n]) {
    expect(() => splitFee(fee, 0)).toThrow(expect.objectContaining({ code: "fee-too-large" }));
  }
});

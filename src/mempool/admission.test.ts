import { beforeAll, describe, expect, it } from "vitest";
import { utf8Encode } from "../kernel/bytes.ts";
import { initKernel } from "../kernel/init.ts";
import type { TransactionPayload } from "../kernel/transaction.ts";
import { moduleOf } from "../ledger/modules/registry.ts";
import type { MempoolLimits } from "./limits.ts";
import type { Sender } from "./testing/sender.ts";
import { idOf, mempoolWith, START_MS, senderOf, TRANSFER_BYTES } from "./testing/sender.ts";

const U64_MAX = (1n << 64n) - 1n;
const FEE_LIMIT = 1n << 63n;
const FLOOR = BigInt(TRANSFER_BYTES);

let alice: Sender;
let bob: Sender;
beforeAll(async () => {
  await initKernel();
  alice = senderOf(0);
  bob = senderOf(1);
});

/** The code for alice's first transaction with this change, signed properly. */
function codeFor(change: Partial<TransactionPayload>, limits: Partial<MempoolLimits> = {}): number {
  const { mempool } = mempoolWith([alice], limits);
  return mempool.admit(alice.pay(1, change), START_MS).code;
}

/** A registration's memo; a name that nobody may have is written over a free one of its length. */
function registration(handle: string): Uint8Array {
  const module = moduleOf("sys/handles");
  const stand = "z".repeat(handle.length);
  const memo = module?.encode(module.fromFields({ action: "register", handle: stand }));
  const bytes = Uint8Array.from(memo ?? []);
  bytes.set(utf8Encode(handle), bytes.indexOf("z".charCodeAt(0)));
  return bytes;
}

describe("admission", () => {
  it("[MEM-1] admits the next nonce and reserves amount and fee", () => {
    const { mempool } = mempoolWith([alice]);
    const first = alice.pay(1, { amountConsumer: 5n, amountIndustrial: 7n, feeSelector: 2 });
    const second = alice.pay(2, { amountConsumer: 0n, feeSelector: 1 });
    expect(mempool.admit(first, START_MS)).toEqual({ code: 0, txid: idOf(first), evicted: [] });
    expect(mempool.admit(second, START_MS + 1).code).toBe(0);
    expect(mempool.reserved(alice.address)).toEqual({ consumer: 505n, industrial: 1_507n });
    expect(mempool.nextNonce(alice.address)).toBe(3n);
    expect(mempool.size).toBe(2);
    expect(mempool.bytes).toBe(2 * TRANSFER_BYTES);
    expect(mempool.entry(idOf(first))).toMatchObject({
      nonce: 1n,
      sizeBytes: TRANSFER_BYTES,
      feePerByte: 3n,
      admittedMs: START_MS,
      expiresMs: START_MS + 1_800_000,
      debit: { consumer: 505n, industrial: 507n },
    });
    expect(mempool.ofSender(alice.address).map(({ txid }) => txid)).toEqual(
      [first, second].map(idOf),
    );
    expect(mempool.nextNonce(bob.address)).toBe(1n);
    expect(mempool.reserved(bob.address)).toEqual({ consumer: 0n, industrial: 0n });
  });

  it("[MEM-1] counts nonces from the account's", () => {
    const { mempool, head } = mempoolWith([]);
    head.set(alice, { consumer: 10_000n, nonce: 41n });
    expect(mempool.nextNonce(alice.address)).toBe(42n);
    expect(mempool.admit(alice.pay(42), START_MS).code).toBe(0);
  });

  it("[TX-7] code 1: a sender without an account", () => {
    const { mempool } = mempoolWith([bob]);
    const refusal = mempool.admit(alice.pay(1), START_MS);
    expect(refusal).toMatchObject({ code: 1, label: "unknown_sender" });
  });

  it("[TX-7] code 2: the balance less what is reserved does not cover amount and fee", () => {
    const { mempool, head } = mempoolWith([]);
    head.set(alice, { consumer: 2_001n, industrial: 0n });
    expect(mempool.admit(alice.pay(1), START_MS).code).toBe(0);
    expect(mempool.admit(alice.pay(2), START_MS)).toMatchObject({
      code: 2,
      data: { consumer: "1000", neededConsumer: "1001" },
    });
    expect(mempool.admit(alice.pay(2, { amountConsumer: 0n }), START_MS).code).toBe(0);
    expect(codeFor({ feeSelector: 1, amountIndustrial: 999_001n })).toBe(2);
  });

  it("[TX-7] code 3: a nonce beyond the next one", () => {
    const { mempool } = mempoolWith([alice]);
    expect(mempool.admit(alice.pay(2), START_MS)).toMatchObject({
      code: 3,
      data: { nonce: "2", expected: "1" },
    });
    mempool.admit(alice.pay(1), START_MS);
    expect(mempool.admit(alice.pay(3), START_MS)).toMatchObject({
      code: 3,
      data: { expected: "2" },
    });
  });

  it("[TX-7] codes 4, 14 and 9: the fee by itself", () => {
    expect(codeFor({ feeSelector: 3 })).toBe(4);
    expect(codeFor({ fee: FEE_LIMIT })).toBe(14);
    expect(codeFor({ fee: FEE_LIMIT - 1n, amountConsumer: U64_MAX })).toBe(9);
    expect(codeFor({ fee: 1_000n, amountConsumer: U64_MAX - 999n })).toBe(9);
    expect(codeFor({ fee: 1_000n, amountConsumer: U64_MAX - 1_000n })).toBe(2);
  });

  it("[TX-7] code 5: another's signature, or another story's", () => {
    const { mempool } = mempoolWith([alice]);
    const good = alice.pay(1);
    const { signature } = alice.pay(1, { fee: 1_001n });
    expect(mempool.admit({ ...good, signature }, START_MS)).toMatchObject({
      code: 5,
      label: "bad_signature",
    });
    expect(mempool.size).toBe(0);
    expect(mempool.admit(good, START_MS).code).toBe(0);
  });

  it("[TX-7] code 6: it waits, its place is taken, or its nonce was used", () => {
    const { mempool, head } = mempoolWith([]);
    head.set(alice, { consumer: 1_000_000n, nonce: 3n });
    mempool.admit(alice.pay(4), START_MS);
    expect(mempool.admit(alice.pay(4), START_MS).code).toBe(6);
    // A higher fee replaces nothing.
    expect(mempool.admit(alice.pay(4, { fee: 9_000n }), START_MS).code).toBe(6);
    expect(mempool.admit(alice.pay(3), START_MS).code).toBe(6);
    expect(mempool.admit(alice.pay(0), START_MS).code).toBe(6);
  });

  it("[TX-7] code 7: nothing to drop; dropping takes what waits behind it", () => {
    const { mempool } = mempoolWith([alice, bob]);
    const sent = [1, 2, 3].map((nonce) => alice.pay(nonce));
    for (const transaction of sent) mempool.admit(transaction, START_MS);
    mempool.admit(bob.pay(1), START_MS);
    expect(mempool.drop("00".repeat(32))).toBe(7);
    expect(mempool.drop(sent.slice(1, 2).map(idOf).join(""))).toBe(0);
    expect(mempool.ofSender(alice.address).map(({ nonce }) => nonce)).toEqual([1n]);
    expect(mempool.reserved(alice.address)).toEqual({ consumer: 1_001n, industrial: 0n });
    expect(mempool.nextNonce(alice.address)).toBe(2n);
    expect(mempool.size).toBe(2);
  });

  it("[TX-7] code 8: what is reserved, or what the recipient gets, exceeds a u64", () => {
    const { mempool, head } = mempoolWith([]);
    head.set(alice, { consumer: U64_MAX, industrial: 5_000n });
    expect(mempool.admit(alice.pay(1, { amountConsumer: U64_MAX - 1_000n }), START_MS).code).toBe(
      0,
    );
    expect(mempool.admit(alice.pay(2), START_MS)).toMatchObject({
      code: 8,
      label: "balance_overflow",
    });
    const change = { amountIndustrial: 1n, feeSelector: 1 };
    const rich = mempoolWith([alice]);
    rich.head.set(bob, { industrial: U64_MAX });
    expect(rich.mempool.admit(alice.pay(1, change), START_MS).code).toBe(8);
    expect(rich.mempool.admit(alice.pay(1, { ...change, to: alice.address }), START_MS).code).toBe(
      0,
    );
  });

  it("[MEM-3] code 10: below 1 unit a byte", () => {
    expect(codeFor({ fee: FLOOR - 1n })).toBe(10);
    expect(codeFor({ fee: FLOOR })).toBe(0);
    expect(codeFor({ fee: FLOOR, memo: new Uint8Array(1) })).toBe(10);
    expect(codeFor({ fee: FLOOR + 1n, memo: new Uint8Array(1) })).toBe(0);
  });

  it("[MEM-2] code 13: more than 16 of one sender, whatever they pay", () => {
    const { mempool } = mempoolWith([alice, bob]);
    for (let nonce = 1; nonce <= 16; nonce++) {
      expect(mempool.admit(alice.pay(nonce), START_MS).code).toBe(0);
    }
    expect(mempool.admit(alice.pay(17, { fee: 100_000n }), START_MS)).toMatchObject({
      code: 13,
      data: { waiting: 16, max: 16 },
    });
    expect(mempool.admit(bob.pay(1), START_MS).code).toBe(0);
  });

  it("[TX-7] codes 32 to 38: addresses and operations", () => {
    const { mempool } = mempoolWith([alice, bob]);
    const forged = { ...bob.pay(1), payload: alice.pay(1).payload };
    expect(mempool.admit(forged, START_MS)).toMatchObject({ code: 32, label: "sender_mismatch" });
    const operation = { amountConsumer: 0n, to: "sys/handles" };
    expect(codeFor({ to: "nobody" })).toBe(33);
    expect(codeFor({ to: "sys/nothing" })).toBe(34);
    expect(codeFor({ ...operation, memo: Uint8Array.of(9) })).toBe(35);
    expect(codeFor({ memo: new Uint8Array(257) })).toBe(36);
    expect(codeFor({ ...operation, amountConsumer: 1n })).toBe(37);
    expect(codeFor({ ...operation, memo: registration("fabula") })).toBe(38);
    expect(codeFor({ ...operation, memo: registration("ink_pot") })).toBe(0);
  });

  it("[MEM-5] an operation's price is not asked for: it may lose in a block", () => {
    const { mempool, head } = mempoolWith([]);
    head.set(alice, { consumer: 1_000n });
    const change = { amountConsumer: 0n, to: "sys/handles", memo: registration("ink_pot") };
    expect(mempool.admit(alice.pay(1, change), START_MS).code).toBe(0);
  });

  it("[MEM-5] of several faults the first in the order of codes is told", () => {
    // Each step repairs the fault that was told; the later ones are there from the beginning.
    const { mempool, head } = mempoolWith([bob], { maxEntries: 1, maxPerSender: 1 });
    mempool.admit(bob.pay(1, { fee: 5n * FLOOR }), START_MS);
    const broken = { signature: new Uint8Array(64) };
    const told = (nonce: number, change: Partial<TransactionPayload>): number =>
      mempool.admit({ ...alice.pay(nonce, change), ...broken }, START_MS).code;
    const to = bob.address;
    const poor = { to, fee: 1n, feeSelector: 0 };
    const tooMuch = { amountConsumer: U64_MAX };
    expect(told(9, { ...poor, ...tooMuch, feeSelector: 9, fee: FEE_LIMIT })).toBe(4);
    expect(told(9, { ...poor, ...tooMuch, fee: FEE_LIMIT })).toBe(14);
    expect(told(9, { ...poor, ...tooMuch })).toBe(9);
    expect(told(9, { ...poor, to: "nobody" })).toBe(33);
    expect(told(9, poor)).toBe(11);
    expect(
      mempool.drop(
        mempool
          .entries()
          .map(({ txid }) => txid)
          .join(""),
      ),
    ).toBe(0);
    expect(told(9, poor)).toBe(1);
    head.set(alice, { consumer: 2_000n, nonce: 5n });
    head.set(bob, { consumer: U64_MAX, nonce: 0n });
    expect(told(9, { ...poor, amountConsumer: 5_000n })).toBe(8);
    head.set(bob, {});
    expect(told(5, { ...poor, amountConsumer: 5_000n })).toBe(2);
    expect(told(5, poor)).toBe(6);
    expect(told(9, poor)).toBe(3);
    expect(told(6, poor)).toBe(10);
    expect(told(6, { to })).toBe(5);
    expect(mempool.size).toBe(0);
    expect(mempool.admit(alice.pay(6, { to }), START_MS).code).toBe(0);
    expect(
      mempool.drop(
        mempool
          .entries()
          .map(({ txid }) => txid)
          .join(""),
      ),
    ).toBe(0);
    mempool.poison("test");
    expect(told(9, { ...poor, ...tooMuch, feeSelector: 9, fee: FEE_LIMIT })).toBe(12);
  });

  it("[MEM-5] the place comes before the account, the signature before the sender's cap", () => {
    const { mempool, head } = mempoolWith([alice], { maxPerSender: 1 });
    const first = alice.pay(1);
    mempool.admit(first, START_MS);
    const unsigned = { ...alice.pay(2), signature: new Uint8Array(64) };
    expect(mempool.admit(unsigned, START_MS).code).toBe(5);
    expect(mempool.admit(alice.pay(2), START_MS).code).toBe(13);
    head.remove(alice);
    expect(mempool.admit(first, START_MS).code).toBe(6);
    expect(mempool.admit(alice.pay(2), START_MS).code).toBe(1);
  });
});

import { beforeAll, describe, expect, it } from "vitest";
import { initKernel } from "../kernel/init.ts";
import type { SignedTransaction } from "../kernel/transaction.ts";
import type { Mempool } from "./mempool.ts";
import type { Sender } from "./testing/sender.ts";
import { idOf, mempoolWith, START_MS, senderOf } from "./testing/sender.ts";

let alice: Sender;
let bob: Sender;
beforeAll(async () => {
  await initKernel();
  alice = senderOf(0);
  bob = senderOf(1);
});

function admitAll(mempool: Mempool, transactions: readonly SignedTransaction[]): void {
  for (const transaction of transactions) {
    expect(mempool.admit(transaction, START_MS).code).toBe(0);
  }
}

const noncesOf = (mempool: Mempool, { address }: Sender): number[] =>
  mempool.ofSender(address).map(({ nonce }) => Number(nonce));

describe("after the head moved", () => {
  it("[MEM-6] what a block took goes, and what waits behind it stays", () => {
    const { mempool, head } = mempoolWith([alice, bob]);
    const sent = [1, 2, 3].map((nonce) => alice.pay(nonce));
    admitAll(mempool, [...sent, bob.pay(1)]);
    head.set(alice, { consumer: 900_000n, nonce: 2n });
    const change = mempool.headChanged({ returned: [] }, START_MS + 5);
    expect(change.readmitted).toEqual([]);
    expect(change.dropped).toEqual(
      sent.slice(0, 2).map((transaction) => ({ txid: idOf(transaction), code: 6 })),
    );
    expect(noncesOf(mempool, alice)).toEqual([3]);
    expect(noncesOf(mempool, bob)).toEqual([1]);
    expect(mempool.reserved(alice.address)).toEqual({ consumer: 1_001n, industrial: 0n });
    expect(mempool.nextNonce(alice.address)).toBe(4n);
  });

  it("[MEM-6] transactions of lost blocks come back before those that wait", () => {
    const { mempool, head } = mempoolWith([]);
    head.set(alice, { consumer: 10_000n, nonce: 2n });
    const lost = [1, 2].map((nonce) => alice.pay(nonce));
    admitAll(mempool, [alice.pay(3)]);
    head.set(alice, { consumer: 12_002n, nonce: 0n });
    const change = mempool.headChanged({ returned: lost }, START_MS + 7_200_000);
    expect(change).toEqual({ dropped: [], readmitted: lost.map(idOf) });
    expect(noncesOf(mempool, alice)).toEqual([1, 2, 3]);
    // However long ago they came in first, their time starts anew.
    expect(mempool.ofSender(alice.address)[0]?.admittedMs).toBe(START_MS + 7_200_000);
    expect(mempool.counters()).toMatchObject({ tx_submitted_total: 1, tx_admitted_total: 1 });
  });

  it("[MEM-6] what the new branch spent otherwise does not come back", () => {
    const { mempool, head } = mempoolWith([]);
    head.set(alice, { consumer: 5_000n, nonce: 1n });
    const lost = [1, 2].map((nonce) => alice.pay(nonce));
    const change = mempool.headChanged({ returned: lost }, START_MS);
    expect(change.dropped).toEqual(lost.slice(0, 1).map((tx) => ({ txid: idOf(tx), code: 6 })));
    expect(noncesOf(mempool, alice)).toEqual([2]);
  });

  it("[MEM-6] what the balance does not cover any more goes (2), and what was behind it (3)", () => {
    const { mempool, head } = mempoolWith([alice]);
    const sent = [1, 2, 3].map((nonce) => alice.pay(nonce));
    admitAll(mempool, sent);
    head.set(alice, { consumer: 2_001n });
    const { dropped } = mempool.headChanged({ returned: [] }, START_MS);
    expect(dropped.map(({ code }) => code)).toEqual([2, 3]);
    expect(noncesOf(mempool, alice)).toEqual([1]);
    expect(mempool.reserved(alice.address)).toEqual({ consumer: 1_001n, industrial: 0n });
  });

  it("[MEM-6] what would overflow its recipient goes (8)", () => {
    const { mempool, head } = mempoolWith([alice, bob]);
    const sent = alice.pay(1, { to: bob.address });
    admitAll(mempool, [sent]);
    head.set(bob, { consumer: (1n << 64n) - 1n });
    const { dropped } = mempool.headChanged({ returned: [] }, START_MS);
    expect(dropped).toEqual([{ txid: idOf(sent), code: 8 }]);
  });

  it("[MEM-6] [MEM-2] one sender's return stays within its cap: the latest nonces go (13)", () => {
    const { mempool, head } = mempoolWith([], { maxPerSender: 3 });
    head.set(alice, { consumer: 100_000n, nonce: 2n });
    const waiting = [3, 4, 5].map((nonce) => alice.pay(nonce));
    admitAll(mempool, waiting);
    head.set(alice, { consumer: 100_000n, nonce: 0n });
    const lost = [1, 2].map((nonce) => alice.pay(nonce));
    const { dropped } = mempool.headChanged({ returned: lost }, START_MS);
    expect(dropped).toEqual(waiting.slice(1).map((tx) => ({ txid: idOf(tx), code: 13 })));
    expect(noncesOf(mempool, alice)).toEqual([1, 2, 3]);
  });

  it("[MEM-6] [MEM-2] a full pool stays within its cap: the last of the order go (11)", () => {
    const { mempool } = mempoolWith([alice, bob], { maxEntries: 2 });
    const waiting = [bob.pay(1, { fee: 900n }), bob.pay(2, { fee: 900n })];
    admitAll(mempool, waiting);
    const lost = alice.pay(1, { fee: 3_000n });
    const change = mempool.headChanged({ returned: [lost] }, START_MS);
    expect(change.readmitted).toEqual([idOf(lost)]);
    expect(change.dropped).toEqual(waiting.slice(1).map((tx) => ({ txid: idOf(tx), code: 11 })));
    expect(mempool.counters()).toMatchObject({ mempool_size: 2, evictions_total: 1 });
    const cheap = mempool.headChanged({ returned: [bob.pay(2, { fee: 900n })] }, START_MS);
    expect(cheap.readmitted).toEqual([]);
    expect(cheap.dropped.map(({ code }) => code)).toEqual([11]);
  });

  it("[MEM-6] one that waits already, or is returned twice, is there once", () => {
    const { mempool } = mempoolWith([alice]);
    const waiting = alice.pay(1);
    admitAll(mempool, [waiting]);
    const next = alice.pay(2);
    const change = mempool.headChanged({ returned: [waiting, next, next] }, START_MS);
    expect(change).toEqual({ dropped: [], readmitted: [idOf(next)] });
    expect(mempool.size).toBe(2);
  });

  it("[MEM-1] [MEM-6] of two with one sender and nonce the waiting one stays", () => {
    const { mempool } = mempoolWith([alice]);
    admitAll(mempool, [alice.pay(1)]);
    const other = alice.pay(1, { fee: 9_000n });
    const change = mempool.headChanged({ returned: [other] }, START_MS);
    expect(change).toEqual({ dropped: [{ txid: idOf(other), code: 6 }], readmitted: [] });
  });

  it("[MEM-6] a payment that made an account comes back, and the account's own with it", () => {
    const { mempool, head } = mempoolWith([alice]);
    // Bob's account came from alice's payment, and the block of both is lost.
    const lost = [alice.pay(1, { to: bob.address, amountConsumer: 9_000n }), bob.pay(1)];
    const change = mempool.headChanged({ returned: lost }, START_MS);
    expect(change).toEqual({ dropped: [], readmitted: lost.map(idOf) });
    expect(mempool.admit(bob.pay(2), START_MS).code).toBe(1);
    head.set(alice, { consumer: 900_000n, nonce: 1n });
    head.set(bob, { consumer: 9_000n });
    const { dropped } = mempool.headChanged({ returned: [] }, START_MS);
    expect(dropped.map(({ code }) => code)).toEqual([6]);
    expect(mempool.select({ maxBytes: 32_768, maxCount: 9 }).map(({ txid }) => txid)).toEqual([
      idOf(bob.pay(1)),
    ]);
  });
});

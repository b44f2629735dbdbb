import { beforeAll, describe, expect, it } from "vitest";
import { initKernel } from "../kernel/init.ts";
import type { SignedTransaction } from "../kernel/transaction.ts";
import { DEFAULT_MEMPOOL_LIMITS } from "./limits.ts";
import type { Mempool } from "./mempool.ts";
import type { Sender } from "./testing/sender.ts";
import { idOf, mempoolWith, START_MS, senderOf, TRANSFER_BYTES } from "./testing/sender.ts";

let senders: Sender[];
beforeAll(async () => {
  await initKernel();
  senders = Array.from({ length: 6 }, (_, index) => senderOf(index));
});

const senderAt = (index: number): Sender => senders[index] ?? senderOf(index);

/** A transfer of the sender of an index that pays this much for each byte. */
function paying(index: number, nonce: number, feePerByte: number): SignedTransaction {
  return senderAt(index).pay(nonce, { fee: BigInt(feePerByte * TRANSFER_BYTES) });
}

function waiting(mempool: Mempool): string[] {
  return mempool.entries().map(({ txid }) => txid);
}

/** A pool with `maxEntries` transactions of senders 0, 1, 2…, in that order of fees per byte. */
function fullPool(feesPerByte: readonly number[]) {
  const pool = mempoolWith(senders, { maxEntries: feesPerByte.length });
  const sent = feesPerByte.map((fee, index) => paying(index, 1, fee));
  sent.forEach((transaction, index) => pool.mempool.admit(transaction, START_MS + index));
  return { ...pool, sent, ids: sent.map(idOf) };
}

describe("order", () => {
  it("[MEM-3] fee per byte, then age, then txid", () => {
    const { mempool } = mempoolWith(senders);
    const late = paying(0, 1, 5);
    const twins = [paying(1, 1, 3), paying(2, 1, 3)];
    const early = paying(3, 1, 3);
    mempool.admit(early, START_MS);
    for (const transaction of [...twins, late]) mempool.admit(transaction, START_MS + 1);
    const expected = [idOf(late), idOf(early), ...twins.map(idOf).toSorted()];
    expect(waiting(mempool)).toEqual(expected);
  });

  it("[MEM-3] a dear transaction behind a cheap one of its sender counts as the cheap one", () => {
    const { mempool } = mempoolWith(senders);
    const cheap = paying(0, 1, 1);
    const dear = paying(0, 2, 9);
    const middle = paying(1, 1, 4);
    for (const transaction of [cheap, dear, middle]) mempool.admit(transaction, START_MS);
    expect(waiting(mempool)).toEqual([middle, cheap, dear].map(idOf));
  });
});

describe("eviction", () => {
  it("[MEM-4] a newcomer that pays more takes the place of the last", () => {
    const { mempool, ids } = fullPool([4, 2, 3]);
    const newcomer = paying(3, 1, 3);
    expect(mempool.admit(newcomer, START_MS + 9)).toMatchObject({ code: 0, evicted: [ids[1]] });
    expect(waiting(mempool)).toEqual([ids[0], ids[2], idOf(newcomer)]);
    expect(mempool.reserved(senderAt(1).address)).toEqual({ consumer: 0n, industrial: 0n });
    expect(mempool.counters()).toMatchObject({ evictions_total: 1, mempool_size: 3 });
  });

  it("[MEM-4] code 11: one that pays as little as the last, or less, evicts nobody", () => {
    const { mempool, ids } = fullPool([4, 2, 3]);
    for (const fee of [1, 2]) {
      expect(mempool.admit(paying(3, 1, fee), START_MS + 9)).toMatchObject({
        code: 11,
        label: "mempool_full",
        data: { feePerByte: String(fee), above: "2" },
      });
    }
    expect(waiting(mempool).toSorted()).toEqual(ids.toSorted());
  });

  it("[MEM-4] a dear newcomer that is worthless otherwise evicts nobody", () => {
    const { mempool, head, ids } = fullPool([4, 2, 3]);
    const dear = paying(3, 1, 9);
    const unsigned = { ...dear, signature: new Uint8Array(64) };
    const refused: [SignedTransaction, number][] = [
      [unsigned, 5],
      [paying(3, 2, 9), 3],
      [paying(3, 0, 9), 6],
      [paying(3, 1, 100_000), 2],
      [paying(0, 1, 9), 6],
      [senderAt(3).pay(1, { to: "nobody", fee: 9_000n }), 33],
    ];
    for (const [transaction, code] of refused) {
      expect(mempool.admit(transaction, START_MS + 9).code).toBe(code);
    }
    head.remove(senderAt(3));
    expect(mempool.admit(dear, START_MS + 9).code).toBe(1);
    expect(waiting(mempool).toSorted()).toEqual(ids.toSorted());
    expect(mempool.counters().evictions_total).toBe(0);
  });

  it("[MEM-4] a sender at its cap evicts nobody either", () => {
    const { mempool } = mempoolWith(senders, { maxEntries: 3, maxPerSender: 2 });
    for (const transaction of [paying(0, 1, 9), paying(0, 2, 9), paying(1, 1, 1)]) {
      mempool.admit(transaction, START_MS);
    }
    expect(mempool.admit(paying(0, 3, 9), START_MS).code).toBe(13);
    expect(mempool.ofSender(senderAt(1).address)).toHaveLength(1);
  });

  it("[MEM-4] evicting leaves no gap: the end of a queue goes", () => {
    const { mempool } = mempoolWith(senders, { maxEntries: 4 });
    const sent = [paying(0, 1, 1), paying(0, 2, 9), paying(0, 3, 9), paying(1, 1, 3)];
    for (const transaction of sent) mempool.admit(transaction, START_MS);
    const evicted = [2, 3].map((index) => {
      const admission = mempool.admit(paying(index, 1, 2), START_MS + index);
      return admission.code === 0 ? admission.evicted : [];
    });
    expect(evicted).toEqual([[idOf(paying(0, 3, 9))], [idOf(paying(0, 2, 9))]]);
    expect(mempool.ofSender(senderAt(0).address).map(({ nonce }) => nonce)).toEqual([1n]);
  });

  it("[MEM-4] a newcomer never evicts its own predecessors", () => {
    const { mempool } = mempoolWith(senders, { maxEntries: 2 });
    mempool.admit(paying(0, 1, 1), START_MS);
    mempool.admit(paying(1, 1, 3), START_MS);
    // It counts as its cheap predecessor does, which is the last already.
    expect(mempool.admit(paying(0, 2, 9), START_MS).code).toBe(11);
    const alone = mempoolWith(senders, { maxEntries: 1 }).mempool;
    alone.admit(paying(0, 1, 1), START_MS);
    expect(alone.admit(paying(0, 2, 9), START_MS).code).toBe(11);
  });

  it("[MEM-4] orphans go first, whatever they pay", () => {
    const { mempool, head, ids } = fullPool([9, 2, 3]);
    head.remove(senderAt(0));
    expect(mempool.headChanged({ returned: [] }, START_MS + 5).dropped).toEqual([]);
    expect(mempool.admit(paying(3, 1, 1), START_MS + 9)).toMatchObject({
      code: 0,
      evicted: [ids[0]],
    });
  });

  it("[MEM-2] 1,024 wait by default, and not one more", () => {
    const { maxEntries } = DEFAULT_MEMPOOL_LIMITS;
    const many = Array.from({ length: maxEntries / 16 + 1 }, (_, index) => senderOf(100 + index));
    const { mempool } = mempoolWith(many);
    for (const sender of many.slice(0, -1)) {
      for (let nonce = 1; nonce <= 16; nonce++) mempool.admit(sender.pay(nonce), START_MS);
    }
    expect(mempool.size).toBe(1_024);
    const [last] = many.slice(-1);
    if (last === undefined) throw new RangeError("no sender");
    expect(mempool.admit(last.pay(1), START_MS + 1).code).toBe(11);
    expect(mempool.admit(last.pay(1, { fee: 9_999n }), START_MS + 1).code).toBe(0);
    expect(mempool.size).toBe(1_024);
  });
});

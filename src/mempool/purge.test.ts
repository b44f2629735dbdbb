import { beforeAll, describe, expect, it } from "vitest";
import { initKernel } from "../kernel/init.ts";
import { DEFAULT_MEMPOOL_LIMITS } from "./limits.ts";
import type { Sender } from "./testing/sender.ts";
import { idOf, mempoolWith, START_MS, senderOf } from "./testing/sender.ts";

const LIFETIME_MS = DEFAULT_MEMPOOL_LIMITS.lifetimeMs;

let alice: Sender;
let bob: Sender;
beforeAll(async () => {
  await initKernel();
  alice = senderOf(0);
  bob = senderOf(1);
});

describe("purge", () => {
  it("[MEM-2] what waited longer than 30 minutes goes, and its reserve with it", () => {
    const { mempool } = mempoolWith([alice, bob]);
    const old = alice.pay(1);
    const young = bob.pay(1);
    mempool.admit(old, START_MS);
    mempool.admit(young, START_MS + 1);
    expect(mempool.purge(START_MS + LIFETIME_MS)).toEqual([]);
    expect(mempool.purge(START_MS + LIFETIME_MS + 1)).toEqual([idOf(old)]);
    expect(mempool.entries().map(({ txid }) => txid)).toEqual([idOf(young)]);
    expect(mempool.reserved(alice.address)).toEqual({ consumer: 0n, industrial: 0n });
    expect(mempool.admit(old, START_MS + LIFETIME_MS + 1).code).toBe(0);
    expect(mempool.counters()).toMatchObject({ ttl_drop_total: 1, orphan_sweep_total: 0 });
  });

  it("[MEM-2] what waits behind it goes too: a queue has no gaps", () => {
    const { mempool } = mempoolWith([alice]);
    [1, 2, 3].forEach((nonce, at) => mempool.admit(alice.pay(nonce), START_MS + 10 * at));
    expect(mempool.purge(START_MS + LIFETIME_MS + 1)).toHaveLength(3);
    expect(mempool.size).toBe(0);
    expect(mempool.counters().ttl_drop_total).toBe(3);
  });

  it("[MEM-2] orphans stay while they are half of what waits, and are swept when they are more", () => {
    const { mempool, head } = mempoolWith([alice, bob]);
    const orphans = [alice.pay(1), alice.pay(2)];
    for (const transaction of [...orphans, bob.pay(1), bob.pay(2)]) {
      mempool.admit(transaction, START_MS);
    }
    head.remove(alice);
    expect(mempool.headChanged({ returned: [] }, START_MS).dropped).toEqual([]);
    expect(mempool.purge(START_MS)).toEqual([]);
    mempool.drop(idOf(bob.pay(2)));
    expect(mempool.purge(START_MS)).toEqual(orphans.map(idOf));
    expect(mempool.size).toBe(1);
    expect(mempool.counters()).toMatchObject({ orphan_sweep_total: 1, ttl_drop_total: 0 });
    expect(mempool.purge(START_MS)).toEqual([]);
  });

  it("[MEM-2] [MEM-7] no block takes an orphan; it waits again when the account is back", () => {
    const { mempool, head } = mempoolWith([alice, bob]);
    const room = { maxBytes: 32_768, maxCount: 100 };
    mempool.admit(alice.pay(1), START_MS);
    mempool.admit(bob.pay(1), START_MS);
    head.remove(alice);
    mempool.headChanged({ returned: [] }, START_MS);
    expect(mempool.select(room).map(({ sender }) => sender)).toEqual([bob.address]);
    expect(mempool.entries()).toHaveLength(2);
    head.set(alice, { consumer: 5_000n });
    mempool.headChanged({ returned: [] }, START_MS);
    expect(mempool.select(room)).toHaveLength(2);
  });
});

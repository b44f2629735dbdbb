import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { initKernel } from "../kernel/init.ts";
import { createMempool } from "./create-mempool.ts";
import { DEFAULT_MEMPOOL_LIMITS, RESTORE_BATCH_ENTRIES } from "./limits.ts";
import type { Mempool } from "./mempool.ts";
import type { Sender } from "./testing/sender.ts";
import { idOf, mempoolWith, START_MS, STORY_ID, senderOf } from "./testing/sender.ts";

const LIFETIME_MS = DEFAULT_MEMPOOL_LIMITS.lifetimeMs;

let alice: Sender;
let bob: Sender;
beforeAll(async () => {
  await initKernel();
  alice = senderOf(0);
  bob = senderOf(1);
});

/** A pool with two of alice's and one of bob's, 10 ms apart. */
function filled() {
  const pool = mempoolWith([alice, bob]);
  const sent = [alice.pay(1), alice.pay(2, { fee: 9_000n }), bob.pay(1, { fee: 5_000n })];
  sent.forEach((transaction, at) => pool.mempool.admit(transaction, START_MS + 10 * at));
  return { ...pool, sent, rows: pool.mempool.snapshot() };
}

const waiting = (mempool: Mempool): string[] => mempool.entries().map(({ txid }) => txid);

describe("restart", () => {
  it("[MEM-8] everything comes back, in its order and with its age", () => {
    const { mempool, head, rows } = filled();
    const again = createMempool({ storyId: STORY_ID, view: head });
    expect(again.restore(rows, START_MS + 1_000)).toEqual({ restored: 3, expired: 0, dropped: 0 });
    expect(again.entries()).toEqual(mempool.entries());
    expect(again.reserved(alice.address)).toEqual(mempool.reserved(alice.address));
    expect(again.snapshot()).toEqual(rows);
    expect(again.counters()).toMatchObject({ tx_submitted_total: 0, tx_admitted_total: 0 });
  });

  it("[MEM-8] what is too old by now is dropped and counted apart, with what waited behind it", () => {
    const { head, rows, sent } = filled();
    const again = createMempool({ storyId: STORY_ID, view: head });
    const result = again.restore(rows, START_MS + LIFETIME_MS + 5);
    expect(result).toEqual({ restored: 1, expired: 1, dropped: 1 });
    expect(waiting(again)).toEqual(sent.slice(2).map(idOf));
    expect(again.counters()).toMatchObject({ startup_ttl_drop_total: 1, ttl_drop_total: 0 });
  });

  it("[MEM-8] the head of today decides", () => {
    const { head, rows, sent } = filled();
    head.set(alice, { consumer: 500_000n, nonce: 1n });
    head.remove(bob);
    const again = createMempool({ storyId: STORY_ID, view: head });
    expect(again.restore(rows, START_MS)).toEqual({ restored: 1, expired: 0, dropped: 2 });
    expect(waiting(again)).toEqual(sent.slice(1, 2).map(idOf));
    expect(again.counters()).toMatchObject({ orphan_sweep_total: 1, tx_rejected_total: 0 });
  });

  it("[MEM-8] rows of another story, and damaged ones, are dropped (property)", () => {
    const { head, rows } = filled();
    const foreign = createMempool({ storyId: new Uint8Array(32), view: head });
    expect(foreign.restore(rows, START_MS).dropped).toBe(3);
    const [row] = filled().mempool.snapshot();
    if (row === undefined) throw new RangeError("no row");
    const again = createMempool({ storyId: STORY_ID, view: head });
    // Bytes 1–8 are the time, which no signature covers.
    const places = fc.nat({ max: row.length - 1 }).filter((at) => at === 0 || at > 8);
    fc.assert(
      fc.property(places, fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const damaged = Uint8Array.from(row, (byte, index) => (index === at ? byte ^ flip : byte));
        expect(again.restore([damaged], START_MS)).toEqual({ restored: 0, expired: 0, dropped: 1 });
      }),
    );
    for (const bytes of [new Uint8Array(0), row.slice(1), new Uint8Array(9_999)]) {
      expect(again.restore([bytes], START_MS).dropped).toBe(1);
    }
    expect(again.poisoned).toBe(false);
  });

  it("[MEM-8] a clock that was set back gives nobody more time", () => {
    const { head, rows } = filled();
    const again = createMempool({ storyId: STORY_ID, view: head });
    again.restore(rows, START_MS - 3_600_000);
    expect(again.entries().map(({ admittedMs }) => admittedMs)).toEqual(
      rows.map(() => START_MS - 3_600_000),
    );
  });

  it("[MEM-8] batches of 256 give the same as all at once, and more are refused", () => {
    const senders = Array.from({ length: 20 }, (_, index) => senderOf(200 + index));
    const { mempool, head } = mempoolWith(senders);
    for (const sender of senders) {
      for (let nonce = 1; nonce <= 16; nonce++) mempool.admit(sender.pay(nonce), START_MS);
    }
    const rows = mempool.snapshot();
    expect(rows).toHaveLength(320);
    const again = createMempool({ storyId: STORY_ID, view: head });
    expect(() => again.restoreBatch(rows, START_MS)).toThrow(
      expect.objectContaining({ code: "too-many", data: { count: 320, max: 256 } }),
    );
    const first = again.restoreBatch(rows.slice(0, RESTORE_BATCH_ENTRIES), START_MS);
    expect(first).toEqual({ restored: 256, expired: 0, dropped: 0 });
    expect(again.restoreBatch(rows.slice(RESTORE_BATCH_ENTRIES), START_MS).restored).toBe(64);
    const whole = createMempool({ storyId: STORY_ID, view: head });
    expect(whole.restore(rows, START_MS).restored).toBe(320);
    expect(waiting(whole)).toEqual(waiting(again));
  });

  it("[MEM-8] [MEM-2] a smaller pool keeps the best", () => {
    const { mempool, head, rows } = filled();
    const again = createMempool({ storyId: STORY_ID, view: head, limits: { maxEntries: 1 } });
    expect(again.restore(rows.toReversed(), START_MS).restored).toBeGreaterThan(0);
    expect(again.size).toBe(1);
    const best = createMempool({ storyId: STORY_ID, view: head, limits: { maxEntries: 1 } });
    expect(best.restore(rows, START_MS)).toEqual({ restored: 1, expired: 0, dropped: 2 });
    expect(waiting(best)).toEqual(waiting(mempool).slice(0, 1));
  });
});

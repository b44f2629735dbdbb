import { beforeAll, describe, expect, it } from "vitest";
import { CodedError } from "../kernel/errors.ts";
import { initKernel } from "../kernel/init.ts";
import { createMempool } from "./create-mempool.ts";
import type { Sender } from "./testing/sender.ts";
import {
  createTestHead,
  idOf,
  mempoolWith,
  START_MS,
  STORY_ID,
  senderOf,
} from "./testing/sender.ts";

let alice: Sender;
let rich: Sender;
beforeAll(async () => {
  await initKernel();
  alice = senderOf(0);
  rich = senderOf(9);
});

describe("counters", () => {
  it("[MEM-9] fifteen, under the kernel's names, at zero before anything happens", () => {
    const { mempool } = mempoolWith([]);
    expect(mempool.counters()).toEqual({
      mempool_size: 0,
      evictions_total: 0,
      fee_floor_reject_total: 0,
      dup_tx_reject_total: 0,
      tx_admitted_total: 0,
      tx_submitted_total: 0,
      tx_rejected_total: 0,
      block_mined_total: 0,
      ttl_drop_total: 0,
      startup_ttl_drop_total: 0,
      lock_poison_total: 0,
      orphan_sweep_total: 0,
      invalid_selector_reject_total: 0,
      balance_overflow_reject_total: 0,
      drop_not_found_total: 0,
    });
    expect(mempool.rejections()).toEqual({});
  });

  it("[MEM-9] submissions are admitted or rejected, each rejection under its reason", () => {
    const { mempool, head } = mempoolWith([alice]);
    head.set(rich, { consumer: (1n << 64n) - 1n });
    mempool.admit(alice.pay(1), START_MS);
    mempool.admit(alice.pay(1), START_MS);
    mempool.admit(alice.pay(1), START_MS);
    mempool.admit(alice.pay(2, { feeSelector: 7 }), START_MS);
    mempool.admit(alice.pay(2, { fee: 1n }), START_MS);
    mempool.admit(alice.pay(2, { to: rich.address }), START_MS);
    mempool.admit(alice.pay(5), START_MS);
    mempool.drop("none");
    mempool.blockMined();
    mempool.poison("test");
    mempool.admit(alice.pay(2), START_MS);
    expect(mempool.counters()).toMatchObject({
      mempool_size: 1,
      tx_submitted_total: 8,
      tx_admitted_total: 1,
      tx_rejected_total: 8,
      dup_tx_reject_total: 2,
      invalid_selector_reject_total: 1,
      fee_floor_reject_total: 1,
      balance_overflow_reject_total: 1,
      drop_not_found_total: 1,
      lock_poison_total: 1,
      block_mined_total: 1,
    });
    expect(mempool.rejections()).toEqual({
      duplicate: 2,
      invalid_selector: 1,
      fee_too_low: 1,
      balance_overflow: 1,
      nonce_gap: 1,
      not_found: 1,
      lock_poison: 1,
    });
  });
});

describe("poison", () => {
  it("[MEM-9] code 12: after a fault nothing is taken; what waits can still be read", () => {
    const { mempool, head } = mempoolWith([alice]);
    const waiting = alice.pay(1);
    mempool.admit(waiting, START_MS);
    mempool.poison("ledger-mismatch");
    mempool.poison("later");
    expect(mempool.poisoned).toBe(true);
    expect(mempool.admit(alice.pay(2), START_MS)).toMatchObject({
      code: 12,
      label: "lock_poison",
      data: { reason: "ledger-mismatch" },
    });
    head.set(alice, { consumer: 1_000_000n, nonce: 1n });
    expect(mempool.purge(START_MS + 9e9)).toEqual([]);
    expect(mempool.headChanged({ returned: [alice.pay(2)] }, START_MS)).toEqual({
      dropped: [{ txid: idOf(alice.pay(2)), code: 12 }],
      readmitted: [],
    });
    expect(mempool.restore(mempool.snapshot(), START_MS)).toEqual({
      restored: 0,
      expired: 0,
      dropped: 1,
    });
    expect(mempool.entry(idOf(waiting))?.nonce).toBe(1n);
  });

  it("[MEM-9] a new pool takes over what the poisoned one has", () => {
    const { mempool, head } = mempoolWith([alice]);
    mempool.admit(alice.pay(1), START_MS);
    mempool.poison("test");
    const rebuilt = createMempool({ storyId: STORY_ID, view: head });
    expect(rebuilt.restore(mempool.snapshot(), START_MS).restored).toBe(1);
    expect(rebuilt.admit(alice.pay(2), START_MS).code).toBe(0);
  });

  it("[MEM-9] a fault in the middle of a change poisons by itself", () => {
    const faults = [
      { error: new CodedError("bad-state-value"), reason: "bad-state-value" },
      { error: new RangeError("a bug"), reason: "fault" },
    ];
    for (const { error, reason } of faults) {
      for (const act of ["admit", "purge", "headChanged", "restore"] as const) {
        const { mempool, head } = mempoolWith([alice]);
        mempool.admit(alice.pay(1), START_MS);
        const rows = mempool.snapshot();
        head.breakWith(error);
        expect(() => {
          if (act === "admit") mempool.admit(alice.pay(2), START_MS);
          if (act === "purge") mempool.purge(START_MS);
          if (act === "headChanged") mempool.headChanged({ returned: [] }, START_MS);
          if (act === "restore") {
            mempool.drop(idOf(alice.pay(1)));
            mempool.restore(rows, START_MS);
          }
        }).toThrow(error);
        expect(mempool.admit(alice.pay(2), START_MS)).toMatchObject({ code: 12, data: { reason } });
      }
    }
  });

  it("[MEM-9] what has no encoding is the caller's fault: it throws, is not counted and poisons nothing", () => {
    const { mempool } = mempoolWith([alice]);
    const impossible = alice.pay(1);
    const key = { ...impossible, publicKey: new Uint8Array(31) };
    expect(() => mempool.admit(key, START_MS)).toThrow(
      expect.objectContaining({ code: "bad-value" }),
    );
    expect(mempool.counters().tx_submitted_total).toBe(0);
    expect(mempool.poisoned).toBe(false);
  });
});

describe("limits", () => {
  it("[MEM-2] refuses limits below 1 and broken ones", () => {
    const view = createTestHead();
    for (const value of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      for (const what of ["maxEntries", "maxPerSender", "lifetimeMs"]) {
        expect(() => createMempool({ storyId: STORY_ID, view, limits: { [what]: value } })).toThrow(
          expect.objectContaining({ code: "bad-value", data: { what, value: `${value}` } }),
        );
      }
    }
  });
});

import { beforeAll, describe, expect, it } from "vitest";
import { initKernel } from "../kernel/init.ts";
import type { MempoolEntry } from "./entry.ts";
import { createEntry } from "./entry.ts";
import { createQueues } from "./queues.ts";
import type { Sender } from "./testing/sender.ts";
import { START_MS, senderOf, TRANSFER_BYTES } from "./testing/sender.ts";

let alice: Sender;
let bob: Sender;
beforeAll(async () => {
  await initKernel();
  alice = senderOf(0);
  bob = senderOf(1);
});

function entryOf(sender: Sender, nonce: number): MempoolEntry {
  const facts = { sizeBytes: TRANSFER_BYTES, admittedMs: START_MS, lifetimeMs: 1_000 };
  return createEntry(sender.pay(nonce), facts);
}

describe("queues", () => {
  it("[MEM-1] refuse a gap and another sender's entry, and stay as they were", () => {
    const queues = createQueues();
    queues.set(alice.address, [entryOf(alice, 1)], false);
    const broken = [
      [entryOf(alice, 1), entryOf(alice, 3)],
      [entryOf(alice, 1), entryOf(alice, 1)],
      [entryOf(alice, 1), entryOf(bob, 2)],
    ];
    for (const entries of broken) {
      expect(() => queues.set(alice.address, entries, false)).toThrow(
        expect.objectContaining({
          code: "mempool-inconsistent",
          data: { sender: alice.address, at: 1 },
        }),
      );
    }
    expect(queues.size).toBe(1);
    expect(queues.bytes).toBe(TRANSFER_BYTES);
  });

  it("[MEM-1] an empty queue leaves nothing behind", () => {
    const queues = createQueues();
    queues.set(alice.address, [entryOf(alice, 4), entryOf(alice, 5)], false);
    expect(queues.cut(entryOf(alice, 4)).map(({ nonce }) => nonce)).toEqual([4n, 5n]);
    expect(queues.senders()).toEqual([]);
    expect(queues.last(undefined)).toBeUndefined();
    expect([queues.size, queues.bytes]).toEqual([0, 0]);
  });
});

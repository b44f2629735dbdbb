import { beforeAll, describe, expect, it } from "vitest";
import { initKernel } from "../kernel/init.ts";
import type { Sender } from "./testing/sender.ts";
import { idOf, mempoolWith, START_MS, senderOf, TRANSFER_BYTES } from "./testing/sender.ts";

let alice: Sender;
let bob: Sender;
beforeAll(async () => {
  await initKernel();
  alice = senderOf(0);
  bob = senderOf(1);
});

const EVERYTHING = { maxBytes: 131_072, maxCount: 1_000 };

describe("selection for a block", () => {
  it("[MEM-7] the best first, each sender's nonces in order", () => {
    const { mempool } = mempoolWith([alice, bob]);
    const sent = [
      alice.pay(1, { fee: 3_000n }),
      alice.pay(2, { fee: 9_000n }),
      bob.pay(1, { fee: 6_000n }),
      bob.pay(2, { fee: 600n }),
    ];
    for (const transaction of sent) mempool.admit(transaction, START_MS);
    const [first, second, third, fourth] = sent.map(idOf);
    const chosen = mempool.select(EVERYTHING).map(({ txid }) => txid);
    expect(chosen).toEqual([third, first, second, fourth]);
  });

  it("[MEM-7] stays within bytes and count", () => {
    const { mempool } = mempoolWith([alice, bob]);
    for (const nonce of [1, 2, 3]) {
      mempool.admit(alice.pay(nonce), START_MS);
      mempool.admit(bob.pay(nonce), START_MS);
    }
    const count = (maxBytes: number, maxCount: number): number =>
      mempool.select({ maxBytes, maxCount }).length;
    expect(count(2 * TRANSFER_BYTES, 100)).toBe(2);
    expect(count(2 * TRANSFER_BYTES - 1, 100)).toBe(1);
    expect(count(TRANSFER_BYTES - 1, 100)).toBe(0);
    expect(count(100_000, 4)).toBe(4);
    expect(count(100_000, 0)).toBe(0);
    expect(count(100_000, 100)).toBe(6);
  });

  it("[MEM-7] what is too large is left out with those behind it; others still fit", () => {
    const { mempool } = mempoolWith([alice, bob]);
    const large = alice.pay(1, { fee: 9_000n, memo: new Uint8Array(200) });
    mempool.admit(large, START_MS);
    mempool.admit(alice.pay(2, { fee: 9_000n }), START_MS);
    const small = bob.pay(1);
    mempool.admit(small, START_MS);
    const chosen = mempool.select({ maxBytes: TRANSFER_BYTES, maxCount: 100 });
    expect(chosen.map(({ txid }) => txid)).toEqual([idOf(small)]);
  });
});

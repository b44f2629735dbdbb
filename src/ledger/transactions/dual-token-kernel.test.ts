/**
 * The defects of the dual-token kernel that concern transactions and emission, each as a test of what ours
 * does not do. Those of its mempool and of its block rules are tested there.
 *
 * @module
 */
import { describe, expect, it } from "vitest";
import kernelVectors from "../../kernel/vectors/dual-token-kernel.json" with { type: "json" };
import { fullReward, MAX_SUPPLY, rewardFor } from "../rewards.ts";
import { accountOf, noTokens, supplyOf } from "../state.ts";
import { applyTransaction } from "./apply-transaction.ts";
import { alice, bob, fundedState, transactionOf } from "./testing/sample-transactions.ts";

const { emission } = kernelVectors;

/** The original's rule: the reward shrinks before each block, rounded down in whole units. */
function originalRewards(lastHeight: number): { consumer: bigint; industrial: bigint }[] {
  const [numerator = 0n, denominator = 1n] = emission.factor.map(BigInt);
  const shrunk = (reward: bigint): bigint => (reward * numerator) / denominator;
  let consumer = BigInt(emission.startConsumer);
  let industrial = BigInt(emission.startIndustrial);
  return Array.from({ length: lastHeight }, () => {
    consumer = shrunk(consumer);
    industrial = shrunk(industrial);
    return { consumer, industrial };
  });
}

describe("emission", () => {
  const rewards = originalRewards(36_666);

  it("[RWD-1] the original's, at the heights that its sources give", () => {
    for (const { height, consumer, industrial } of emission.rewards) {
      expect(rewards[height - 1]).toEqual({
        consumer: BigInt(consumer),
        industrial: BigInt(industrial),
      });
    }
  });

  it("[RWD-1] the original's dies at height 36,666 with next to nothing paid; ours goes on", () => {
    const paid = rewards.reduce((sum, { consumer }) => sum + consumer, 0n);
    expect(BigInt(emission.maxSupply)).toBe(MAX_SUPPLY);
    expect(paid * 10_000n < MAX_SUPPLY).toBe(true);

    let emitted = noTokens;
    for (let height = 1; height <= 36_666; height++) {
      const { consumer, industrial } = rewardFor(emitted, 1_000n, 1_000n);
      emitted = {
        consumer: emitted.consumer + consumer,
        industrial: emitted.industrial + industrial,
      };
    }
    expect(emitted.consumer > (MAX_SUPPLY * 4n) / 5n).toBe(true);
    expect(fullReward(emitted.consumer) > 100_000_000n).toBe(true);
    expect(emitted.industrial).toBe(emitted.consumer);
  });
});

describe("transactions", () => {
  const state = fundedState([[alice, { consumer: 10_000n }]]);
  const pay = transactionOf(alice, { to: bob, amountConsumer: 10n });

  it("[TX-5] nonces do not start over with each block", () => {
    const first = applyTransaction(state, pay, { height: 1 });
    expect(() => applyTransaction(first.state, pay, { height: 2 })).toThrow(
      expect.objectContaining({ number: 6 }),
    );
    const second = transactionOf(alice, { to: bob, nonce: 2n });
    expect(accountOf(applyTransaction(first.state, second, { height: 2 }).state, alice).nonce).toBe(
      2n,
    );
  });

  it("[TX-4] a fee is no emission: what was there is what is there, the fee apart", () => {
    const { state: after, receipt } = applyTransaction(state, pay, { height: 1 });
    expect(supplyOf(after)).toEqual(supplyOf(state));
    const held = accountOf(after, alice).consumer + accountOf(after, bob).consumer;
    expect(held + receipt.fee.consumer).toBe(10_000n);
  });

  it("[TX-7] balances are checked wherever a transaction comes from", () => {
    const unpayable = transactionOf(alice, { to: bob, amountConsumer: 9_001n });
    expect(() => applyTransaction(state, unpayable, { height: 1 })).toThrow(
      expect.objectContaining({ number: 2 }),
    );
  });
});

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressFromHex } from "../kernel/brand.ts";
import { compactFromTarget, targetOfWork } from "../kernel/target.ts";
import { executeKeyBlock } from "./apply-key-block.ts";
import { MAX_SUPPLY } from "./rewards.ts";
import { accountOf, genesisState, paragraphLeafAt, supplyOf } from "./state.ts";
import { applyDelta, undoDelta } from "./state-delta.ts";
import type { StateMap } from "./state-map.ts";
import { stateEntries, stateRoot } from "./state-map.ts";

const authors = ["aa", "bb", "cc"].map((digits) => addressFromHex(digits.repeat(32)));
const [alice, bob] = [addressFromHex("aa".repeat(32)), addressFromHex("bb".repeat(32))];
const start = genesisState({ initialTarget: compactFromTarget(targetOfWork(1_000n)) });
const leaf = new Uint8Array(32).fill(5);
const none = { consumer: 0n, industrial: 0n };

function held(map: StateMap, token: "consumer" | "industrial"): bigint {
  const balances = authors.reduce((sum, author) => sum + accountOf(map, author)[token], 0n);
  return balances + supplyOf(map).pot[token];
}

describe("executeKeyBlock", () => {
  it("[RWD-1] pays the reward to the author and records the paragraph's hash", () => {
    const input = {
      height: 1,
      author: alice,
      parentAuthor: null,
      work: 5_000n,
      paragraphLeaf: leaf,
    };
    const { state, coinbase, delta } = executeKeyBlock(start, { ...input, fees: none });
    expect(coinbase).toEqual({ consumer: 1_000_000_000n, industrial: 1_000_000_000n });
    expect(accountOf(state, alice)).toEqual({ ...coinbase, nonce: 0n });
    expect(paragraphLeafAt(state, 1)).toEqual(leaf);
    expect(stateRoot(applyDelta(start, delta))).toEqual(stateRoot(state));
    expect(stateRoot(undoDelta(state, delta))).toEqual(stateRoot(start));
  });

  it("[RWD-2] fees wait in the pot; the next key block pays 40 % to the old tracker, the rest to its author", () => {
    const fees = { consumer: 11n, industrial: 7n };
    const base = { work: 5_000n, paragraphLeaf: leaf };
    const first = executeKeyBlock(start, {
      ...base,
      height: 1,
      author: alice,
      parentAuthor: null,
      fees,
    });
    expect(supplyOf(first.state).pot).toEqual(fees);
    expect(first.coinbase.consumer).toBe(1_000_000_000n);
    const second = executeKeyBlock(first.state, {
      ...base,
      height: 2,
      author: bob,
      parentAuthor: alice,
      fees: none,
    });
    const reward = (MAX_SUPPLY - 1_000_000_000n) / 20_000n;
    expect(second.coinbase).toEqual({ consumer: reward + 11n, industrial: reward + 7n });
    expect(accountOf(second.state, alice).consumer).toBe(1_000_000_000n + 4n);
    expect(accountOf(second.state, bob).consumer).toBe(reward + 7n);
    expect(accountOf(second.state, alice).industrial).toBe(1_000_000_000n + 2n);
    expect(accountOf(second.state, bob).industrial).toBe(reward + 5n);
    expect(supplyOf(second.state).pot).toEqual(none);
  });

  it("[RWD-2] Σ balances + pot = emitted + fees paid in, never above the cap (property)", () => {
    const step = fc.record({
      author: fc.nat({ max: 2 }),
      work: fc.bigInt({ min: 1n, max: 100_000n }),
      fee: fc.bigInt({ min: 0n, max: 1_000n }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let state = start;
        let paidIn = 0n;
        steps.forEach(({ author, work, fee }, index) => {
          const previous = steps[index - 1];
          ({ state } = executeKeyBlock(state, {
            height: index + 1,
            author: authors[author] ?? alice,
            parentAuthor: previous === undefined ? null : (authors[previous.author] ?? alice),
            work,
            paragraphLeaf: leaf,
            fees: { consumer: fee, industrial: 0n },
          }));
          paidIn += fee;
        });
        const { emitted } = supplyOf(state);
        // The fees come from senders' balances once transactions exist; here they come from outside.
        expect(held(state, "consumer")).toBe(emitted.consumer + paidIn);
        expect(held(state, "industrial")).toBe(emitted.industrial);
        expect(emitted.consumer).toBeLessThanOrEqual(MAX_SUPPLY);
        const accounts = new Set(steps.map(({ author }) => author)).size;
        expect([...stateEntries(state)].length).toBeLessThanOrEqual(1 + accounts + steps.length);
      }),
    );
  });
});

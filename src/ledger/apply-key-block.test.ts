import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { type Address, addressFromHex } from "../kernel/brand.ts";
import { hexFromBytes } from "../kernel/bytes.ts";
import { initKernel } from "../kernel/init.ts";
import { publicKeyFromSeed } from "../kernel/signature.ts";
import { compactFromTarget, targetOfWork } from "../kernel/target.ts";
import {
  type SignedTransaction,
  signTransaction,
  type TransactionPayload,
  transactionDomain,
} from "../kernel/transaction.ts";
import { executeKeyBlock } from "./apply-key-block.ts";
import { MAX_SUPPLY } from "./rewards.ts";
import { accountOf, genesisState, paragraphLeafAt, supplyOf } from "./state.ts";
import { applyDelta, undoDelta } from "./state-delta.ts";
import type { StateMap } from "./state-map.ts";
import { stateEntries, stateRoot } from "./state-map.ts";

/** Has a key pair, so that it can pay. */
let author: Address;
let authors: Address[];
const [alice, bob] = [addressFromHex("aa".repeat(32)), addressFromHex("bb".repeat(32))];
const start = genesisState({ initialTarget: compactFromTarget(targetOfWork(1_000n)) });
const leaf = new Uint8Array(32).fill(5);
const quiet = { transactions: [], equivocated: false } as const;
const seed = new Uint8Array(32).fill(7);

beforeAll(async () => {
  await initKernel();
  author = addressFromHex(hexFromBytes(publicKeyFromSeed(seed)));
  authors = [alice, bob, author];
});

/** Of one unit to alice, from `author`. */
function transfer(
  change: Partial<TransactionPayload> & { readonly nonce: bigint },
): SignedTransaction {
  const payload = {
    from_: author,
    to: alice,
    amountConsumer: 1n,
    amountIndustrial: 0n,
    fee: 300n,
    feeSelector: 0,
    memo: new Uint8Array(0),
    ...change,
  };
  return signTransaction(payload, seed, transactionDomain(new Uint8Array(32)));
}

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
    const { state, coinbase, delta } = executeKeyBlock(start, { ...input, ...quiet });
    expect(coinbase).toEqual({ consumer: 1_000_000_000n, industrial: 1_000_000_000n });
    expect(accountOf(state, alice)).toEqual({ ...coinbase, nonce: 0n });
    expect(paragraphLeafAt(state, 1)).toEqual(leaf);
    expect(stateRoot(applyDelta(start, delta()))).toEqual(stateRoot(state));
    expect(stateRoot(undoDelta(state, delta()))).toEqual(stateRoot(start));
  });

  it("[RWD-2] fees wait in the pot; the next key block pays 40 % to the old tracker, the rest to its author", () => {
    const base = { work: 5_000n, paragraphLeaf: leaf, equivocated: false };
    const first = executeKeyBlock(start, {
      ...base,
      ...quiet,
      height: 1,
      author,
      parentAuthor: null,
    });
    const payment = { fee: 1_001n, feeSelector: 2, nonce: 1n };
    const second = executeKeyBlock(first.state, {
      ...base,
      height: 2,
      author: bob,
      parentAuthor: author,
      transactions: [transfer(payment)],
    });
    expect(second.paid).toEqual({ consumer: 501n, industrial: 500n });
    expect(supplyOf(second.state).pot).toEqual(second.paid);
    const third = executeKeyBlock(second.state, {
      ...base,
      ...quiet,
      height: 3,
      author,
      parentAuthor: bob,
    });
    const { emitted } = supplyOf(third.state);
    const reward = emitted.consumer - supplyOf(second.state).emitted.consumer;
    expect(third.coinbase).toEqual({ consumer: reward + 501n, industrial: reward + 500n });
    const gained = (address: typeof bob, token: "consumer" | "industrial") =>
      accountOf(third.state, address)[token] - accountOf(second.state, address)[token];
    expect(gained(bob, "consumer")).toBe(200n);
    expect(gained(author, "consumer")).toBe(reward + 301n);
    expect(gained(bob, "industrial")).toBe(200n);
    expect(gained(author, "industrial")).toBe(reward + 300n);
    expect(supplyOf(third.state).pot).toEqual({ consumer: 0n, industrial: 0n });
  });

  it("[RWD-2] a proof of equivocation gives the whole pot to the block's author", () => {
    const base = { work: 5_000n, paragraphLeaf: leaf };
    const first = executeKeyBlock(start, {
      ...base,
      ...quiet,
      height: 1,
      author,
      parentAuthor: null,
    });
    const second = executeKeyBlock(first.state, {
      ...base,
      height: 2,
      author: bob,
      parentAuthor: author,
      transactions: [transfer({ fee: 1_000n, nonce: 1n })],
      equivocated: false,
    });
    const third = executeKeyBlock(second.state, {
      ...base,
      transactions: [],
      height: 3,
      author: alice,
      parentAuthor: bob,
      equivocated: true,
    });
    expect(accountOf(third.state, bob)).toEqual(accountOf(second.state, bob));
    const reward = supplyOf(third.state).emitted.consumer - supplyOf(second.state).emitted.consumer;
    expect(accountOf(third.state, alice).consumer).toBe(reward + 1_001n);
  });

  it("[RWD-2] Σ balances + pot = emitted, never above the cap (property)", () => {
    const step = fc.record({
      author: fc.nat({ max: 2 }),
      work: fc.bigInt({ min: 1n, max: 100_000n }),
      payments: fc.nat({ max: 3 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let state = start;
        let nonce = 0n;
        steps.forEach(({ author: index, work, payments }, at) => {
          const previous = steps[at - 1];
          const funded = accountOf(state, author).consumer > 10_000n;
          const transactions = Array.from({ length: funded ? payments : 0 }, () =>
            transfer({ nonce: ++nonce, fee: 500n, feeSelector: 0 }),
          );
          ({ state } = executeKeyBlock(state, {
            height: at + 1,
            author: authors[index] ?? alice,
            parentAuthor: previous === undefined ? null : (authors[previous.author] ?? alice),
            work,
            paragraphLeaf: leaf,
            transactions,
            equivocated: false,
          }));
        });
        const { emitted } = supplyOf(state);
        expect(held(state, "consumer")).toBe(emitted.consumer);
        expect(held(state, "industrial")).toBe(emitted.industrial);
        expect(emitted.consumer).toBeLessThanOrEqual(MAX_SUPPLY);
        expect([...stateEntries(state)].length).toBeLessThanOrEqual(
          1 + authors.length + steps.length,
        );
      }),
    );
  });
});

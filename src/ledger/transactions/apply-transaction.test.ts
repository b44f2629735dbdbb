import { describe, expect, it } from "vitest";
import type { Address } from "../../kernel/brand.ts";
import { txidOf } from "../../kernel/transaction.ts";
import { handleOwner } from "../modules/handle-state.ts";
import { handles } from "../modules/handles.ts";
import { profile } from "../modules/profile.ts";
import { accountKey, accountOf, noTokens } from "../state.ts";
import type { StateMap } from "../state-map.ts";
import { stateGet, stateRoot } from "../state-map.ts";
import { applyTransaction } from "./apply-transaction.ts";
import {
  alice,
  bob,
  carol,
  fundedState,
  operationOf,
  TOKEN,
  transactionOf,
} from "./testing/sample-transactions.ts";

const U64_MAX = (1n << 64n) - 1n;
const HEIGHT = { height: 7 };
const state = fundedState([[alice, { consumer: 50n * TOKEN, industrial: 9_000n }]]);
const refused = (number: number, data: object = {}): unknown =>
  expect.objectContaining({ number, data: expect.objectContaining(data) });
const register = (handle: string, owner: Address | null = null) =>
  ({ action: "register", handle, owner }) as const;
const exists = (map: StateMap, address: Address): boolean =>
  stateGet(map, accountKey(address)) !== undefined;

describe("a transfer", () => {
  it("[TX-4] moves the amounts; the fee leaves by its selector and reaches nobody here", () => {
    const amounts = { amountConsumer: 100n, amountIndustrial: 20n, fee: 1_001n };
    const fees = [
      { consumer: 1_001n, industrial: 0n },
      { consumer: 0n, industrial: 1_001n },
      { consumer: 501n, industrial: 500n },
    ];
    for (const [feeSelector, fee] of fees.entries()) {
      const transaction = transactionOf(alice, { to: bob, ...amounts, feeSelector });
      const applied = applyTransaction(state, transaction, HEIGHT);
      expect(applied.receipt).toEqual({ txid: txidOf(transaction), code: 0, fee, price: noTokens });
      expect(accountOf(applied.state, alice)).toEqual({
        consumer: 50n * TOKEN - 100n - fee.consumer,
        industrial: 9_000n - 20n - fee.industrial,
        nonce: 1n,
      });
      expect(accountOf(applied.state, bob)).toEqual({ consumer: 100n, industrial: 20n, nonce: 0n });
      expect(applied.accounts).toEqual([alice, bob]);
      expect(applied.touched).toEqual([accountKey(alice), accountKey(bob)]);
    }
  });

  it("[TX-1] to oneself costs the fee only, but the balance must cover the amount too", () => {
    const applied = applyTransaction(
      state,
      transactionOf(alice, { to: alice, amountConsumer: 50n * TOKEN - 1_000n }),
      HEIGHT,
    );
    expect(accountOf(applied.state, alice)).toEqual({
      consumer: 50n * TOKEN - 1_000n,
      industrial: 9_000n,
      nonce: 1n,
    });
    expect(applied.accounts).toEqual([alice]);
    const tooMuch = transactionOf(alice, { to: alice, amountConsumer: 50n * TOKEN - 999n });
    expect(() => applyTransaction(state, tooMuch, HEIGHT)).toThrow(refused(2));
  });

  it("[TX-1] to an unknown address makes its account; nothing makes no account", () => {
    const applied = applyTransaction(
      state,
      transactionOf(alice, { to: carol, amountIndustrial: 1n }),
      HEIGHT,
    );
    expect(accountOf(applied.state, carol)).toEqual({ consumer: 0n, industrial: 1n, nonce: 0n });
    const empty = applyTransaction(state, transactionOf(alice, { to: carol }), HEIGHT);
    expect(exists(empty.state, carol)).toBe(false);
    expect(empty.accounts).toEqual([alice]);
  });

  it("[HDR-4] an account that spent everything stays, for its nonce", () => {
    const amounts = { amountConsumer: 50n * TOKEN - 1_000n, amountIndustrial: 9_000n };
    const applied = applyTransaction(state, transactionOf(alice, { to: bob, ...amounts }), HEIGHT);
    expect(exists(applied.state, alice)).toBe(true);
    expect(accountOf(applied.state, alice)).toEqual({ consumer: 0n, industrial: 0n, nonce: 1n });
  });
});

describe("a transaction against the state", () => {
  it("[TX-7] a sender without an account is unknown", () => {
    expect(() => applyTransaction(state, transactionOf(bob, { to: alice }), HEIGHT)).toThrow(
      refused(1, { sender: bob, label: "unknown_sender" }),
    );
  });

  it("[TX-7] each balance covers its own token: amount and fee", () => {
    const short = [
      { amountConsumer: 50n * TOKEN - 999n },
      { amountIndustrial: 9_001n },
      { amountIndustrial: 8_001n, feeSelector: 1 },
      { amountIndustrial: 8_501n, feeSelector: 2 },
      { fee: 9_001n, feeSelector: 1 },
    ];
    for (const payload of short) {
      const transaction = transactionOf(alice, { to: bob, ...payload });
      expect(() => applyTransaction(state, transaction, HEIGHT)).toThrow(refused(2));
    }
    const exact = transactionOf(alice, { to: bob, amountIndustrial: 8_000n, feeSelector: 1 });
    expect(accountOf(applyTransaction(state, exact, HEIGHT).state, alice).industrial).toBe(0n);
  });

  it("[TX-7] no balance exceeds a u64: the overflow is told before the lack of money", () => {
    const rich = fundedState([
      [alice, { consumer: 5_000n, industrial: 5_000n }],
      [bob, { consumer: U64_MAX - 10n, industrial: U64_MAX }],
    ]);
    const send = (payload: object) =>
      applyTransaction(rich, transactionOf(alice, { to: bob, ...payload }), HEIGHT);
    expect(accountOf(send({ amountConsumer: 10n }).state, bob).consumer).toBe(U64_MAX);
    expect(() => send({ amountConsumer: 11n })).toThrow(refused(8, { to: bob }));
    expect(() => send({ amountIndustrial: 1n })).toThrow(refused(8));
    expect(() => send({ amountConsumer: U64_MAX - 1_000n })).toThrow(refused(8));
  });

  it("[TX-5] nonces start at 1 and leave no gap", () => {
    const at = (nonce: bigint) => transactionOf(alice, { to: bob, nonce });
    const expected = { expected: "1" };
    expect(() => applyTransaction(state, at(0n), HEIGHT)).toThrow(refused(6, expected));
    expect(() => applyTransaction(state, at(2n), HEIGHT)).toThrow(refused(3, expected));
    expect(() => applyTransaction(state, at(U64_MAX), HEIGHT)).toThrow(refused(3, expected));
    let next = state;
    for (const nonce of [1n, 2n, 3n]) next = applyTransaction(next, at(nonce), HEIGHT).state;
    expect(accountOf(next, alice).nonce).toBe(3n);
    expect(() => applyTransaction(next, at(3n), HEIGHT)).toThrow(refused(6, { expected: "4" }));
  });

  it("[TX-7] of several faults: unknown sender, overflow, balance, nonce", () => {
    const rich = fundedState([
      [alice, { consumer: 10n }],
      [bob, { consumer: U64_MAX }],
    ]);
    const worst = { to: bob, amountConsumer: 20n, nonce: 9n };
    expect(() => applyTransaction(rich, transactionOf(carol, worst), HEIGHT)).toThrow(refused(1));
    expect(() => applyTransaction(rich, transactionOf(alice, worst), HEIGHT)).toThrow(refused(8));
    const better = { ...worst, to: carol };
    expect(() => applyTransaction(rich, transactionOf(alice, better), HEIGHT)).toThrow(refused(2));
    const affordable = { ...better, amountConsumer: 0n, fee: 10n };
    expect(() => applyTransaction(rich, transactionOf(alice, affordable), HEIGHT)).toThrow(
      refused(3),
    );
  });
});

describe("an operation", () => {
  it("[TX-6] that succeeds pays fee and price, and uses the nonce", () => {
    const transaction = operationOf(alice, handles, register("anna"));
    const applied = applyTransaction(state, transaction, HEIGHT);
    expect(applied.receipt).toEqual({
      txid: txidOf(transaction),
      code: 0,
      fee: { consumer: 1_000n, industrial: 0n },
      price: { consumer: 10n * TOKEN, industrial: 0n },
    });
    expect(handleOwner(applied.state, "anna")).toBe(alice);
    expect(accountOf(applied.state, alice)).toEqual({
      consumer: 40n * TOKEN - 1_000n,
      industrial: 9_000n,
      nonce: 1n,
    });
    expect(applied.accounts).toEqual([alice]);
  });

  it("[TX-6] that loses is included: it pays the fee, uses the nonce, pays no price", () => {
    const taken = applyTransaction(state, operationOf(alice, handles, register("anna")), HEIGHT);
    const again = operationOf(alice, handles, register("anna"), { nonce: 2n });
    const lost = applyTransaction(taken.state, again, HEIGHT);
    expect(lost.receipt).toMatchObject({ code: 64, price: noTokens });
    expect(accountOf(lost.state, alice)).toEqual({
      consumer: 40n * TOKEN - 2_000n,
      industrial: 9_000n,
      nonce: 2n,
    });
    expect(lost.touched).toEqual([accountKey(alice)]);
  });

  it("[TX-6] whose price the balance does not cover after the fee loses, and changes nothing else", () => {
    const withBalance = (consumer: bigint) =>
      applyTransaction(
        fundedState([[alice, { consumer, industrial: 9_000n }]]),
        operationOf(alice, handles, register("anna")),
        HEIGHT,
      );
    const exact = withBalance(10n * TOKEN + 1_000n);
    expect([exact.receipt.code, accountOf(exact.state, alice).consumer]).toEqual([0, 0n]);
    const short = withBalance(10n * TOKEN + 999n);
    expect(short.receipt).toMatchObject({ code: 67, price: noTokens });
    expect(handleOwner(short.state, "anna")).toBeUndefined();
    expect(accountOf(short.state, alice)).toEqual({
      consumer: 10n * TOKEN - 1n,
      industrial: 9_000n,
      nonce: 1n,
    });
  });

  it("[TX-6] without a price costs its fee only, in whichever token", () => {
    const fields = { action: "set", name: "Anna", colour: 1, avatar: "0011223344556677" };
    const op = operationOf(alice, profile, profile.fromFields(fields), { feeSelector: 1 });
    const applied = applyTransaction(state, op, HEIGHT);
    expect(applied.receipt).toMatchObject({ code: 0, price: noTokens });
    expect(accountOf(applied.state, alice)).toEqual({
      consumer: 50n * TOKEN,
      industrial: 8_000n,
      nonce: 1n,
    });
  });

  it("[TX-6] needs an account and a balance for its fee like every transaction", () => {
    const op = operationOf(bob, handles, register("anna"));
    expect(() => applyTransaction(state, op, HEIGHT)).toThrow(refused(1));
    const poor = fundedState([[bob, { consumer: 999n }]]);
    expect(() => applyTransaction(poor, op, HEIGHT)).toThrow(refused(2));
  });

  it("[ENC-4] a refused or repeated application leaves the state given alone", () => {
    const before = stateRoot(state);
    const transaction = operationOf(alice, handles, register("anna"));
    const roots = [1, 2].map(() => stateRoot(applyTransaction(state, transaction, HEIGHT).state));
    expect(roots[0]).toEqual(roots[1]);
    expect(stateRoot(state)).toEqual(before);
  });
});

/**
 * Random transactions against a second, deliberately simple ledger of plain numbers in a `Map`: same
 * verdicts, same balances, nothing made and nothing lost.
 *
 * @module
 */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Address } from "../../kernel/brand.ts";
import type { SignedTransaction } from "../../kernel/transaction.ts";
import { handleOwner } from "../modules/handle-state.ts";
import { MODULES } from "../modules/registry.ts";
import { accountOf } from "../state.ts";
import { applyDelta, deltaBetween, undoDelta } from "../state-delta.ts";
import type { StateMap } from "../state-map.ts";
import { stateRoot } from "../state-map.ts";
import type { AppliedTransaction } from "./apply-transaction.ts";
import { applyTransaction } from "./apply-transaction.ts";
import { checkTransactionForm } from "./check-transaction.ts";
import {
  alice,
  bob,
  carol,
  fundedState,
  TOKEN,
  transactionOf,
} from "./testing/sample-transactions.ts";
import { TransactionRefused } from "./transaction-code.ts";

const people: readonly Address[] = [alice, bob, carol];
const HANDLES = ["anna", "otto"];
const START = [
  [alice, { consumer: 25n * TOKEN, industrial: 3n * TOKEN }],
  [bob, { consumer: TOKEN, industrial: TOKEN }],
] as const;

/** What a random step wants; the nonce is the next one, and now and then another. */
interface Step {
  readonly from: Address;
  readonly to: Address;
  readonly handle: string;
  readonly act: "pay" | "register" | "move";
  readonly consumer: bigint;
  readonly industrial: bigint;
  readonly fee: bigint;
  readonly feeSelector: number;
  readonly nonceOffset: bigint;
}

const amount = fc.oneof(
  fc.bigInt({ min: 0n, max: 3n * TOKEN }),
  fc.constantFrom(0n, 30n * TOKEN, (1n << 64n) - 1n),
);
const step: fc.Arbitrary<Step> = fc.record({
  from: fc.constantFrom(...people),
  to: fc.constantFrom(...people),
  handle: fc.constantFrom(...HANDLES),
  act: fc.constantFrom("pay", "pay", "register", "move"),
  consumer: amount,
  industrial: amount,
  fee: fc.bigInt({ min: 0n, max: TOKEN / 2n }),
  feeSelector: fc.constantFrom(0, 1, 2),
  nonceOffset: fc.constantFrom(0n, 0n, 0n, 0n, 0n, -1n, 1n),
});

function memoOf({ act, handle, to }: Step): Uint8Array {
  if (act === "pay") return new Uint8Array();
  const [handles] = MODULES;
  const fields = act === "register" ? { action: act, handle } : { action: act, handle, to };
  return handles?.encode(handles.fromFields(fields)) ?? new Uint8Array();
}

function transactionOfStep(step: Step, nonce: bigint): SignedTransaction {
  const { from, fee, feeSelector } = step;
  const isPayment = step.act === "pay";
  return transactionOf(from, {
    to: isPayment ? step.to : "sys/handles",
    amountConsumer: isPayment ? step.consumer : 0n,
    amountIndustrial: isPayment ? step.industrial : 0n,
    fee,
    feeSelector,
    nonce: nonce + step.nonceOffset < 0n ? 0n : nonce + step.nonceOffset,
    memo: memoOf(step),
  });
}

interface Purse {
  consumer: bigint;
  industrial: bigint;
  nonce: bigint;
}

/** The simple ledger. */
interface Model {
  readonly purses: Map<Address, Purse>;
  readonly owners: Map<string, Address>;
  pot: bigint;
}

function newModel(): Model {
  const purses = START.map(([who, has]) => [who, { ...has, nonce: 0n }] as const);
  return { purses: new Map(purses), owners: new Map(), pot: 0n };
}

/** The code that the simple ledger gives, after doing it. */
function play(model: Model, step: Step, transaction: SignedTransaction): number {
  const { nonce, fee, feeSelector, amountConsumer, amountIndustrial } = transaction.payload;
  const consumerFee = [fee, 0n, (fee + 1n) / 2n][feeSelector] ?? 0n;
  const industrialFee = fee - consumerFee;
  if (amountConsumer + consumerFee >= 1n << 64n) return 9;
  if (amountIndustrial + industrialFee >= 1n << 64n) return 9;

  const purse = model.purses.get(step.from);
  if (purse === undefined) return 1;
  const other = step.act === "pay" && step.to !== step.from ? model.purses.get(step.to) : undefined;
  if (other && other.consumer + amountConsumer >= 1n << 64n) return 8;
  if (other && other.industrial + amountIndustrial >= 1n << 64n) return 8;
  if (purse.consumer < amountConsumer + consumerFee) return 2;
  if (purse.industrial < amountIndustrial + industrialFee) return 2;
  if (nonce <= purse.nonce) return 6;
  if (nonce > purse.nonce + 1n) return 3;

  purse.nonce = nonce;
  purse.consumer -= amountConsumer + consumerFee;
  purse.industrial -= amountIndustrial + industrialFee;
  model.pot += fee;
  if (step.act === "pay") {
    if (amountConsumer === 0n && amountIndustrial === 0n) return 0;
    const receiver = model.purses.get(step.to) ?? { consumer: 0n, industrial: 0n, nonce: 0n };
    receiver.consumer += amountConsumer;
    receiver.industrial += amountIndustrial;
    model.purses.set(step.to, receiver);
    return 0;
  }
  const owner = model.owners.get(step.handle);
  if (step.act === "register") {
    if (owner !== undefined) return 64;
    if (purse.consumer < 10n * TOKEN) return 67;
    purse.consumer -= 10n * TOKEN;
    model.pot += 10n * TOKEN;
    model.owners.set(step.handle, step.from);
    return 0;
  }
  if (owner === undefined) return 65;
  if (owner !== step.from) return 66;
  model.owners.set(step.handle, step.to);
  return 0;
}

function attempt(
  state: StateMap,
  transaction: SignedTransaction,
): AppliedTransaction | TransactionRefused {
  try {
    checkTransactionForm(transaction);
    return applyTransaction(state, transaction, { height: 1 });
  } catch (error) {
    if (error instanceof TransactionRefused) return error;
    throw error;
  }
}

function totalOf(state: StateMap): bigint {
  const accounts = people.map((address) => accountOf(state, address));
  return accounts.reduce((sum, { consumer, industrial }) => sum + consumer + industrial, 0n);
}

describe("random transactions", () => {
  it("[TX-5, TX-6, TX-7] have the verdicts and balances of a simple model; Σ balances, fees and prices stays (property)", () => {
    const seen = new Set<number>();
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const model = newModel();
        let state = fundedState(START);
        const total = totalOf(state);
        for (const one of steps) {
          const transaction = transactionOfStep(one, accountOf(state, one.from).nonce + 1n);
          const outcome = attempt(state, transaction);
          const code = play(model, one, transaction);
          seen.add(code);
          const isRefused = outcome instanceof TransactionRefused;
          expect(isRefused ? outcome.number : outcome.receipt.code).toBe(code);
          expect(isRefused).toBe(code !== 0 && code < 64);
          if (isRefused) continue;
          checkTouched(state, outcome);
          state = outcome.state;
          for (const who of people) {
            const purse = model.purses.get(who) ?? { consumer: 0n, industrial: 0n, nonce: 0n };
            expect(accountOf(state, who)).toEqual(purse);
          }
          expect(totalOf(state) + model.pot).toBe(total);
        }
        for (const handle of HANDLES) {
          expect(handleOwner(state, handle)).toBe(model.owners.get(handle));
        }
      }),
      { numRuns: 200 },
    );
    expect([...seen].toSorted((a, b) => a - b)).toEqual(
      expect.arrayContaining([0, 1, 2, 3, 6, 9, 64, 65, 66, 67]),
    );
  });

  it("[ENC-4] give the same root and receipts each time (property)", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 15 }), (steps) => {
        expect(rootAndReceipts(steps)).toEqual(rootAndReceipts(steps));
      }),
      { numRuns: 50 },
    );
  });
});

/** Delta and conservation depend on what a transaction says that it touched. */
function checkTouched(before: StateMap, { state, touched, accounts }: AppliedTransaction): void {
  const delta = deltaBetween(before, state, touched);
  expect(stateRoot(applyDelta(before, delta))).toEqual(stateRoot(state));
  expect(stateRoot(undoDelta(state, delta))).toEqual(stateRoot(before));
  for (const who of people) {
    if (accounts.includes(who)) continue;
    expect(accountOf(state, who)).toEqual(accountOf(before, who));
  }
}

function rootAndReceipts(steps: readonly Step[]): unknown {
  let state = fundedState(START);
  const receipts: unknown[] = [];
  for (const one of steps) {
    const nonce = accountOf(state, one.from).nonce + 1n;
    const outcome = attempt(state, transactionOfStep(one, nonce));
    if (outcome instanceof TransactionRefused) receipts.push(outcome.data);
    else {
      receipts.push(outcome.receipt);
      state = outcome.state;
    }
  }
  return { root: stateRoot(state), receipts };
}

/**
 * What a transaction does to the state (TX-5, TX-6), the same for key blocks, microblocks and whoever looks
 * ahead. Fee and price leave the sender here; they are the caller's to put into the pot, so that it can
 * check conservation over the whole block (RWD-2).
 *
 * @module
 */
import type { Address } from "../../kernel/brand.ts";
import { addressFromHex } from "../../kernel/brand.ts";
import type { SignedTransaction, TransactionPayload } from "../../kernel/transaction.ts";
import { splitFee, txidOf } from "../../kernel/transaction.ts";
import type { LedgerModule } from "../modules/module.ts";
import { moduleOf } from "../modules/registry.ts";
import type { Account, TokenPair } from "../state.ts";
import { accountKey, accountOf, encodeAccount, noTokens } from "../state.ts";
import type { StateMap } from "../state-map.ts";
import { stateGet, stateSet } from "../state-map.ts";
import { debitOf } from "./check-transaction.ts";
import { TransactionCode, TransactionRefused } from "./transaction-code.ts";

/** What became of a transaction in a block (TX-6, TX-7). */
export interface Receipt {
  readonly txid: Uint8Array;
  /** 0, or why the operation lost (≥ 64). */
  readonly code: TransactionCode;
  /** The fee, split (TX-4). */
  readonly fee: TokenPair;
  /** Price of a successful operation. */
  readonly price: TokenPair;
}

/** The state after a transaction, and what the block needs to know of it. */
export interface AppliedTransaction {
  readonly state: StateMap;
  /** State keys that it may have changed, for deltas. */
  readonly touched: readonly Uint8Array[];
  /** Accounts whose balance may have changed, for the check of conservation. */
  readonly accounts: readonly Address[];
  readonly receipt: Receipt;
}

const U64_MAX = (1n << 64n) - 1n;

/**
 * Applies one transaction at `height`; the caller has checked its form and signature. Throws
 * `TransactionRefused`, the first of: unknownSender, balanceOverflow, insufficientBalance, duplicate (the
 * nonce was used), nonceGap. An operation that loses gets a receipt with a code ≥ 64, pays its fee, uses
 * its nonce and pays no price.
 */
export function applyTransaction(
  state: StateMap,
  transaction: SignedTransaction,
  context: { readonly height: number },
): AppliedTransaction {
  const { payload } = transaction;
  const sender = addressFromHex(payload.from_);
  const debit = debitOf(transaction);
  checkAgainstState(state, sender, payload, debit);

  const account = accountOf(state, sender);
  const paid = setAccount(state, sender, { ...less(account, debit), nonce: payload.nonce });
  const fee = splitFee(payload.fee, payload.feeSelector);
  const txid = txidOf(transaction);

  const module = moduleOf(payload.to);
  if (module === undefined) {
    const recipient = addressFromHex(payload.to);
    const { state: after, accounts } = credit(paid, sender, recipient, payload);
    const receipt = { txid, code: TransactionCode.ok, fee, price: noTokens };
    return { state: after, touched: accounts.map(accountKey), accounts, receipt };
  }
  const { code, price, touched, ...done } = operate(paid, module, payload.memo, {
    sender,
    height: context.height,
  });
  return {
    state: done.state,
    touched: [accountKey(sender), ...touched],
    accounts: [sender],
    receipt: { txid, code, fee, price },
  };
}

function checkAgainstState(
  state: StateMap,
  sender: Address,
  payload: TransactionPayload,
  debit: TokenPair,
): void {
  if (stateGet(state, accountKey(sender)) === undefined) {
    throw new TransactionRefused(TransactionCode.unknownSender, { sender });
  }
  const account = accountOf(state, sender);
  if (moduleOf(payload.to) === undefined && payload.to !== sender) {
    const recipient = accountOf(state, addressFromHex(payload.to));
    if (
      recipient.consumer + payload.amountConsumer > U64_MAX ||
      recipient.industrial + payload.amountIndustrial > U64_MAX
    ) {
      throw new TransactionRefused(TransactionCode.balanceOverflow, { to: payload.to });
    }
  }
  if (!covers(account, debit)) {
    throw new TransactionRefused(TransactionCode.insufficientBalance, {
      consumer: String(account.consumer),
      industrial: String(account.industrial),
      neededConsumer: String(debit.consumer),
      neededIndustrial: String(debit.industrial),
    });
  }
  const data = { nonce: String(payload.nonce), expected: String(account.nonce + 1n) };
  if (payload.nonce <= account.nonce) {
    throw new TransactionRefused(TransactionCode.duplicate, data);
  }
  if (payload.nonce !== account.nonce + 1n) {
    throw new TransactionRefused(TransactionCode.nonceGap, data);
  }
}

/** The recipient has the amount; nobody gets an entry in the state for nothing. */
function credit(
  state: StateMap,
  sender: Address,
  recipient: Address,
  payload: TransactionPayload,
): { readonly state: StateMap; readonly accounts: readonly Address[] } {
  const { amountConsumer, amountIndustrial } = payload;
  if (amountConsumer === 0n && amountIndustrial === 0n) return { state, accounts: [sender] };
  const account = accountOf(state, recipient);
  const consumer = account.consumer + amountConsumer;
  const industrial = account.industrial + amountIndustrial;
  return {
    state: setAccount(state, recipient, { consumer, industrial, nonce: account.nonce }),
    accounts: recipient === sender ? [sender] : [sender, recipient],
  };
}

/** Does an operation, and takes its price if it succeeds and the sender can pay it. */
function operate(
  state: StateMap,
  module: LedgerModule,
  memo: Uint8Array,
  context: { readonly sender: Address; readonly height: number },
): {
  readonly state: StateMap;
  readonly touched: readonly Uint8Array[];
  readonly code: TransactionCode;
  readonly price: TokenPair;
} {
  const op = module.decode(memo);
  const result = module.execute(state, op, context);
  const lost = { state, touched: [], price: noTokens };
  if (result.code !== TransactionCode.ok) return { ...lost, code: result.code };
  const price = module.price(op, state);
  const account = accountOf(state, context.sender);
  if (!covers(account, price)) return { ...lost, code: TransactionCode.priceNotCovered };
  const charged = { ...less(account, price), nonce: account.nonce };
  return { ...result, state: setAccount(result.state, context.sender, charged), price };
}

function covers(balance: TokenPair, cost: TokenPair): boolean {
  return balance.consumer >= cost.consumer && balance.industrial >= cost.industrial;
}

function less(balance: TokenPair, cost: TokenPair): TokenPair {
  return {
    consumer: balance.consumer - cost.consumer,
    industrial: balance.industrial - cost.industrial,
  };
}

function setAccount(state: StateMap, address: Address, account: Account): StateMap {
  return stateSet(state, accountKey(address), encodeAccount(account));
}

/**
 * Transactions and funded states, as short as a test can say them. Signatures are real only where a test
 * asks for them: the ledger's second half never looks. Test-only.
 *
 * @module
 */
import type { Address } from "../../../kernel/brand.ts";
import { addressFromHex } from "../../../kernel/brand.ts";
import { bytesFromHex } from "../../../kernel/bytes.ts";
import { compactFromTarget, targetOfWork } from "../../../kernel/target.ts";
import type { SignedTransaction, TransactionPayload } from "../../../kernel/transaction.ts";
import type { LedgerModule } from "../../modules/module.ts";
import type { Account } from "../../state.ts";
import { accountKey, encodeAccount, genesisState } from "../../state.ts";
import type { StateMap } from "../../state-map.ts";
import { stateSet } from "../../state-map.ts";

const named = (digits: string): Address => addressFromHex(digits.repeat(32));

/** Addresses that nobody has the keys of. */
export const alice: Address = named("a1");
export const bob: Address = named("b0");
export const carol: Address = named("ca");

/** 1 token in units. */
export const TOKEN = 1_000_000n;

/** A transaction of `from`; what is not said is zero or empty, the fee ample, the nonce 1. */
export function transactionOf(
  from: Address,
  payload: Partial<TransactionPayload> & Pick<TransactionPayload, "to">,
): SignedTransaction {
  return {
    payload: {
      from_: from,
      amountConsumer: 0n,
      amountIndustrial: 0n,
      fee: 1_000n,
      feeSelector: 0,
      nonce: 1n,
      memo: new Uint8Array(),
      ...payload,
    },
    publicKey: bytesFromHex(from),
    signature: new Uint8Array(64),
  };
}

/** The transaction that does an operation of a module. */
export function operationOf<Op>(
  from: Address,
  module: LedgerModule<Op>,
  op: Op,
  payload: Partial<TransactionPayload> = {},
): SignedTransaction {
  return transactionOf(from, { to: `sys/${module.name}`, memo: module.encode(op), ...payload });
}

/** The state of a young story in which some accounts have something. */
export function fundedState(accounts: readonly (readonly [Address, Partial<Account>])[]): StateMap {
  const start = genesisState({ initialTarget: compactFromTarget(targetOfWork(1_000n)) });
  return accounts.reduce((state, [address, account]) => {
    const full = { consumer: 0n, industrial: 0n, nonce: 0n, ...account };
    return stateSet(state, accountKey(address), encodeAccount(full));
  }, start);
}

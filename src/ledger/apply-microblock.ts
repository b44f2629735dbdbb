/**
 * What a microblock does to the state (TRK-2, RWD-2): its transactions, whose fees enter the pot. It pays
 * nobody and carries no paragraph.
 *
 * @module
 */
import type { Block } from "../kernel/block.ts";
import type { Body } from "../kernel/body.ts";
import { feeChecksumOf } from "../kernel/body.ts";
import { equalBytes } from "../kernel/bytes.ts";
import { CodedError } from "../kernel/errors.ts";
import { verifySignature } from "../kernel/signature.ts";
import type { SignedTransaction } from "../kernel/transaction.ts";
import { RefusalCode } from "./codes.ts";
import { checkConservation } from "./conservation.ts";
import { checkTransactions, executeTransactions } from "./execute-transactions.ts";
import type { Execution } from "./execution.ts";
import { addTokens, encodeSupply, noTokens, supplyKey, supplyOf } from "./state.ts";
import { deltaBetween } from "./state-delta.ts";
import type { StateMap } from "./state-map.ts";
import { stateRoot, stateSet } from "./state-map.ts";

/** Executes the transactions of a microblock at the height of its key block; throws `transaction-invalid`. */
export function executeMicroblock(
  state: StateMap,
  transactions: readonly SignedTransaction[],
  height: number,
): Execution {
  const executed = executeTransactions(state, transactions, height);
  const supply = supplyOf(executed.state);
  const pot = addTokens(supply.pot, executed.paid);
  const after = stateSet(executed.state, supplyKey(), encodeSupply({ ...supply, pot }));
  checkConservation(state, after, executed.accounts);
  return {
    state: after,
    delta: () => deltaBetween(state, after, [...executed.touched, supplyKey()]),
    coinbase: noTokens,
    receipts: executed.receipts,
    paid: executed.paid,
  };
}

/** Checks what a microblock's body may contain (HDR-2b); throws `CodedError`. */
export function checkMicroBody(
  body: Body,
  storyId: Uint8Array,
  verify: typeof verifySignature = verifySignature,
): void {
  if (body.paragraph.kind !== "none") throw new CodedError(RefusalCode.paragraphUnexpected, {});
  if (body.equivocation !== undefined) {
    throw new CodedError(RefusalCode.badEquivocation, { reason: "in-a-microblock" });
  }
  if (body.transactions.length === 0) throw new CodedError(RefusalCode.transactionsMissing, {});
  checkTransactions(body.transactions, storyId, verify);
}

/**
 * Checks everything a microblock says about its body and the state, and returns the state after it. The
 * caller has checked the header's rules and that the body matches bodyRoot.
 */
export function applyMicroblock(input: {
  readonly state: StateMap;
  readonly block: Block;
  readonly verifySignature?: typeof verifySignature;
}): Execution {
  const { header, body } = input.block;
  checkMicroBody(body, header.storyId, input.verifySignature);
  const execution = executeMicroblock(input.state, body.transactions, header.height);
  const { consumer, industrial } = execution.paid;
  if (!equalBytes(header.feeChecksum, feeChecksumOf(consumer, industrial))) {
    throw new CodedError(RefusalCode.badFeeChecksum, {});
  }
  if (!equalBytes(header.stateRoot, stateRoot(execution.state))) {
    throw new CodedError(RefusalCode.badStateRoot, {});
  }
  return execution;
}

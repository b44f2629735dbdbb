/**
 * What a key block does to the state (HDR-4, RWD-1…2), in one place for both sides of the door: the
 * candidate's author computes its commitments with `executeKeyBlock`, everybody else compares with
 * `applyKeyBlock`. Its transactions come first, then pot and reward are paid: nobody spends in a block
 * what that block pays.
 *
 * @module
 */

import type { Block } from "../kernel/block.ts";
import type { Body } from "../kernel/body.ts";
import { feeChecksumOf, slotLeaf } from "../kernel/body.ts";
import type { Address } from "../kernel/brand.ts";
import { addressOfKey } from "../kernel/brand.ts";
import { bytesFromHex, equalBytes } from "../kernel/bytes.ts";
import { CodedError } from "../kernel/errors.ts";
import type { Genesis } from "../kernel/genesis.ts";
import type { Header } from "../kernel/header.ts";
import { checkParagraph } from "../kernel/paragraph.ts";
import { verifySignature } from "../kernel/signature.ts";
import { targetFromCompact, workOfTarget } from "../kernel/target.ts";
import type { SignedTransaction } from "../kernel/transaction.ts";
import { RefusalCode } from "./codes.ts";
import { checkConservation } from "./conservation.ts";
import { checkEquivocation } from "./equivocation.ts";
import { checkTransactions, executeTransactions } from "./execute-transactions.ts";
import type { Execution } from "./execution.ts";
import { nextReferenceWork, rewardFor, splitPot } from "./rewards.ts";
import type { Supply, TokenPair } from "./state.ts";
import {
  accountKey,
  accountOf,
  addTokens,
  encodeAccount,
  encodeSupply,
  paragraphKey,
  supplyKey,
  supplyOf,
} from "./state.ts";
import { deltaBetween } from "./state-delta.ts";
import type { StateMap } from "./state-map.ts";
import { stateRoot, stateSet } from "./state-map.ts";

/** What execution needs to know of a key block, besides the state below it. */
export interface KeyBlockInput {
  readonly height: number;
  readonly author: Address;
  /** Author of the keyParent, the old tracker; `null` on the genesis. */
  readonly parentAuthor: Address | null;
  readonly work: bigint;
  readonly paragraphLeaf: Uint8Array;
  readonly transactions: readonly SignedTransaction[];
  /** The block proves that the old tracker equivocated, which costs it its share of the pot (RWD-2). */
  readonly equivocated: boolean;
}

/**
 * Executes a key block: its transactions, then reward and pot are paid, what was paid in fees and prices
 * enters the pot, the paragraph's hash is recorded. Throws `transaction-invalid`.
 */
export function executeKeyBlock(state: StateMap, input: KeyBlockInput): Execution {
  const executed = executeTransactions(state, input.transactions, input.height);
  const supply = supplyOf(state);
  const reward = rewardFor(supply.emitted, input.work, supply.referenceWork);
  const hasTracker = input.parentAuthor !== null && !input.equivocated;
  const consumer = splitPot(supply.pot.consumer, hasTracker);
  const industrial = splitPot(supply.pot.industrial, hasTracker);

  const paragraphAt = paragraphKey(input.height);
  let after = stateSet(executed.state, paragraphAt, input.paragraphLeaf);
  if (input.parentAuthor !== null) {
    const share = { consumer: consumer.tracker, industrial: industrial.tracker };
    after = credit(after, input.parentAuthor, share);
  }
  after = credit(after, input.author, {
    consumer: reward.consumer + consumer.author,
    industrial: reward.industrial + industrial.author,
  });
  const supplyAfter: Supply = {
    emitted: addTokens(supply.emitted, reward),
    pot: executed.paid,
    referenceWork: nextReferenceWork(supply.referenceWork, input.work),
  };
  after = stateSet(after, supplyKey(), encodeSupply(supplyAfter));

  const paidTo = [input.author, ...(input.parentAuthor === null ? [] : [input.parentAuthor])];
  checkConservation(state, after, [...executed.accounts, ...paidTo]);
  return {
    state: after,
    delta: () =>
      deltaBetween(state, after, [
        paragraphAt,
        supplyKey(),
        ...paidTo.map(accountKey),
        ...executed.touched,
      ]),
    coinbase: addTokens(reward, supply.pot),
    receipts: executed.receipts,
    paid: executed.paid,
  };
}

/**
 * Checks everything a key block says about its body and the state, and returns the state after it.
 * Throws `CodedError` with a code of `RefusalCode` or of the kernel's paragraph checks. The caller has
 * checked the header's rules and that the body matches bodyRoot, so every fault here is one that the
 * block's id commits to (SIG-2), but for a withheld paragraph, which the caller judges.
 */
export function applyKeyBlock(input: {
  readonly genesis: Pick<Genesis, "maxWords">;
  readonly state: StateMap;
  readonly parentAuthor: Address | null;
  readonly block: Block;
  readonly verifySignature?: typeof verifySignature;
}): Execution {
  const { header, body } = input.block;
  const leaf = checkKeyBody(body, {
    verifySignature: input.verifySignature ?? verifySignature,
    maxWords: input.genesis.maxWords,
    storyId: header.storyId,
    keyParent: header.keyParent,
    tracker: input.parentAuthor,
  });
  const execution = executeKeyBlock(input.state, {
    height: header.height,
    author: addressOfKey(header.author),
    parentAuthor: input.parentAuthor,
    work: workOfTarget(targetFromCompact(header.target)),
    paragraphLeaf: leaf,
    transactions: body.transactions,
    equivocated: body.equivocation !== undefined,
  });
  checkCommitments(header, execution);
  return execution;
}

/** Compares what a key block's header commits to with what its execution gave (RWD-2, HDR-4); throws the first difference's code. */
export function checkCommitments(header: Header, execution: Execution): void {
  const { paid, coinbase } = execution;
  if (!equalBytes(header.feeChecksum, feeChecksumOf(paid.consumer, paid.industrial))) {
    throw new CodedError(RefusalCode.badFeeChecksum, {});
  }
  if (
    header.coinbase.consumer !== coinbase.consumer ||
    header.coinbase.industrial !== coinbase.industrial
  ) {
    throw new CodedError(RefusalCode.badCoinbase, {
      consumer: header.coinbase.consumer.toString(),
      industrial: header.coinbase.industrial.toString(),
      expectedConsumer: coinbase.consumer.toString(),
      expectedIndustrial: coinbase.industrial.toString(),
    });
  }
  if (!equalBytes(header.stateRoot, stateRoot(execution.state))) {
    throw new CodedError(RefusalCode.badStateRoot, {});
  }
}

/** What a key block's body is checked against; ids of 32 bytes. */
export interface KeyBodyRules {
  readonly maxWords: number;
  readonly storyId: Uint8Array;
  readonly keyParent: Uint8Array;
  /** Author of the keyParent; `null` on the genesis. */
  readonly tracker: Address | null;
  readonly verifySignature: typeof verifySignature;
}

/** Checks a key block's body (PAR-1, TX-*, TRK-2) and returns its paragraph's leaf hash; throws `CodedError`. */
export function checkKeyBody(body: Body, rules: KeyBodyRules): Uint8Array {
  const leaf = checkParagraphSlot(body, rules.maxWords);
  checkTransactions(body.transactions, rules.storyId, rules.verifySignature);
  if (body.equivocation !== undefined) {
    if (rules.tracker === null) {
      throw new CodedError(RefusalCode.badEquivocation, { reason: "no-tracker" });
    }
    const { storyId, keyParent } = rules;
    const tracker = bytesFromHex(rules.tracker);
    checkEquivocation(body.equivocation, { storyId, keyParent, tracker });
  }
  return leaf;
}

/** Checks a key block's paragraph (PAR-1) and returns its leaf hash; throws `CodedError`. */
export function checkParagraphSlot(body: Pick<Body, "paragraph">, maxWords: number): Uint8Array {
  const slot = body.paragraph;
  if (slot.kind === "none") throw new CodedError(RefusalCode.paragraphMissing, {});
  if (slot.kind === "text") checkParagraph(slot.paragraph, maxWords);
  return slotLeaf(slot);
}

function credit(state: StateMap, address: Address, amount: TokenPair): StateMap {
  if (amount.consumer === 0n && amount.industrial === 0n) return state;
  const account = accountOf(state, address);
  return stateSet(
    state,
    accountKey(address),
    encodeAccount({ ...addTokens(account, amount), nonce: account.nonce }),
  );
}

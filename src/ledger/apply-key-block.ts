/**
 * What a key block does to the state (HDR-4, RWD-1…2), in one place for both sides of the door: the
 * candidate's author computes its commitments with `executeKeyBlock`, everybody else compares with
 * `applyKeyBlock`. Transactions and microblocks are refused until their rules are built (TX-*, TRK-2).
 *
 * @module
 */

import type { Block } from "../kernel/block.ts";
import type { Body } from "../kernel/body.ts";
import { feeChecksumOf, slotLeaf } from "../kernel/body.ts";
import type { Address } from "../kernel/brand.ts";
import { addressFromHex } from "../kernel/brand.ts";
import { equalBytes, hexFromBytes } from "../kernel/bytes.ts";
import { CodedError } from "../kernel/errors.ts";
import type { Genesis } from "../kernel/genesis.ts";
import { checkParagraph } from "../kernel/paragraph.ts";
import { targetFromCompact, workOfTarget } from "../kernel/target.ts";
import { RefusalCode } from "./codes.ts";
import { nextReferenceWork, rewardFor, splitPot } from "./rewards.ts";
import type { Supply, TokenPair } from "./state.ts";
import {
  accountKey,
  accountOf,
  encodeAccount,
  encodeSupply,
  noTokens,
  paragraphKey,
  supplyKey,
  supplyOf,
} from "./state.ts";
import type { StateDelta } from "./state-delta.ts";
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
  /** Fees of the block's own transactions and of the microblocks below it (RWD-2). */
  readonly fees: TokenPair;
}

/** State after a key block, its changes, and the coinbase it must state. */
export interface Execution {
  readonly state: StateMap;
  readonly delta: StateDelta;
  readonly coinbase: TokenPair;
}

/** Executes a key block: reward and pot are paid, fees enter the pot, the paragraph's hash is recorded. */
export function executeKeyBlock(state: StateMap, input: KeyBlockInput): Execution {
  const supply = supplyOf(state);
  const reward = rewardFor(supply.emitted, input.work, supply.referenceWork);
  const consumer = splitPot(supply.pot.consumer, input.parentAuthor !== null);
  const industrial = splitPot(supply.pot.industrial, input.parentAuthor !== null);

  let after = stateSet(state, paragraphKey(input.height), input.paragraphLeaf);
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
    pot: input.fees,
    referenceWork: nextReferenceWork(supply.referenceWork, input.work),
  };
  after = stateSet(after, supplyKey(), encodeSupply(supplyAfter));

  const touched = [input.author, ...(input.parentAuthor === null ? [] : [input.parentAuthor])];
  checkConservation(state, after, touched, input.fees);
  return {
    state: after,
    delta: deltaBetween(state, after, [
      paragraphKey(input.height),
      supplyKey(),
      ...touched.map(accountKey),
    ]),
    coinbase: addTokens(reward, supply.pot),
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
}): Execution {
  const { header, body } = input.block;
  if (header.kind !== "key") throw new CodedError(RefusalCode.microblocksNotSupported, {});
  const leaf = checkBody(body, input.genesis.maxWords);
  if (!equalBytes(header.feeChecksum, feeChecksumOf(0n, 0n))) {
    throw new CodedError(RefusalCode.badFeeChecksum, {});
  }
  const execution = executeKeyBlock(input.state, {
    height: header.height,
    author: addressFromHex(hexFromBytes(header.author)),
    parentAuthor: input.parentAuthor,
    work: workOfTarget(targetFromCompact(header.target)),
    paragraphLeaf: leaf,
    fees: noTokens,
  });
  const { coinbase } = execution;
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
  return execution;
}

/** Checks a key block's body (PAR-1; no transactions yet) and returns its paragraph's leaf hash; throws `CodedError`. */
export function checkBody(body: Body, maxWords: number): Uint8Array {
  if (body.transactions.length > 0) {
    throw new CodedError(RefusalCode.transactionsNotSupported, { count: body.transactions.length });
  }
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

function addTokens(a: TokenPair, b: TokenPair): TokenPair {
  return { consumer: a.consumer + b.consumer, industrial: a.industrial + b.industrial };
}

/**
 * Σ balances + pot = emitted (RWD-2), by induction: the block's change of the touched balances and of
 * the pot, less the fees that left balances for it, must equal the change of what was emitted.
 */
function checkConservation(
  before: StateMap,
  after: StateMap,
  touched: readonly Address[],
  fees: TokenPair,
): void {
  const accounts = [...new Set(touched)];
  const heldBefore = heldBy(before, accounts);
  const heldAfter = heldBy(after, accounts);
  for (const token of ["consumer", "industrial"] as const) {
    const emitted = heldAfter.emitted[token] - heldBefore.emitted[token];
    if (heldAfter.held[token] - heldBefore.held[token] - fees[token] !== emitted) {
      throw new CodedError(RefusalCode.supplyMismatch, { token });
    }
  }
}

function heldBy(
  map: StateMap,
  accounts: readonly Address[],
): { readonly held: TokenPair; readonly emitted: TokenPair } {
  const { pot, emitted } = supplyOf(map);
  const balances = accounts.map((address) => accountOf(map, address));
  return { held: balances.reduce<TokenPair>(addTokens, pot), emitted };
}

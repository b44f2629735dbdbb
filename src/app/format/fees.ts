/**
 * What a transaction will weigh and cost before it is signed, and what it leaves behind. The peer decides
 * in the end; this only lets the page say the same beforehand.
 *
 * @module
 */
import { addPairs, type Pair, subtractPair, TOKENS, type Token } from "./amounts.ts";

/** Which balance pays the fee (TX-4): 0 consumer, 1 industrial, 2 half of each. */
export type FeeSelector = 0 | 1 | 2;

/** An address in hex. */
const ADDRESS_BYTES = 64;
/** A signed transaction without memo and recipient: version, sender, lengths, figures, key, signature. */
const FRAME_BYTES = 218;

/** Bytes of a signed transfer whose memo has so many. */
export function transferBytes(memoBytes: number): number {
  return FRAME_BYTES + ADDRESS_BYTES + memoBytes;
}

/** Bytes of a signed operation of `sys/<module>` whose memo has so many. */
export function operationBytes(module: string, memoBytes: number): number {
  return FRAME_BYTES + `sys/${module}`.length + memoBytes;
}

/** Which part of the fee each balance pays (TX-4): of an odd one, consumer pays the unit more. */
export function splitFee(fee: bigint, selector: FeeSelector): Pair {
  if (selector === 0) return { consumer: fee, industrial: 0n };
  if (selector === 1) return { consumer: 0n, industrial: fee };
  return { consumer: fee - fee / 2n, industrial: fee / 2n };
}

/** What a payment leaves of both balances, and the token that does not cover it. */
export interface Outcome {
  readonly fee: Pair;
  readonly rest: Pair;
  readonly short: Token | null;
}

/** `available` less `spend` and the fee. */
export function outcomeOf(
  available: Pair,
  spend: Pair,
  fee: bigint,
  selector: FeeSelector,
): Outcome {
  const split = splitFee(fee, selector);
  const rest = subtractPair(available, addPairs(spend, split));
  return { fee: split, rest, short: TOKENS.find((token) => rest[token] < 0n) ?? null };
}

/** The balance that should pay the fee unless the person says otherwise: consumer where it covers it. */
export function preferredSelector(available: Pair, spend: Pair, fee: bigint): FeeSelector {
  const order: readonly FeeSelector[] = [0, 1, 2];
  return order.find((one) => outcomeOf(available, spend, fee, one).short === null) ?? 0;
}

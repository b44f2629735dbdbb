/**
 * How much users pay, alike in both engines.
 *
 * @module
 */
import type { Random } from "./random/random.ts";
import type { UserBehaviour } from "./scenario/scenario.ts";

/** What a user is given when it has run out covers this many of its greatest payments. */
export const FUNDED_PAYMENTS = 10;

/** An amount between the user's bounds in micro-units, evenly, both ends included. */
export function amountBetween({ minAmount, maxAmount }: UserBehaviour, random: Random): number {
  return minAmount + Math.floor(random.unit() * (maxAmount - minAmount + 1));
}

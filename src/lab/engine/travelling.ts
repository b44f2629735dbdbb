/**
 * Payments on their way, until everybody has them or they are too old.
 *
 * @module
 */
import type { SignedTransaction } from "../../kernel/transaction.ts";
import { MAX_TRAVELLING_BYTES } from "./limits.ts";

/** A payment on its way. */
export interface Payment {
  readonly transaction: SignedTransaction;
  readonly createdMs: number;
  /** One byte for each peer that has it. */
  readonly known: Uint8Array;
  reached: number;
  /** Peers that were online when it was made. */
  readonly wanted: number;
}

/** All that are on their way, by number. */
export interface Travelling {
  /** Adds one that peer `from` has, and returns its number. */
  add(payment: Pick<Payment, "transaction" | "createdMs" | "wanted">, from: number): number;
  get(number: number): Payment | undefined;
  /** Everybody has it. */
  arrived(number: number): void;
}

/** A payment that has not reached everybody by then never will: somebody left. */
const TRAVEL_MS = 600_000;

/** None yet. Where more than `maxBytes` would be needed, the oldest go no further. */
export function createTravelling(
  peers: number,
  maxBytes: number = MAX_TRAVELLING_BYTES,
): Travelling {
  const payments = new Map<number, Payment>();
  let count = 0;

  const forgetOld = (nowMs: number): void => {
    for (const [number, { createdMs }] of payments) {
      const isCrowded = (payments.size + 1) * peers > maxBytes;
      if (nowMs - createdMs < TRAVEL_MS && !isCrowded) break;
      payments.delete(number);
    }
  };

  return {
    add(payment, from) {
      forgetOld(payment.createdMs);
      const known = new Uint8Array(peers);
      known[from] = 1;
      const number = count++;
      payments.set(number, { ...payment, known, reached: 1 });
      return number;
    },
    get: (number) => payments.get(number),
    arrived(number) {
      payments.delete(number);
    },
  };
}

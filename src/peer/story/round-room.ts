/**
 * How much of a round's room (BODY-1b) the tracker uses when. Whoever pays least could else fill a round in its
 * first seconds, for half a token, and nobody would pay in it any more. So a part is free at once, the rest comes
 * free as the pace goes on, and always enough together that the best of what waits fits, however large it is.
 *
 * @module
 */
import {
  MICRO_BODY_MAX_BYTES,
  ROUND_BODIES_MAX_BYTES,
  SIGNED_TRANSACTION_MAX_BYTES,
} from "../../kernel/limits.ts";

/** A round as far as its room goes. */
export interface RoundUse {
  readonly paceMs: number;
  /** Since the key block's timestamp. */
  readonly elapsedMs: number;
  /** Encoded bodies of its microblocks so far. */
  readonly usedBytes: number;
}

/** Free at once: some 450 plain transfers. */
const AT_ONCE_BYTES: number = ROUND_BODIES_MAX_BYTES / 4;
/** A body beside its transactions, with room to spare. */
const FRAMING_BYTES = 64;
/** The least that is given out: the largest transaction. */
const LEAST_BYTES: number = SIGNED_TRANSACTION_MAX_BYTES + FRAMING_BYTES;

/** Bytes of transactions that a microblock may take now; 0 while too little came free, or the round is full. */
export function roomOfRound({ paceMs, elapsedMs, usedBytes }: RoundUse): number {
  const free = AT_ONCE_BYTES + (ROUND_BODIES_MAX_BYTES * Math.max(0, elapsedMs)) / paceMs;
  const left = Math.floor(Math.min(free, ROUND_BODIES_MAX_BYTES)) - usedBytes;
  if (free < ROUND_BODIES_MAX_BYTES && left < LEAST_BYTES) return 0;
  return Math.max(0, Math.min(left, MICRO_BODY_MAX_BYTES) - FRAMING_BYTES);
}

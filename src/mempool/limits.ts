/**
 * Caps of the mempool (MEM-2), each with its reason. They are not consensus: an operator may choose
 * others, and no peer sees the difference but in what is refused.
 *
 * @module
 */
import { CodedError } from "../kernel/errors.ts";

/** What one mempool keeps at most. */
export interface MempoolLimits {
  /** Waiting transactions in all, at least 1. */
  readonly maxEntries: number;
  /** Waiting transactions of one sender, at least 1. */
  readonly maxPerSender: number;
  /** How long one waits, in milliseconds, at least 1. */
  readonly lifetimeMs: number;
}

/** The dual-token kernel's caps: at most 4.4 MiB of transactions, and half an hour of waiting. */
export const DEFAULT_MEMPOOL_LIMITS: MempoolLimits = {
  maxEntries: 1_024,
  maxPerSender: 16,
  lifetimeMs: 1_800_000,
};

/** Kept transactions that are re-checked in one go at a start: about 100 ms, then others have a turn. */
export const RESTORE_BATCH_ENTRIES = 256;

/** The limits with the defaults for what is left out; throws `bad-value` {what, value} for one below 1 or broken. */
export function mempoolLimits(chosen: Partial<MempoolLimits> = {}): MempoolLimits {
  const limits = { ...DEFAULT_MEMPOOL_LIMITS, ...chosen };
  for (const [what, value] of Object.entries(limits)) {
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new CodedError("bad-value", { what, value: String(value) });
    }
  }
  return limits;
}

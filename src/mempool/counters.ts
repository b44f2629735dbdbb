/**
 * The dual-token kernel's fifteen counters under its names. A double holds whole numbers up to 2^53 and
 * stays there when one is added, so they saturate by themselves, as the kernel's do.
 *
 * @module
 */
import { TransactionCode, transactionLabel } from "../ledger/transactions/transaction-code.ts";

const COUNTED = [
  "evictions_total",
  "fee_floor_reject_total",
  "dup_tx_reject_total",
  "tx_admitted_total",
  "tx_submitted_total",
  "block_mined_total",
  "ttl_drop_total",
  "startup_ttl_drop_total",
  "lock_poison_total",
  "orphan_sweep_total",
  "invalid_selector_reject_total",
  "balance_overflow_reject_total",
  "drop_not_found_total",
] as const;

type Counted = (typeof COUNTED)[number];

/** The fifteen names; `mempool_size` is a gauge, and `tx_rejected_total` the sum over all reasons. */
export type CounterName = Counted | "mempool_size" | "tx_rejected_total";

/** Reasons that have a counter of their own beside `tx_rejected_total`. */
const OWN_COUNTER: Partial<Readonly<Record<TransactionCode, Counted>>> = {
  [TransactionCode.invalidSelector]: "invalid_selector_reject_total",
  [TransactionCode.duplicate]: "dup_tx_reject_total",
  [TransactionCode.notFound]: "drop_not_found_total",
  [TransactionCode.balanceOverflow]: "balance_overflow_reject_total",
  [TransactionCode.feeTooLow]: "fee_floor_reject_total",
  [TransactionCode.lockPoisoned]: "lock_poison_total",
};

/** Counters since the mempool was made. */
export interface Counters {
  /** Adds to one counter. */
  add(name: Counted, by?: number): void;
  /** Counts a refusal: by its reason, in sum, and in the reason's own counter where it has one. */
  reject(code: TransactionCode): void;
  /** All fifteen, with `size` as the gauge. */
  read(size: number): Readonly<Record<CounterName, number>>;
  /** `tx_rejected_total` by reason label; only reasons that occurred. */
  rejections(): Readonly<Record<string, number>>;
}

/** Counters at zero. */
export function createCounters(): Counters {
  const counts = new Map<Counted, number>(COUNTED.map((name) => [name, 0]));
  const reasons = new Map<string, number>();
  const of = (name: Counted): number => counts.get(name) ?? 0;
  const add = (name: Counted, by = 1): void => void counts.set(name, of(name) + by);
  return {
    add,
    reject: (code) => {
      const label = transactionLabel(code);
      reasons.set(label, (reasons.get(label) ?? 0) + 1);
      const own = OWN_COUNTER[code];
      if (own !== undefined) add(own);
    },
    read: (size) => ({
      mempool_size: size,
      evictions_total: of("evictions_total"),
      fee_floor_reject_total: of("fee_floor_reject_total"),
      dup_tx_reject_total: of("dup_tx_reject_total"),
      tx_admitted_total: of("tx_admitted_total"),
      tx_submitted_total: of("tx_submitted_total"),
      tx_rejected_total: [...reasons.values()].reduce((sum, count) => sum + count, 0),
      block_mined_total: of("block_mined_total"),
      ttl_drop_total: of("ttl_drop_total"),
      startup_ttl_drop_total: of("startup_ttl_drop_total"),
      lock_poison_total: of("lock_poison_total"),
      orphan_sweep_total: of("orphan_sweep_total"),
      invalid_selector_reject_total: of("invalid_selector_reject_total"),
      balance_overflow_reject_total: of("balance_overflow_reject_total"),
      drop_not_found_total: of("drop_not_found_total"),
    }),
    rejections: () => Object.fromEntries(reasons),
  };
}

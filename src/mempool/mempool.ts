/**
 * What a mempool offers (MEM-1…9). It knows no clock and no disk: `nowMs` comes in, and what is to be
 * kept goes out as rows.
 *
 * @module
 */
import type { Address } from "../kernel/brand.ts";
import type { ErrorData } from "../kernel/errors.ts";
import type { SignedTransaction } from "../kernel/transaction.ts";
import type { TokenPair } from "../ledger/state.ts";
import type { TransactionCode } from "../ledger/transactions/transaction-code.ts";
import type { CounterName } from "./counters.ts";
import type { MempoolEntry } from "./entry.ts";
import type { Dropped } from "./head-change.ts";
import type { BodyRoom } from "./select.ts";

/** Admitted under `txid` (hex), in place of the `evicted`; or refused with a code, its label and the facts. */
export type Admission =
  | { readonly code: 0; readonly txid: string; readonly evicted: readonly string[] }
  | {
      readonly code: Exclude<TransactionCode, 0>;
      readonly label: string;
      readonly data: ErrorData;
    };

/** What became of kept rows. */
export interface Restored {
  readonly restored: number;
  readonly expired: number;
  /** Damaged, or refused by today's head. */
  readonly dropped: number;
}

/** Waiting transactions of one story. Txids are lower-case hex. */
export interface Mempool {
  readonly size: number;
  /** Sum of the sizes of all waiting transactions, in bytes. */
  readonly bytes: number;
  /** True after a fault: every admission is code 12. A new pool takes over what `snapshot` gives. */
  readonly poisoned: boolean;

  /** Checks a transaction and lets it wait (MEM-5). Throws `bad-value` or `too-large` for what has no encoding; that is not counted. */
  admit(transaction: SignedTransaction, nowMs: number): Admission;
  /** Removes a transaction and those of its sender behind it (code 0); code 7 when it does not wait. */
  drop(txid: string): 0 | 7;
  /** Removes what is too old, and orphans when they are more than half; returns the txids. */
  purge(nowMs: number): readonly string[];
  /**
   * After the head moved, in the turn in which the view did: `returned` (of the lost blocks, oldest
   * first, without those of the new branch) come back, then all is judged anew (MEM-6). What a block took
   * is among the dropped, with code 6.
   */
  headChanged(
    change: { readonly returned: readonly SignedTransaction[] },
    nowMs: number,
  ): { readonly dropped: readonly Dropped[]; readonly readmitted: readonly string[] };

  /**
   * What a block would take (MEM-7). It is what the head allows, without the effects of one on another:
   * the maker of the block leaves out what the ledger then refuses (an operation's price may have used up
   * a balance).
   */
  select(room: BodyRoom): readonly MempoolEntry[];
  entry(txid: string): MempoolEntry | undefined;
  /** All, in the order of MEM-3. */
  entries(): readonly MempoolEntry[];
  /** A sender's, by nonce. */
  ofSender(address: Address): readonly MempoolEntry[];
  /** The nonce that the sender's next transaction must have. */
  nextNonce(address: Address): bigint;
  /** What the sender's waiting transactions will take; effective balance = balance − reserved. */
  reserved(address: Address): TokenPair;

  /** The fifteen counters; `tx_rejected_total` is the sum of `rejections`. */
  counters(): Readonly<Record<CounterName, number>>;
  /** `tx_rejected_total` by reason label. */
  rejections(): Readonly<Record<string, number>>;
  /** Counts a block that this peer made (`block_mined_total`). */
  blockMined(): void;

  /** Takes nothing more: somebody found a fault. `reason` goes into the refusals. */
  poison(reason: string): void;

  /** Rows to keep, in an order in which `restore` takes them all. */
  snapshot(): readonly Uint8Array[];
  /** Re-checks kept rows; counts no submissions. All at once: see `restoreBatch`. */
  restore(rows: readonly Uint8Array[], nowMs: number): Restored;
  /** The same for the next rows, at most 256, so that others have a turn between; throws `too-many` {count, max}. */
  restoreBatch(rows: readonly Uint8Array[], nowMs: number): Restored;
}

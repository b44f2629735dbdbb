/**
 * Structured log of a peer: a bounded ring for `get_log`, a counter for each code (for `metrics`), and
 * an optional sink (pino in the lighthouse). What comes by the hundred is of level `debug`: it is counted
 * and goes to the sink, but does not push rarer lines out of the ring.
 *
 * @module
 */
import { CodedError } from "../kernel/errors.ts";
import { encodeSignedTransaction, type SignedTransaction } from "../kernel/transaction.ts";
import type { Admission } from "../mempool/mempool.ts";
import { MAX_LOG_ENTRIES } from "./limits.ts";
import { consequenceOfTransaction } from "./penalties.ts";
import type { Clock } from "./ports.ts";

/** Named values of a line, for programs that read logs. */
export type LogFacts = Readonly<Record<string, string | number>>;

/** One line. */
export interface LogEntry {
  readonly atMs: number;
  readonly level: "debug" | "info" | "warn" | "error";
  readonly code: string;
  readonly peer: string | null;
  readonly detail: string;
  readonly facts?: LogFacts;
}

/** A line of the ring. */
export type KeptLogEntry = LogEntry & { readonly level: Exclude<LogEntry["level"], "debug"> };

/** A bounded log. */
export interface PeerLog {
  add(
    level: LogEntry["level"],
    code: string,
    detail?: string,
    peer?: string | null,
    facts?: LogFacts,
  ): void;
  /** Newest last; none of level `debug`. */
  entries(limit: number): readonly KeptLogEntry[];
  /** How often each code was logged since the start. */
  counts(): ReadonlyMap<string, number>;
  onEntry(listener: (entry: LogEntry) => void): void;
}

/** Creates a log with a bounded memory. */
export function createLog(clock: Clock): PeerLog {
  const ring: KeptLogEntry[] = [];
  const counts = new Map<string, number>();
  const listeners: ((entry: LogEntry) => void)[] = [];
  return {
    add(level, code, detail = "", peer = null, facts) {
      const entry = {
        atMs: clock.now(),
        code,
        peer,
        detail: detail.slice(0, 500),
        ...(facts !== undefined && { facts }),
      };
      if (level !== "debug") ring.push({ ...entry, level });
      if (ring.length > MAX_LOG_ENTRIES) ring.shift();
      counts.set(code, (counts.get(code) ?? 0) + 1);
      for (const listener of listeners) listener({ ...entry, level });
    },
    entries: (limit) => ring.slice(-limit),
    counts: () => counts,
    onEntry(listener) {
      listeners.push(listener);
    },
  };
}

/**
 * Logs the admission of a transaction as the dual-token kernel does: `{op, sender, nonce, reason, code,
 * fpb}` with its numeric code. What was admitted, and what a stranger sent without fault, is of level `debug`.
 */
export function logAdmission(
  log: PeerLog,
  transaction: SignedTransaction,
  admission: Admission,
  peer: string | null,
): void {
  const { from_, nonce, fee } = transaction.payload;
  const sizeBytes = encodeSignedTransaction(transaction).length;
  const facts = {
    op: "admit",
    sender: from_,
    nonce: String(nonce),
    reason: admission.code === 0 ? "ok" : admission.label,
    code: admission.code,
    fpb: String(fee / BigInt(sizeBytes)),
  };
  if (admission.code === 0) log.add("debug", "tx-admitted", "", peer, facts);
  // Of a stranger's, only what costs it something is kept: it could else flush everything out of the ring.
  else if (peer !== null && consequenceOfTransaction(admission.code).points === 0) {
    log.add("debug", "tx-refused", "", peer, facts);
  } else log.add("info", "tx-refused", JSON.stringify(facts), peer, facts);
}

/** Code and text of anything that was thrown; unknown faults get the code `internal`. */
export function describeFault(reason: unknown): { readonly code: string; readonly detail: string } {
  if (reason instanceof CodedError) {
    return { code: reason.code, detail: JSON.stringify(reason.data) };
  }
  return { code: "internal", detail: reason instanceof Error ? reason.message : String(reason) };
}

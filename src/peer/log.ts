/**
 * Structured log of a peer: a bounded ring for `get_log`, a counter for each code (for `metrics`), and
 * an optional sink (pino in the lighthouse).
 *
 * @module
 */
import { CodedError } from "../kernel/errors.ts";
import { MAX_LOG_ENTRIES } from "./limits.ts";
import type { Clock } from "./ports.ts";

/** One line. */
export interface LogEntry {
  readonly atMs: number;
  readonly level: "info" | "warn" | "error";
  readonly code: string;
  readonly peer: string | null;
  readonly detail: string;
}

/** A bounded log. */
export interface PeerLog {
  add(level: LogEntry["level"], code: string, detail?: string, peer?: string | null): void;
  /** Newest last. */
  entries(limit: number): readonly LogEntry[];
  /** How often each code was logged since the start. */
  counts(): ReadonlyMap<string, number>;
  onEntry(listener: (entry: LogEntry) => void): void;
}

/** Creates a log with a bounded memory. */
export function createLog(clock: Clock): PeerLog {
  const ring: LogEntry[] = [];
  const counts = new Map<string, number>();
  const listeners: ((entry: LogEntry) => void)[] = [];
  return {
    add(level, code, detail = "", peer = null) {
      const entry = { atMs: clock.now(), level, code, peer, detail: detail.slice(0, 500) };
      ring.push(entry);
      if (ring.length > MAX_LOG_ENTRIES) ring.shift();
      counts.set(code, (counts.get(code) ?? 0) + 1);
      for (const listener of listeners) listener(entry);
    },
    entries: (limit) => ring.slice(-limit),
    counts: () => counts,
    onEntry(listener) {
      listeners.push(listener);
    },
  };
}

/** Code and text of anything that was thrown; unknown faults get the code `internal`. */
export function describeFault(reason: unknown): { readonly code: string; readonly detail: string } {
  if (reason instanceof CodedError) {
    return { code: reason.code, detail: JSON.stringify(reason.data) };
  }
  return { code: "internal", detail: reason instanceof Error ? reason.message : String(reason) };
}

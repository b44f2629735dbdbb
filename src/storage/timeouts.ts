/**
 * A storage promise that never settles is a fault too (STO-4): browsers have shipped IndexedDB builds
 * in which a request neither succeeds nor fails. Each operation therefore has a limit, and the timer is
 * injected so that tests decide when it is due.
 *
 * @module
 */
import { CodedError } from "../kernel/errors.ts";

/** Calls `onDue` once after `delayMs`, unless the returned function was called before. */
export interface Timer {
  start(delayMs: number, onDue: () => void): () => void;
}

/** How long storage may take, in ms, and by whose timer. */
export interface TimeLimits {
  readonly timer: Timer;
  /** For opening a database. */
  readonly openTimeoutMs: number;
  /** For migrating an existing IndexedDB, counted from its beginning: a millisecond for a row adds up. */
  readonly migrationTimeoutMs: number;
  /** For each later operation. */
  readonly operationTimeoutMs: number;
  /** For other tabs to let go of a database that is to be upgraded or deleted. */
  readonly blockedTimeoutMs: number;
}

/** The platform's own timer. */
export const systemTimer: Timer = {
  start(delayMs, onDue) {
    const handle = setTimeout(onDue, delayMs);
    return () => clearTimeout(handle);
  },
};

/** Generous limits: a strict transaction takes 1.5 ms, so 20 s means that it will never come. */
export const DEFAULT_TIME_LIMITS: TimeLimits = {
  timer: systemTimer,
  openTimeoutMs: 30_000,
  migrationTimeoutMs: 600_000,
  operationTimeoutMs: 20_000,
  blockedTimeoutMs: 5_000,
};

/**
 * Settles as `work` does, or rejects with `store-timeout` {operation, timeoutMs}; the signal given to
 * `work` is then aborted, so that it can undo what it began. Work that finds out that it takes longer
 * calls `extend` with another limit, which counts from there.
 */
export async function withTimeout<T>(
  operation: string,
  timer: Timer,
  timeoutMs: number,
  work: (signal: AbortSignal, extend: (timeoutMs: number) => void) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let giveUp = (_error: CodedError): void => undefined;
  const overdue = new Promise<never>((_resolve, reject) => {
    giveUp = reject;
  });
  let cancel = (): void => undefined;
  let isOver = false;
  const start = (limitMs: number): void => {
    cancel();
    // What was given up may still go on behind.
    if (isOver) return;
    // Two halves: a computer that slept finds its timer overdue before storage had a chance to answer,
    // and the second half, counted from the waking, gives it one.
    cancel = timer.start(limitMs / 2, () => {
      cancel = timer.start(limitMs / 2, () => {
        giveUp(new CodedError("store-timeout", { operation, timeoutMs: limitMs }));
        controller.abort();
      });
    });
  };
  start(timeoutMs);
  try {
    return await Promise.race([work(controller.signal, start), overdue]);
  } finally {
    isOver = true;
    cancel();
  }
}

/**
 * A clock that stands still until it is told to run: time passes only through `runUntil`, in the order
 * of the timers, so that a day takes seconds and a failing run repeats exactly.
 *
 * @module
 */
import type { Clock } from "../peer/ports.ts";

interface Timer {
  readonly atMs: number;
  readonly order: number;
  readonly task: () => void;
}

/** A clock and the hand that moves it. */
export interface VirtualClock extends Clock {
  /**
   * Runs every timer due until `untilMs`, letting promises settle between two timers (`settle`), and
   * stops early when `done` says so. Resolves to whether `done` was met (true without one).
   */
  runUntil(untilMs: number, done?: () => boolean): Promise<boolean>;
  pendingTimers(): number;
}

/** Lets every promise that can settle do so: one turn of the event loop. */
export type Settle = () => Promise<void>;

/** Creates a clock at `startMs`; `settle` yields to the event loop (`setImmediate` in Node). */
export function createVirtualClock(startMs: number, settle: Settle): VirtualClock {
  let nowMs = startMs;
  let order = 0;
  const timers = new Set<Timer>();

  const next = (untilMs: number): Timer | undefined => {
    let best: Timer | undefined;
    for (const timer of timers) {
      if (timer.atMs > untilMs) continue;
      if (
        best === undefined ||
        timer.atMs < best.atMs ||
        (timer.atMs === best.atMs && timer.order < best.order)
      ) {
        best = timer;
      }
    }
    return best;
  };

  return {
    now: () => nowMs,
    after(delayMs, task) {
      // Whole milliseconds, as every clock of the platform gives them.
      const timer = { atMs: Math.ceil(nowMs + Math.max(0, delayMs)), order: order++, task };
      timers.add(timer);
      return () => {
        timers.delete(timer);
      };
    },
    async runUntil(untilMs, done) {
      for (;;) {
        await settle();
        if (done?.() === true) return true;
        const timer = next(untilMs);
        if (timer === undefined) break;
        timers.delete(timer);
        nowMs = Math.max(nowMs, timer.atMs);
        timer.task();
      }
      nowMs = Math.max(nowMs, untilMs);
      return done === undefined;
    },
    pendingTimers: () => timers.size,
  };
}

/**
 * A clock that stands still until it is told to run: time passes only through `runUntil`, in the order
 * of the timers, so that a day takes seconds and a failing run repeats exactly.
 *
 * @module
 */
import TinyQueue from "tinyqueue";
import type { Clock } from "../peer/ports.ts";

interface Timer {
  readonly atMs: number;
  readonly order: number;
  /** Null once it was cancelled: what is left of it in the heap holds nobody. */
  task: (() => void) | null;
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
  let pending = 0;
  const timers = new TinyQueue<Timer>([], byTime);

  /** Takes the next timer that is due until `untilMs`; those that were cancelled are passed over. */
  const next = (untilMs: number): Timer | undefined => {
    for (let timer = timers.peek(); timer !== undefined; timer = timers.peek()) {
      if (timer.task !== null && timer.atMs > untilMs) return undefined;
      timers.pop();
      if (timer.task !== null) return timer;
    }
    return undefined;
  };

  return {
    now: () => nowMs,
    after(delayMs, task) {
      // Whole milliseconds, as every clock of the platform gives them.
      const atMs = Math.ceil(nowMs + Math.max(0, delayMs));
      const timer: Timer = { atMs, order: order++, task };
      timers.push(timer);
      pending++;
      return () => {
        if (timer.task === null) return;
        timer.task = null;
        pending--;
      };
    },
    async runUntil(untilMs, done) {
      for (;;) {
        await settle();
        if (done?.() === true) return true;
        const timer = next(untilMs);
        if (timer === undefined) break;
        const { task } = timer;
        timer.task = null;
        pending--;
        nowMs = Math.max(nowMs, timer.atMs);
        task?.();
      }
      nowMs = Math.max(nowMs, untilMs);
      return done === undefined;
    },
    pendingTimers: () => pending,
  };
}

/** The earliest first; of two at one time the one that was set first. */
function byTime(a: Timer, b: Timer): number {
  return a.atMs - b.atMs || a.order - b.order;
}

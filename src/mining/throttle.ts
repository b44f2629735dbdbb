/**
 * Keeps a thread at its share of a core by a debt of rest: timers wake late and slices vary, so
 * each rest is computed from all that happened before, and errors do not add up.
 *
 * @module
 */

// Below this a timer's own inaccuracy (browsers: 1–4 ms) outweighs what it would add in evenness.
const SHORTEST_REST_MS = 4;
// A tab that was frozen for minutes must not make up for it at full speed: at most this is repaid.
const LONGEST_CREDIT_MS = 250;

/** Decides when a thread rests. */
export interface Throttle {
  /** Notes time spent hashing, in ms. */
  addBusy(ms: number): void;
  /** How long to rest from `nowMs` on, so that busy ÷ wall time becomes `duty`; 0 to go on. */
  restMs(nowMs: number): number;
}

/** A throttle for a duty above 0 up to 1, counting from `startMs` on. */
export function createThrottle(duty: number, startMs: number): Throttle {
  let originMs = startMs;
  let busyMs = 0;
  return {
    addBusy(ms) {
      busyMs += ms;
    },
    restMs(nowMs) {
      if (duty >= 1) return 0;
      const dueMs = originMs + busyMs / duty;
      if (dueMs < nowMs - LONGEST_CREDIT_MS) originMs += nowMs - LONGEST_CREDIT_MS - dueMs;
      return dueMs - nowMs >= SHORTEST_REST_MS ? dueMs - nowMs : 0;
    },
  };
}

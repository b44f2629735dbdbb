/**
 * Waiting times between attempts to reach a way in. They grow slowly (a tenth each time), so the wait
 * stays near an eleventh of the time already lost: a lighthouse that was away for 45 s is met again
 * within 4 s, one that is away for good costs an attempt a minute.
 *
 * @module
 */

/** First wait. */
export const BACKOFF_FIRST_MS = 1_000;
/** Longest wait. */
export const BACKOFF_MAX_MS = 60_000;
const FACTOR = 1.1;
// Tabs that lost the same lighthouse must not come back in the same instant.
const JITTER = 0.2;

/** Counts failures and names the next wait. */
export class Backoff {
  #failures = 0;
  readonly #random: () => number;

  /** `random` gives numbers in [0, 1). */
  constructor(random: () => number) {
    this.#random = random;
  }

  /** The wait before the next attempt, in ms: 1 s to 60 s, ± 20 %. */
  next(): number {
    const baseMs = Math.min(BACKOFF_MAX_MS, BACKOFF_FIRST_MS * FACTOR ** this.#failures);
    this.#failures += 1;
    return Math.round(baseMs * (1 + JITTER * (2 * this.#random() - 1)));
  }

  /** Starts again at the first wait: after a success or a person's wish. */
  reset(): void {
    this.#failures = 0;
  }
}

/**
 * A rate cap: so many units a second with a burst. Pure over the time it is given, so that both ends
 * of a cap (refuse the other, pace oneself) share one tested rule.
 *
 * @module
 */

/** A token bucket; times are ms of any steady clock. */
export class TokenBucket {
  readonly #perMs: number;
  readonly #capacity: number;
  #level: number;
  #atMs: number;

  /** Starts full: `capacity` units at once, then `perSecond`. */
  constructor(perSecond: number, capacity: number, nowMs: number) {
    this.#perMs = perSecond / 1_000;
    this.#capacity = capacity;
    this.#level = capacity;
    this.#atMs = nowMs;
  }

  /** Takes `units` if they are there; false otherwise (nothing is taken). */
  take(units: number, nowMs: number): boolean {
    this.#refill(nowMs);
    if (this.#level < units) return false;
    this.#level -= units;
    return true;
  }

  /** Books `units` that were used already; the level may fall below zero. */
  book(units: number, nowMs: number): void {
    this.#refill(nowMs);
    this.#level -= units;
  }

  /** How long until `units` are there, in ms; 0 if they are. */
  waitMs(units: number, nowMs: number): number {
    this.#refill(nowMs);
    return this.#level >= units ? 0 : Math.ceil((units - this.#level) / this.#perMs);
  }

  #refill(nowMs: number): void {
    // A clock set back gives nothing, and takes nothing away.
    const elapsedMs = Math.max(0, nowMs - this.#atMs);
    this.#atMs = nowMs;
    this.#level = Math.min(this.#capacity, this.#level + elapsedMs * this.#perMs);
  }
}

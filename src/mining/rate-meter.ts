/**
 * One thread's rate over the last seconds: hashes that were done ÷ wall time they took. Nothing is
 * extrapolated; what a thread reported too long ago no longer counts.
 *
 * @module
 */

/** How far back the shown rate looks. */
export const RATE_WINDOW_MS = 3_500;

/** The part of a worker's report that the meter needs. */
export interface RateSample {
  readonly hashes: number;
  readonly elapsedMs: number;
}

/** Adds up reports. */
export interface RateMeter {
  add(sample: RateSample, nowMs: number): void;
  /** Nonces per second of wall time; 0 without a recent report. */
  hashesPerSecond(nowMs: number): number;
  reset(): void;
}

/** An empty meter. */
export function createRateMeter(): RateMeter {
  let samples: (RateSample & { readonly atMs: number })[] = [];
  return {
    add({ hashes, elapsedMs }, nowMs) {
      samples = samples.filter(({ atMs }) => nowMs - atMs < RATE_WINDOW_MS);
      samples.push({ hashes, elapsedMs, atMs: nowMs });
    },
    hashesPerSecond(nowMs) {
      const recent = samples.filter(({ atMs }) => nowMs - atMs < RATE_WINDOW_MS);
      const elapsedMs = recent.reduce((sum, sample) => sum + sample.elapsedMs, 0);
      const hashes = recent.reduce((sum, sample) => sum + sample.hashes, 0);
      return elapsedMs > 0 ? (hashes * 1_000) / elapsedMs : 0;
    },
    reset() {
      samples = [];
    },
  };
}

/**
 * Drives a run to its end in short slices, so that a worker stays free to hear "cancel" and a page or a
 * terminal follows it. The clock and the pause are the host's: nothing of them reaches the run.
 *
 * @module
 */
import { CodedError } from "../kernel/errors.ts";
import type { Run, RunProgress, RunRecord } from "./run.ts";

/** Progress, and the host's guess of what is left; `null` while there is nothing to guess from. */
export interface DrivenProgress extends RunProgress {
  readonly etaMs: number | null;
}

/** What the host gives. */
export interface DriveOptions {
  /** The host's clock, in ms. */
  readonly now: () => number;
  /** Gives the event loop a turn. */
  readonly pause: () => Promise<void>;
  /** Called between slices. */
  readonly onProgress?: (progress: DrivenProgress) => void;
  readonly signal?: AbortSignal;
  /** Aimed length of a slice (default 50 ms). */
  readonly sliceMs?: number;
}

/** One event may take a tenth of a second: two thousand payments, a mesh that splits. */
const FIRST_WORK = 1;
/** A slice grows at most by this factor; it shrinks at once to what fits. */
const GROWTH = 4;
const MAX_WORK = 1_000_000;

/**
 * Runs to the end and resolves to the record; closes the run in any case. Rejects with `cancelled` when
 * `signal` aborts, and with whatever the run refuses to go on with.
 */
export async function driveRun(run: Run, options: DriveOptions): Promise<RunRecord> {
  const { now, pause, onProgress, signal, sliceMs = 50 } = options;
  const startedMs = now();
  let work = FIRST_WORK;
  try {
    for (;;) {
      if (signal?.aborted === true) throw new CodedError("cancelled");
      const sliceStartedMs = now();
      const ended = await run.advance(work);
      const tookMs = Math.max(0.1, now() - sliceStartedMs);
      const progress = run.progress();
      const elapsedMs = now() - startedMs;
      const etaMs = progress.done > 0 ? (elapsedMs * (1 - progress.done)) / progress.done : null;
      onProgress?.({ ...progress, etaMs });
      if (ended) return run.record();
      const factor = Math.min(GROWTH, sliceMs / tookMs);
      work = Math.min(MAX_WORK, Math.max(1, Math.round(work * factor)));
      await pause();
    }
  } finally {
    await run.close();
  }
}

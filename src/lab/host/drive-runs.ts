/**
 * Drives the runs of one request one after the other, and tells how far all of them together are.
 *
 * @module
 */
import { createRun } from "../create-run.ts";
import { driveRun } from "../drive-run.ts";
import type { RunRecord } from "../run.ts";
import type { Scenario } from "../scenario/scenario.ts";
import type { HostProgress } from "./protocol.ts";

const PROGRESS_EVERY_MS = 100;
const SNAPSHOT_EVERY_MS = 250;
/** After a snapshot that took so long, the next one waits ten times that. */
const SNAPSHOT_SHARE = 10;

/** What the worker gives. */
export interface HostPorts {
  readonly now: () => number;
  readonly pause: () => Promise<void>;
}

/** What all runs of a request share. */
export interface RunsOptions extends HostPorts {
  /** How many there will be. */
  readonly runs: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: HostProgress) => void;
}

/** Runs a scenario with a seed to its end; `onSnapshot` is handed what was measured so far, now and then. */
export type Drive = (
  scenario: Scenario,
  seed: number,
  label: string,
  onSnapshot?: (record: RunRecord) => void,
) => Promise<RunRecord>;

/** Drives runs; each rejects as `createRun` and `driveRun` do. */
export function createDrive(options: RunsOptions): Drive {
  const { now, pause, runs, signal, onProgress } = options;
  const startedMs = now();
  let ended = 0;
  let progressFromMs = 0;
  return async (scenario, seed, label, onSnapshot) => {
    const run = await createRun(scenario, seed);
    let snapshotFromMs = now() + SNAPSHOT_EVERY_MS;
    const record = await driveRun(run, {
      now,
      pause,
      signal,
      onProgress(progress) {
        const atMs = now();
        if (atMs >= progressFromMs) {
          progressFromMs = atMs + PROGRESS_EVERY_MS;
          const done = (ended + progress.done) / runs;
          const etaMs = done > 0 ? ((atMs - startedMs) * (1 - done)) / done : null;
          onProgress({ ...progress, done, etaMs, run: ended + 1, runs, label });
        }
        if (onSnapshot === undefined || atMs < snapshotFromMs) return;
        onSnapshot(run.record());
        const tookMs = now() - atMs;
        snapshotFromMs = now() + Math.max(SNAPSHOT_EVERY_MS, SNAPSHOT_SHARE * tookMs);
      },
    });
    ended += 1;
    return record;
  };
}

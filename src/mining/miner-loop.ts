/**
 * The loop that runs in a miner thread. WebAssembly cannot be interrupted, so the loop hashes in
 * slices of a few milliseconds and looks for messages in between: a new page of the story is taken
 * up within one slice. Time, yielding and sleeping come in from outside; tests run it on a virtual
 * clock.
 *
 * @module
 */
import { CodedError } from "../kernel/errors.ts";
import type { MinerKernel } from "./kernel.ts";
import { WORD_VALUES } from "./kernel.ts";
import type { JobMessage, PoolMessage, WorkerMessage } from "./miner-messages.ts";
import { createThrottle } from "./throttle.ts";

/** Slice length the loop aims at: short enough to switch at once, long enough that yielding (some ten µs) does not count. */
export const SLICE_MS = 12;
/** How often the rate is reported. */
export const REPORT_MS = 1_000;

// A first slice of 0.1–3 ms on anything from a fast SIMD core to a slow scalar one.
const FIRST_GROUPS = 512;
// One slice that the system interrupted must not distort the next ones beyond this factor.
const MAX_CHANGE = 4;

/** What the loop needs from its thread. */
export interface MinerLoopPorts {
  readonly kernel: MinerKernel;
  /** A monotonic clock, in ms. */
  readonly now: () => number;
  /** Resolves after waiting messages were delivered; must not take a millisecond. */
  readonly yieldToMessages: () => Promise<void>;
  /** Starts a timer of `ms`; `wake` runs once when it ends, unless the returned function was called. */
  readonly sleep: (ms: number, wake: () => void) => () => void;
  readonly post: (message: WorkerMessage) => void;
}

/** A running loop. */
export interface MinerLoop {
  /** Takes a message from the pool; never blocks. */
  handle(message: PoolMessage): void;
}

interface Assignment {
  readonly job: JobMessage;
  outer: number;
  start: number;
}

function checkJob({ duty, strideOuter, firstOuter }: JobMessage): void {
  const inRange = duty > 0 && duty <= 1 && firstOuter >= 0 && strideOuter >= 1;
  if (!inRange) throw new CodedError("mining-bad-job", { duty, strideOuter, firstOuter });
}

/** Starts the loop, posts `ready`, and waits for a first job. */
export function createMinerLoop(ports: MinerLoopPorts): MinerLoop {
  const { kernel, now, post } = ports;
  let assignment: Assignment | undefined;
  let groups = FIRST_GROUPS;
  let wake: (() => void) | undefined;
  let running = false;
  let duty = 1;
  let throttle = createThrottle(duty, now());
  let window = { hashes: 0, busyMs: 0, sinceMs: now() };

  function report(): void {
    const elapsedMs = now() - window.sinceMs;
    const { hashes, busyMs } = window;
    if (assignment !== undefined && hashes > 0) {
      post({ type: "rate", jobId: assignment.job.jobId, hashes, busyMs, elapsedMs });
    }
    window = { hashes: 0, busyMs: 0, sinceMs: now() };
  }

  /** Reports what was done for the old job before the new one begins, so that no hash is lost or counted twice. */
  function assign(next: Assignment | undefined): void {
    report();
    assignment = next;
    // Kept while the duty is the same: else a thread with many short jobs would never rest.
    if (next !== undefined && next.job.duty !== duty) {
      duty = next.job.duty;
      throttle = createThrottle(duty, now());
    }
    wake?.();
    if (next !== undefined && !running) {
      running = true;
      run().catch((error: unknown) => post({ type: "failed", reason: String(error) }));
    }
  }

  function adapt(sliceMs: number): void {
    const ratio = sliceMs > 0 ? SLICE_MS / sliceMs : MAX_CHANGE;
    const change = Math.min(MAX_CHANGE, Math.max(1 / MAX_CHANGE, ratio));
    groups = Math.max(1, Math.round(groups * change));
  }

  /** Moves past what was hashed; false when the thread's share of the nonce space is used up. */
  function advance(current: Assignment, hashes: number): boolean {
    current.start += hashes;
    if (current.start < WORD_VALUES) return true;
    current.start = 0;
    current.outer += current.job.strideOuter;
    return current.outer < WORD_VALUES;
  }

  function runSlice(current: Assignment): void {
    const { jobId, coreHash, target } = current.job;
    const { outer, start } = current;
    const wanted = groups;
    const startedMs = now();
    const { found, hashes } = kernel.search({ coreHash, target, outer, start, groups: wanted });
    const sliceMs = now() - startedMs;
    window.hashes += hashes;
    window.busyMs += sliceMs;
    throttle.addBusy(sliceMs);
    if (found !== undefined) {
      assign(undefined);
      post({ type: "found", jobId, nonce: found });
      return;
    }
    if (hashes === wanted * kernel.step) adapt(sliceMs);
    if (!advance(current, hashes)) {
      assign(undefined);
      post({ type: "exhausted", jobId });
    }
  }

  function rest(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = ports.sleep(ms, () => wake?.());
      wake = () => {
        wake = undefined;
        cancel();
        resolve();
      };
    });
  }

  async function run(): Promise<void> {
    try {
      // Not in the caller's turn: `handle` must return before the first slice.
      await ports.yieldToMessages();
      for (let current = assignment; current !== undefined; current = assignment) {
        runSlice(current);
        if (now() - window.sinceMs >= REPORT_MS) report();
        const restMs = throttle.restMs(now());
        // Slices, rests and looks for messages follow each other; none can run beside another.
        // oxlint-disable-next-line no-await-in-loop
        await (restMs > 0 ? rest(restMs) : ports.yieldToMessages());
      }
    } finally {
      running = false;
    }
  }

  post({ type: "ready", simd: kernel.simd });
  return {
    handle(message) {
      if (message.type === "stop") {
        assign(undefined);
        return;
      }
      checkJob(message);
      assign({ job: message, outer: message.firstOuter, start: 0 });
    },
  };
}

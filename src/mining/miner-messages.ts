/**
 * What the pool and its workers say to each other. Plain data that survives `postMessage`, in a
 * file of its own so that both threads check against one truth.
 *
 * @module
 */

/** Work for one thread. A newer job replaces the older one at once. */
export interface JobMessage {
  readonly type: "job";
  /** Chosen by the caller; every answer carries it, so that answers to old jobs can be dropped. */
  readonly jobId: number;
  /** 32 bytes (HDR-1). */
  readonly coreHash: Uint8Array;
  /** 32 bytes, big-endian. */
  readonly target: Uint8Array;
  /** First value of the nonce's low 32 bits for this thread. */
  readonly firstOuter: number;
  /** Distance to this thread's next value of the nonce's low 32 bits. */
  readonly strideOuter: number;
  /** Share of one core to use, above 0 up to 1. */
  readonly duty: number;
}

/** Ends the current job; the worker stays ready for another. */
export interface StopMessage {
  readonly type: "stop";
}

/** From the pool to a worker. */
export type PoolMessage = JobMessage | StopMessage;

/** The worker has compiled its kernel and takes jobs. */
export interface ReadyMessage {
  readonly type: "ready";
  readonly simd: boolean;
}

/** The job is done: this nonce satisfies its target. The worker rests until the next job. */
export interface FoundMessage {
  readonly type: "found";
  readonly jobId: number;
  readonly nonce: bigint;
}

/** What was done since the last report of this worker. */
export interface RateMessage {
  readonly type: "rate";
  readonly jobId: number;
  readonly hashes: number;
  /** Time spent hashing, in ms. */
  readonly busyMs: number;
  /** Wall time with a job at hand, in ms: hashing, waiting for messages and resting by duty. */
  readonly elapsedMs: number;
}

/** The thread's share of the nonce space holds no solution; it rests until the next job. */
export interface ExhaustedMessage {
  readonly type: "exhausted";
  readonly jobId: number;
}

/** The worker cannot mine (its kernel does not compile, or its loop threw); it is to be replaced. */
export interface FailedMessage {
  readonly type: "failed";
  readonly reason: string;
}

/** From a worker to the pool. */
export type WorkerMessage =
  | ReadyMessage
  | FoundMessage
  | RateMessage
  | ExhaustedMessage
  | FailedMessage;

/** What a pool hears from a worker. */
export interface MinerPortEvents {
  readonly onMessage: (message: WorkerMessage) => void;
  /** The worker crashed or ended by itself; nothing useful comes from it any more. */
  readonly onLost: (reason: string) => void;
}

/** A worker as the pool sees it, whatever runs it (a browser's Worker, a Node thread, a test). */
export interface MinerPort {
  /** Called once, in the turn in which the port was made, so that nothing is missed. */
  listen(events: MinerPortEvents): void;
  postMessage(message: PoolMessage): void;
  terminate(): void;
}

/**
 * The miner threads of one peer: shares a job's nonce space among them, replaces threads that crash,
 * adds up their rates, and drops answers to questions that are no longer asked.
 *
 * @module
 */
import type { MinerPort, WorkerMessage } from "./miner-messages.ts";
import type { MiningPreset } from "./presets.ts";
import { dutyFor, threadsFor } from "./presets.ts";
import { createRateMeter, type RateMeter } from "./rate-meter.ts";

/** A thread that crashed is replaced at most this often, so that a broken kernel does not spin. */
export const RESPAWN_MS = 1_000;

/**
 * Each hand-out of a job gets a lane of its own: nonce low words lane, lane + LANES, … So neither
 * two threads nor a thread and its replacement ever hash the same nonce. A lane holds 2^20 low
 * words, each with 2^32 high words: more than a thread hashes in a year.
 */
const LANES = 4_096;

/** One block candidate to mine. */
export interface MinerJob {
  /** Chosen by the caller, different for each job. */
  readonly jobId: number;
  /** 32 bytes (HDR-1). */
  readonly coreHash: Uint8Array;
  /** 32 bytes, big-endian. */
  readonly target: Uint8Array;
}

/** What the pool measures. */
export interface PoolRate {
  /** Nonces per second of wall time over the last seconds; 0 without a job. */
  readonly hashesPerSecond: number;
  /** Threads that are ready to hash. */
  readonly threads: number;
  /** True when at least one thread is ready and all ready ones use SIMD. */
  readonly simd: boolean;
}

/** What the pool needs from outside. */
export interface MinerPoolPorts {
  /** Starts a worker; it says `ready` by itself. May throw. */
  readonly spawn: () => MinerPort;
  /** Logical cores of the machine. */
  readonly cores: number;
  /** A monotonic clock, in ms. */
  readonly now: () => number;
  /** A nonce for the current job; the job is over then. */
  readonly onFound: (jobId: number, nonce: bigint) => void;
  /** After each report of a thread (about one a second and thread), and with 0 after `stop`. */
  readonly onRate: (rate: PoolRate) => void;
  /** A thread crashed or could not be started; it will be replaced. */
  readonly onWorkerLost: (reason: string) => void;
  /** Runs `task` once after `delayMs`; the answer cancels it. `setTimeout` by default. */
  readonly schedule?: (task: () => void, delayMs: number) => () => void;
  /** What to start with; `gentle` by default. */
  readonly preset?: MiningPreset;
}

/** A pool of miner threads. Threads start with the first job and stay for the next ones. */
export interface MinerPool {
  /** Mines `job` from now on, instead of the one before. */
  start(job: MinerJob): void;
  /** Ends the current job; threads stay ready. */
  stop(): void;
  /** Changes how much of the machine is used, in the middle of a job too. */
  setPreset(preset: MiningPreset): void;
  /** Ends all threads; the pool does nothing afterwards. */
  dispose(): void;
  readonly rate: PoolRate;
}

/** One place for a thread; the thread in it may be replaced. */
interface Slot {
  port: MinerPort | undefined;
  ready: boolean;
  simd: boolean;
  spawnedMs: number;
  cancelRespawn: (() => void) | undefined;
  readonly meter: RateMeter;
}

function scheduleByTimer(task: () => void, delayMs: number): () => void {
  const timer = setTimeout(task, delayMs);
  return () => clearTimeout(timer);
}

/** A pool without threads yet; see `MinerPool`. */
export function createMinerPool(ports: MinerPoolPorts): MinerPool {
  const { cores, now, schedule = scheduleByTimer } = ports;
  const slots: Slot[] = [];
  let preset: MiningPreset = ports.preset ?? "gentle";
  let job: MinerJob | undefined;
  let nextLane = 0;
  let disposed = false;

  function rate(): PoolRate {
    const ready = slots.filter((slot) => slot.ready);
    const perSecond = ready.map((slot) => slot.meter.hashesPerSecond(now()));
    return {
      hashesPerSecond: job === undefined ? 0 : perSecond.reduce((sum, one) => sum + one, 0),
      threads: ready.length,
      simd: ready.length > 0 && ready.every((slot) => slot.simd),
    };
  }

  function dispatch(slot: Slot): void {
    if (job === undefined || !slot.ready) return;
    const firstOuter = nextLane % LANES;
    nextLane += 1;
    const duty = dutyFor(preset, cores);
    slot.port?.postMessage({ type: "job", ...job, firstOuter, strideOuter: LANES, duty });
  }

  function endJob(): void {
    job = undefined;
    for (const slot of slots) if (slot.ready) slot.port?.postMessage({ type: "stop" });
  }

  function handle(slot: Slot, message: WorkerMessage): void {
    switch (message.type) {
      case "ready":
        slot.ready = true;
        slot.simd = message.simd;
        dispatch(slot);
        return;
      case "rate":
        slot.meter.add(message, now());
        ports.onRate(rate());
        return;
      case "found":
        if (message.jobId !== job?.jobId) return;
        endJob();
        ports.onFound(message.jobId, message.nonce);
        return;
      case "exhausted":
        if (message.jobId === job?.jobId) dispatch(slot);
        return;
      case "failed":
        lose(slot, message.reason);
    }
  }

  function empty(slot: Slot): void {
    const { port } = slot;
    slot.port = undefined;
    slot.ready = false;
    slot.meter.reset();
    slot.cancelRespawn?.();
    slot.cancelRespawn = undefined;
    port?.terminate();
  }

  function lose(slot: Slot, reason: string): void {
    empty(slot);
    const delayMs = Math.max(0, slot.spawnedMs + RESPAWN_MS - now());
    slot.cancelRespawn = schedule(() => fill(slot), delayMs);
    ports.onWorkerLost(reason);
  }

  function fill(slot: Slot): void {
    slot.cancelRespawn = undefined;
    slot.spawnedMs = now();
    try {
      const port = ports.spawn();
      slot.port = port;
      // A port that was replaced may still have something on its way.
      port.listen({
        onMessage: (message) => slot.port === port && handle(slot, message),
        onLost: (reason) => slot.port === port && lose(slot, reason),
      });
    } catch (error) {
      lose(slot, String(error));
    }
  }

  /** Makes the number of threads what the preset says. */
  function resize(): void {
    const wanted = threadsFor(preset, cores);
    for (const slot of slots.splice(wanted)) empty(slot);
    while (slots.length < wanted) {
      const slot: Slot = {
        port: undefined,
        ready: false,
        simd: false,
        spawnedMs: 0,
        cancelRespawn: undefined,
        meter: createRateMeter(),
      };
      slots.push(slot);
      fill(slot);
    }
  }

  return {
    start(next) {
      if (disposed) return;
      job = next;
      nextLane = 0;
      slots.forEach(dispatch);
      resize();
    },
    stop() {
      endJob();
      for (const slot of slots) slot.meter.reset();
      if (!disposed) ports.onRate(rate());
    },
    setPreset(next) {
      if (disposed || next === preset) return;
      preset = next;
      for (const slot of slots) slot.meter.reset();
      // Threads that stay take the new duty; threads that come get the job when they are ready.
      if (slots.length > 0) resize();
      slots.forEach(dispatch);
    },
    dispose() {
      disposed = true;
      job = undefined;
      for (const slot of slots.splice(0)) empty(slot);
    },
    get rate() {
      return rate();
    },
  };
}

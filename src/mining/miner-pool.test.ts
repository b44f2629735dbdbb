/**
 * The pool with workers that the test plays: every message between them is seen.
 *
 * @module
 */
import { beforeEach, describe, expect, it } from "vitest";
import { CodedError } from "../kernel/errors.ts";
import type {
  JobMessage,
  MinerPort,
  MinerPortEvents,
  PoolMessage,
  WorkerMessage,
} from "./miner-messages.ts";
import { createMinerPool, type MinerJob, type MinerPool, type PoolRate } from "./miner-pool.ts";
import type { MiningPreset } from "./presets.ts";
import { RATE_WINDOW_MS } from "./rate-meter.ts";

interface FakeWorker {
  readonly received: PoolMessage[];
  readonly say: (message: WorkerMessage) => void;
  readonly crash: (reason: string) => void;
  readonly jobs: () => JobMessage[];
  terminated: boolean;
}

let now = 0;
let timers: { readonly ms: number; readonly task: () => void }[] = [];
let workers: FakeWorker[] = [];
let found: [number, bigint][] = [];
let rates: PoolRate[] = [];
let lost: string[] = [];
let spawnFails = false;

beforeEach(() => {
  now = 0;
  timers = [];
  workers = [];
  found = [];
  rates = [];
  lost = [];
  spawnFails = false;
});

function spawn(): MinerPort {
  if (spawnFails) throw new CodedError("no-workers-today");
  let events: MinerPortEvents | undefined;
  const worker: FakeWorker = {
    received: [],
    terminated: false,
    say: (message) => events?.onMessage(message),
    crash: (reason) => events?.onLost(reason),
    jobs: () => worker.received.filter((message) => message.type === "job"),
  };
  workers.push(worker);
  return {
    listen(given) {
      events = given;
    },
    postMessage: (message) => worker.received.push(message),
    terminate() {
      worker.terminated = true;
    },
  };
}

function advanceTo(ms: number): void {
  const due = timers.filter((timer) => timer.ms <= ms);
  timers = timers.filter((timer) => timer.ms > ms);
  now = ms;
  for (const { task } of due) task();
}

function createPool(preset: MiningPreset, cores = 5): MinerPool {
  return createMinerPool({
    spawn,
    cores,
    preset,
    now: () => now,
    onFound: (jobId, nonce) => found.push([jobId, nonce]),
    onRate: (rate) => rates.push(rate),
    onWorkerLost: (reason) => lost.push(reason),
    schedule(task, delayMs) {
      const timer = { ms: now + delayMs, task };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
  });
}

const job = (jobId: number): MinerJob => ({
  jobId,
  coreHash: new Uint8Array(32).fill(jobId),
  target: new Uint8Array(32).fill(1),
});

const readyAll = (): void => {
  for (const worker of workers) worker.say({ type: "ready", simd: true });
};

const worker = (index: number): FakeWorker => {
  const at = workers[index];
  if (at === undefined) throw new CodedError("test-no-worker", { index });
  return at;
};

describe("jobs", () => {
  it("starts no thread before the first job", () => {
    const pool = createPool("full");
    expect(workers).toHaveLength(0);
    pool.start(job(1));
    expect(workers).toHaveLength(4);
  });

  it("hands a job only to threads that are ready", () => {
    const pool = createPool("full");
    pool.start(job(1));
    expect(worker(0).received).toEqual([]);
    worker(0).say({ type: "ready", simd: true });
    expect(worker(0).jobs()).toMatchObject([{ jobId: 1, duty: 1 }]);
    expect(worker(1).received).toEqual([]);
  });

  it("gives all threads, their replacements and changed presets distinct nonce words", () => {
    const pool = createPool("full");
    pool.start(job(1));
    readyAll();
    worker(2).crash("gone");
    advanceTo(1_000);
    worker(4).say({ type: "ready", simd: true });
    pool.setPreset("half");
    pool.setPreset("full");
    readyAll();
    const jobs = workers.flatMap((one) => one.jobs());
    const strides = new Set(jobs.map(({ strideOuter }) => strideOuter));
    expect(strides.size).toBe(1);
    const [stride = 0] = strides;
    const lanes = jobs.map(({ firstOuter }) => firstOuter);
    expect(new Set(lanes).size).toBe(lanes.length);
    expect(Math.max(...lanes)).toBeLessThan(stride);
  });

  it("replaces the job of running threads at once", () => {
    const pool = createPool("full");
    pool.start(job(1));
    readyAll();
    pool.start(job(2));
    expect(workers).toHaveLength(4);
    for (const one of workers) expect(one.jobs().map(({ jobId }) => jobId)).toEqual([1, 2]);
  });

  it("reports a find once, ends the job everywhere, and keeps the threads", () => {
    const pool = createPool("full");
    pool.start(job(1));
    readyAll();
    worker(1).say({ type: "found", jobId: 1, nonce: 5n });
    worker(2).say({ type: "found", jobId: 1, nonce: 6n });
    expect(found).toEqual([[1, 5n]]);
    for (const one of workers) expect(one.received.at(-1)).toEqual({ type: "stop" });
    expect(workers.some(({ terminated }) => terminated)).toBe(false);
  });

  it("drops finds of old jobs and finds after stop", () => {
    const pool = createPool("gentle");
    pool.start(job(1));
    readyAll();
    pool.start(job(2));
    worker(0).say({ type: "found", jobId: 1, nonce: 5n });
    expect(found).toEqual([]);
    pool.stop();
    worker(0).say({ type: "found", jobId: 2, nonce: 6n });
    expect(found).toEqual([]);
  });

  it("lets onFound start the next job", () => {
    const pool = createMinerPool({
      spawn,
      cores: 2,
      now: () => now,
      onFound: (jobId) => pool.start(job(jobId + 1)),
      onRate: () => undefined,
      onWorkerLost: () => undefined,
    });
    pool.start(job(1));
    readyAll();
    worker(0).say({ type: "found", jobId: 1, nonce: 5n });
    expect(worker(0).received.map(({ type }) => type)).toEqual(["job", "stop", "job"]);
  });

  it("gives a thread that exhausted its share another one", () => {
    const pool = createPool("gentle");
    pool.start(job(1));
    readyAll();
    worker(0).say({ type: "exhausted", jobId: 1 });
    const lanes = worker(0)
      .jobs()
      .map(({ firstOuter }) => firstOuter);
    expect(new Set(lanes).size).toBe(2);
  });
});

describe("presets", () => {
  it("defaults to gentle: one thread at a quarter", () => {
    const pool = createMinerPool({
      spawn,
      cores: 8,
      now: () => now,
      onFound: () => undefined,
      onRate: () => undefined,
      onWorkerLost: () => undefined,
    });
    pool.start(job(1));
    readyAll();
    expect(workers).toHaveLength(1);
    expect(worker(0).jobs()).toMatchObject([{ duty: 0.25 }]);
  });

  it("changes threads and duty in the middle of a job", () => {
    const pool = createPool("gentle");
    pool.start(job(1));
    readyAll();
    pool.setPreset("full");
    readyAll();
    expect(workers).toHaveLength(4);
    expect(
      worker(0)
        .jobs()
        .map(({ duty }) => duty)
        .at(-1),
    ).toBe(1);
    expect(workers.every((one) => one.jobs().at(-1)?.duty === 1)).toBe(true);

    pool.setPreset("gentle");
    expect(workers.map(({ terminated }) => terminated)).toEqual([false, true, true, true]);
    expect(worker(0).jobs().at(-1)).toMatchObject({ jobId: 1, duty: 0.25 });
  });

  it("changed before the first job starts nothing", () => {
    const pool = createPool("gentle");
    pool.setPreset("full");
    expect(workers).toHaveLength(0);
    pool.start(job(1));
    expect(workers).toHaveLength(4);
  });
});

describe("crashes", () => {
  it("replaces a crashed thread and gives it the running job; the others go on", () => {
    const pool = createPool("full");
    pool.start(job(1));
    readyAll();
    advanceTo(5_000);
    worker(1).crash("boom");
    expect(lost).toEqual(["boom"]);
    expect(worker(1).terminated).toBe(true);
    advanceTo(5_000);
    expect(workers).toHaveLength(5);
    worker(4).say({ type: "ready", simd: true });
    expect(worker(4).jobs()).toMatchObject([{ jobId: 1 }]);
    expect(worker(0).jobs()).toHaveLength(1);
    worker(0).say({ type: "found", jobId: 1, nonce: 1n });
    expect(found).toEqual([[1, 1n]]);
  });

  it("replaces a thread that always crashes once a second at most", () => {
    const pool = createPool("gentle");
    pool.start(job(1));
    for (let ms = 0; ms < 10_000; ms += 10) {
      advanceTo(ms);
      const last = workers.at(-1);
      if (last?.terminated === false) last.crash("again");
    }
    expect(workers.length).toBe(10);
    expect(lost.length).toBe(10);
  });

  it("treats failed messages and a throwing spawn as losses, and recovers", () => {
    const pool = createPool("gentle");
    pool.start(job(1));
    spawnFails = true;
    worker(0).say({ type: "failed", reason: "no wasm" });
    advanceTo(1_000);
    expect(lost).toHaveLength(2);
    expect(lost[0]).toBe("no wasm");
    expect(lost[1]).toContain("no-workers-today");
    spawnFails = false;
    advanceTo(2_000);
    expect(workers).toHaveLength(2);
    worker(1).say({ type: "ready", simd: false });
    expect(worker(1).jobs()).toHaveLength(1);
  });

  it("ignores what a replaced thread still says", () => {
    const pool = createPool("gentle");
    pool.start(job(1));
    readyAll();
    worker(0).crash("boom");
    worker(0).say({ type: "found", jobId: 1, nonce: 1n });
    worker(0).crash("boom twice");
    expect(found).toEqual([]);
    expect(lost).toEqual(["boom"]);
  });
});

describe("rate", () => {
  const report = (hashes: number): WorkerMessage => ({
    type: "rate",
    jobId: 1,
    hashes,
    busyMs: 900,
    elapsedMs: 1_000,
  });

  it("adds up what the threads did per second of wall time", () => {
    const pool = createPool("full", 3);
    pool.start(job(1));
    worker(0).say({ type: "ready", simd: true });
    worker(1).say({ type: "ready", simd: false });
    now = 1_000;
    worker(0).say(report(4_000));
    worker(1).say(report(1_000));
    expect(pool.rate).toEqual({ hashesPerSecond: 5_000, threads: 2, simd: false });
    now = 2_000;
    worker(0).say(report(2_000));
    expect(pool.rate.hashesPerSecond).toBe(4_000);
    expect(rates.at(-1)).toEqual(pool.rate);
  });

  it("is 0 after stop, and when reports are too old", () => {
    const pool = createPool("gentle");
    pool.start(job(1));
    readyAll();
    worker(0).say(report(4_000));
    expect(pool.rate.hashesPerSecond).toBe(4_000);
    now += RATE_WINDOW_MS;
    expect(pool.rate.hashesPerSecond).toBe(0);
    worker(0).say(report(4_000));
    pool.stop();
    expect(pool.rate.hashesPerSecond).toBe(0);
    expect(rates.at(-1)?.hashesPerSecond).toBe(0);
  });

  it("forgets a lost thread's share", () => {
    const pool = createPool("gentle");
    pool.start(job(1));
    readyAll();
    worker(0).say(report(4_000));
    worker(0).crash("boom");
    expect(pool.rate).toEqual({ hashesPerSecond: 0, threads: 0, simd: false });
  });
});

describe("dispose", () => {
  it("ends all threads and cancels replacements", () => {
    const pool = createPool("full");
    pool.start(job(1));
    readyAll();
    worker(0).crash("boom");
    pool.dispose();
    expect(workers.every(({ terminated }) => terminated)).toBe(true);
    expect(timers).toEqual([]);
    pool.start(job(2));
    pool.setPreset("gentle");
    expect(workers).toHaveLength(4);
  });
});

/**
 * The mining loop on a virtual clock: time passes only by hashing, yielding and sleeping.
 *
 * @module
 */
import { describe, expect, it } from "vitest";
import { CodedError } from "../kernel/errors.ts";
import type { MinerKernel, SearchRange, SearchResult } from "./kernel.ts";
import { WORD_VALUES } from "./kernel.ts";
import { createMinerLoop, type MinerLoop, REPORT_MS, SLICE_MS } from "./miner-loop.ts";
import type { JobMessage, WorkerMessage } from "./miner-messages.ts";

const HASHES_PER_MS = 20_000;
const YIELD_MS = 0.02;

interface Bench {
  readonly loop: MinerLoop;
  readonly posted: WorkerMessage[];
  readonly searches: (SearchRange & { readonly atMs: number; readonly endMs: number })[];
  readonly nowMs: () => number;
  /** Runs `task` at a virtual time, as a message that arrives then. */
  readonly at: (ms: number, task: () => void) => void;
  /** Lets virtual time run to `ms`. */
  readonly runUntil: (ms: number) => Promise<void>;
}

interface Options {
  readonly hashesPerMs?: (nowMs: number) => number;
  /** How much later than asked a timer fires. */
  readonly sleepLateMs?: number;
  readonly hitWhen?: (range: SearchRange) => SearchResult | undefined;
}

function createBench({
  hashesPerMs = () => HASHES_PER_MS,
  sleepLateMs = 0,
  hitWhen,
}: Options = {}): Bench {
  let now = 0;
  let events: { readonly ms: number; readonly task: () => void }[] = [];
  const posted: WorkerMessage[] = [];
  const searches: Bench["searches"] = [];
  const at = (ms: number, task: () => void): void => {
    events = [...events, { ms, task }].toSorted((left, right) => left.ms - right.ms);
  };
  const kernel: MinerKernel = {
    simd: true,
    step: 8,
    search(range) {
      const groups = Math.min(range.groups, (WORD_VALUES - range.start) / 8);
      const result = hitWhen?.(range) ?? { found: undefined, hashes: groups * 8 };
      const startedMs = now;
      now += result.hashes / hashesPerMs(now);
      searches.push({ ...range, atMs: startedMs, endMs: now });
      return result;
    },
  };
  const loop = createMinerLoop({
    kernel,
    now: () => now,
    yieldToMessages: () => new Promise((resolve) => at(now + YIELD_MS, resolve)),
    sleep(ms, wake) {
      let cancelled = false;
      at(now + ms + sleepLateMs, () => cancelled || wake());
      return () => {
        cancelled = true;
      };
    },
    post: (message) => posted.push(message),
  });
  async function settle(): Promise<void> {
    // The loop's own promises; none of its chains is longer than this.
    for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
  }
  async function runUntil(endMs: number): Promise<void> {
    await settle();
    for (let next = events[0]; next !== undefined && next.ms <= endMs; next = events[0]) {
      events = events.slice(1);
      now = Math.max(now, next.ms);
      next.task();
      await settle();
    }
    now = Math.max(now, endMs);
  }
  return { loop, posted, searches, nowMs: () => now, at, runUntil };
}

const job = (changes: Partial<JobMessage> = {}): JobMessage => ({
  type: "job",
  jobId: 1,
  coreHash: new Uint8Array(32).fill(1),
  target: new Uint8Array(32),
  firstOuter: 3,
  strideOuter: 10,
  duty: 1,
  ...changes,
});

const busyMs = ({ searches }: Bench): number =>
  searches.reduce((sum, { atMs, endMs }) => sum + endMs - atMs, 0);

const rates = ({ posted }: Bench) => posted.filter((message) => message.type === "rate");

describe("duty", () => {
  it.each([
    { duty: 1, sleepLateMs: 0 },
    { duty: 0.5, sleepLateMs: 0 },
    { duty: 0.25, sleepLateMs: 0 },
    { duty: 0.25, sleepLateMs: 3 },
    { duty: 0.25, sleepLateMs: 60 },
    { duty: 0.05, sleepLateMs: 4 },
  ])(
    "keeps $duty within 2 % when timers are $sleepLateMs ms late",
    async ({ duty, sleepLateMs }) => {
      const bench = createBench({ sleepLateMs });
      bench.loop.handle(job({ duty }));
      await bench.runUntil(60_000);
      expect(Math.abs(busyMs(bench) / 60_000 - duty)).toBeLessThan(0.02 * duty);
    },
  );

  it("is kept through many short jobs", async () => {
    const bench = createBench();
    for (let ms = 0; ms < 30_000; ms += 100) {
      bench.at(ms, () => bench.loop.handle(job({ jobId: ms, duty: 0.25 })));
    }
    await bench.runUntil(30_000);
    expect(busyMs(bench) / 30_000).toBeLessThan(0.26);
    expect(busyMs(bench) / 30_000).toBeGreaterThan(0.24);
  });

  it("does not make up at full speed for minutes in which the thread was frozen", async () => {
    // The first rest ends five minutes late, and the loop then has ten seconds.
    const bench = createBench({ sleepLateMs: 300_000 });
    bench.loop.handle(job({ duty: 0.25 }));
    await bench.runUntil(310_000);
    const afterMs = bench.searches
      .filter(({ atMs }) => atMs > 1_000)
      .reduce((sum, { atMs, endMs }) => sum + endMs - atMs, 0);
    expect(afterMs).toBeGreaterThan(SLICE_MS);
    expect(afterMs).toBeLessThan(150);
  });
});

describe("slices", () => {
  it("settle at the wanted length on a fast and on a slow machine", async () => {
    for (const perMs of [200, 45_000]) {
      const bench = createBench({ hashesPerMs: () => perMs });
      bench.loop.handle(job());
      await bench.runUntil(2_000);
      const lengths = bench.searches.slice(10).map(({ atMs, endMs }) => endMs - atMs);
      expect(Math.max(...lengths)).toBeLessThanOrEqual(SLICE_MS * 1.1);
      expect(Math.min(...lengths)).toBeGreaterThanOrEqual(SLICE_MS * 0.9);
    }
  });

  it("adapt when the machine slows down to a hundredth", async () => {
    const bench = createBench({ hashesPerMs: (ms) => (ms < 1_000 ? 40_000 : 400) });
    bench.loop.handle(job());
    await bench.runUntil(10_000);
    const last = bench.searches.at(-1);
    expect((last?.endMs ?? 0) - (last?.atMs ?? 0)).toBeLessThanOrEqual(SLICE_MS * 1.1);
  });

  it("lose at most 1 % of the time to yielding", async () => {
    const bench = createBench();
    bench.loop.handle(job());
    await bench.runUntil(10_000);
    expect(busyMs(bench) / bench.nowMs()).toBeGreaterThan(0.99);
  });
});

describe("switching", () => {
  it("takes a new job within one slice at full duty", async () => {
    const bench = createBench();
    bench.loop.handle(job());
    bench.at(5_000, () => bench.loop.handle(job({ jobId: 2, target: Uint8Array.of(2) })));
    await bench.runUntil(6_000);
    const first = bench.searches.find(({ target }) => target[0] === 2);
    expect(first?.atMs).toBeLessThanOrEqual(5_000 + SLICE_MS * 1.1 + YIELD_MS);
    const after = bench.searches.filter(({ atMs }) => atMs > (first?.atMs ?? 0));
    expect(after.every(({ target }) => target[0] === 2)).toBe(true);
  });

  it("wakes a resting throttle for a new job at once", async () => {
    const bench = createBench();
    bench.loop.handle(job({ duty: 0.02 }));
    await bench.runUntil(5_000);
    const restingMs = (bench.searches.at(-1)?.endMs ?? 0) + 100;
    expect(restingMs).toBeGreaterThan(0);
    const count = bench.searches.length;
    bench.at(restingMs, () => bench.loop.handle(job({ jobId: 2, duty: 0.02 })));
    await bench.runUntil(Math.max(restingMs, 5_000) + 1);
    expect(bench.searches.length).toBe(count + 1);
  });

  it("stops at once and stays stopped until the next job", async () => {
    const bench = createBench();
    bench.loop.handle(job());
    bench.at(1_000, () => bench.loop.handle({ type: "stop" }));
    await bench.runUntil(3_000);
    const last = bench.searches.at(-1);
    expect(last?.atMs).toBeLessThanOrEqual(1_000);
    expect(last?.endMs).toBeLessThanOrEqual(1_000 + SLICE_MS * 1.1);
    const count = bench.searches.length;
    bench.loop.handle(job({ jobId: 2 }));
    await bench.runUntil(4_000);
    expect(bench.searches.length).toBeGreaterThan(count);
  });

  it("does not hash in the caller's turn", () => {
    const bench = createBench();
    bench.loop.handle(job());
    expect(bench.searches).toHaveLength(0);
  });

  it("runs one loop only, however often jobs come and go", async () => {
    const bench = createBench();
    for (let jobId = 0; jobId < 5; jobId += 1) {
      bench.loop.handle(job({ jobId }));
      bench.loop.handle({ type: "stop" });
    }
    bench.loop.handle(job({ jobId: 9 }));
    await bench.runUntil(1_000);
    const overlaps = bench.searches.filter(
      ({ atMs }, index) => index > 0 && atMs < (bench.searches[index - 1]?.endMs ?? 0),
    );
    expect(overlaps).toEqual([]);
    expect(busyMs(bench)).toBeLessThanOrEqual(1_000 + SLICE_MS * 1.1);
  });
});

describe("reports", () => {
  it("says ready first, then about one honest rate a second", async () => {
    const bench = createBench();
    bench.loop.handle(job({ duty: 0.25 }));
    await bench.runUntil(10_000);
    bench.loop.handle({ type: "stop" });
    expect(bench.posted[0]).toEqual({ type: "ready", simd: true });
    const reports = rates(bench);
    expect(reports.length).toBeGreaterThanOrEqual(9_000 / (REPORT_MS + 50));
    expect(reports.length).toBeLessThanOrEqual(11);
    const hashes = reports.reduce((sum, report) => sum + report.hashes, 0);
    const elapsedMs = reports.reduce((sum, report) => sum + report.elapsedMs, 0);
    const reportedBusyMs = reports.reduce((sum, report) => sum + report.busyMs, 0);
    const done = bench.searches.reduce((sum, { groups }) => sum + groups * 8, 0);
    expect(hashes).toBe(done);
    expect(elapsedMs).toBeCloseTo(bench.nowMs(), 6);
    expect(reportedBusyMs).toBeCloseTo(busyMs(bench), 6);
  });

  it("reports the rest of the old job under its own id before the new one", async () => {
    const bench = createBench();
    bench.loop.handle(job());
    bench.at(400, () => bench.loop.handle(job({ jobId: 2 })));
    await bench.runUntil(500);
    expect(rates(bench).map(({ jobId }) => jobId)).toEqual([1]);
  });

  it("posts a found nonce and rests", async () => {
    const hitWhen = ({ start }: SearchRange) =>
      start > 1_000_000 ? { found: 42n, hashes: 8 } : undefined;
    const bench = createBench({ hitWhen });
    bench.loop.handle(job({ jobId: 7 }));
    await bench.runUntil(5_000);
    expect(bench.posted.filter(({ type }) => type === "found")).toEqual([
      { type: "found", jobId: 7, nonce: 42n },
    ]);
    expect(bench.searches.at(-1)?.start).toBeGreaterThan(1_000_000);
    expect(bench.searches.filter(({ start }) => start > 1_000_000)).toHaveLength(1);
  });

  it("covers its share of the nonce space without gap or repetition, then says exhausted", async () => {
    // So fast that whole words fit into slices.
    const bench = createBench({ hashesPerMs: () => 2 ** 34 });
    const firstOuter = WORD_VALUES - 25;
    bench.loop.handle(job({ jobId: 5, firstOuter, strideOuter: 10 }));
    await bench.runUntil(1_000);
    const outers = [...new Set(bench.searches.map(({ outer }) => outer))];
    expect(outers).toEqual([firstOuter, firstOuter + 10, firstOuter + 20]);
    for (const outer of outers) {
      const own = bench.searches.filter((search) => search.outer === outer);
      own.forEach(({ start }, index) => {
        const before = own[index - 1];
        expect(start).toBe(before === undefined ? 0 : before.start + before.groups * 8);
      });
      const last = own.at(-1);
      expect((last?.start ?? 0) + (last?.groups ?? 0) * 8).toBeGreaterThanOrEqual(WORD_VALUES);
    }
    expect(bench.posted.at(-1)).toEqual({ type: "exhausted", jobId: 5 });
  });

  it("posts failed when the kernel throws", async () => {
    const hitWhen = (): never => {
      throw new CodedError("mining-bad-module");
    };
    const bench = createBench({ hitWhen });
    bench.loop.handle(job());
    await bench.runUntil(100);
    expect(bench.posted.at(-1)).toMatchObject({ type: "failed" });
  });

  it.each([{ duty: 0 }, { duty: 1.1 }, { strideOuter: 0 }, { firstOuter: -1 }])(
    "refuses a job with %o",
    (change) => {
      expect(() => createBench().loop.handle(job(change))).toThrow(CodedError);
    },
  );
});

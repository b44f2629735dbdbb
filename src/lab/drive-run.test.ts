import { describe, expect, it } from "vitest";
import { driveRun } from "./drive-run.ts";
import type { Run, RunRecord } from "./run.ts";

const RECORD = {} as RunRecord;

/** A run of events that take `costMs(n)` each of a clock of its own. */
function runOf(events: number, costMs: (event: number) => number) {
  const slices: number[] = [];
  let [nowMs, done, closed] = [0, 0, 0];
  const run: Run = {
    async advance(work) {
      const startedMs = nowMs;
      for (let left = work; left > 0 && done < events; left--) nowMs += costMs(done++);
      slices.push(nowMs - startedMs);
      return done === events;
    },
    progress: () => ({ done: done / events, simulatedMs: done, height: 0, found: 0 }),
    record: () => RECORD,
    close: async () => {
      closed++;
    },
  };
  return { run, slices, now: () => nowMs, closed: () => closed };
}

describe("driving a run", () => {
  it("never works longer than a few slices' time at once, however slow the events are", async () => {
    const { run, slices, now } = runOf(300, () => 40);
    await driveRun(run, { now, pause: async () => {} });
    expect(Math.max(...slices)).toBeLessThanOrEqual(40);
  });

  it("comes down at once when events become slow", async () => {
    const { run, slices, now } = runOf(2_000_300, (event) => (event < 2_000_000 ? 0.001 : 1));
    await driveRun(run, { now, pause: async () => {} });
    // One slice is caught by it; those after fit.
    expect(slices.filter((tookMs) => tookMs > 51).length).toBeLessThanOrEqual(1);
  });

  it("stops between two slices when it is told to, and closes the run", async () => {
    const { run, now, closed } = runOf(1_000_000, () => 1);
    const abort = new AbortController();
    const driven = driveRun(run, {
      now,
      pause: async () => {},
      signal: abort.signal,
      onProgress: ({ simulatedMs, etaMs }) => {
        expect(etaMs).toBeCloseTo(1_000_000 - simulatedMs, 3);
        if (simulatedMs > 500) abort.abort();
      },
    });
    await expect(driven).rejects.toThrow("cancelled");
    expect(now()).toBeLessThan(700);
    expect(closed()).toBe(1);
  });
});

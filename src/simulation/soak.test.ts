import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { runSoak, type SoakReport } from "./soak.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
const MINUTE_MS = 60_000;

function soak(): Promise<SoakReport> {
  return runSoak({
    seed: 11,
    hours: 0.25,
    peers: 3,
    paceMs: 5_000,
    checkpoints: 3,
    churnEveryMs: 4 * MINUTE_MS,
    awayMs: MINUTE_MS,
    cutEveryMs: 8 * MINUTE_MS,
    cutMs: 2 * MINUTE_MS,
    settle: () => new Promise((resolve) => setImmediate(resolve)),
    usedBytes: () => {
      collect();
      return process.memoryUsage().heapUsed;
    },
  });
}

describe("soak", () => {
  it("180 rounds with churn and partitions end on one tip and leave no timer and no stopped peer behind", async () => {
    const report = await soak();
    expect(report.agreed).toBe(true);
    expect(report.blocks).toBeGreaterThan(100);
    expect(report.reorganisations).toBeGreaterThan(0);
    expect(report.departures).toBeGreaterThan(1);
    expect(report.cuts).toBeGreaterThan(1);
    // Each peer has a handful of clocks (status, tracker, candidate, answers on their way), however long it lives.
    expect(report.maxPendingTimers).toBeLessThan(3 * 20);
    expect(report.timersAfterStop).toBe(0);
    expect(report.stoppedPeersHeld).toBe(0);
    // Its checkpoints come before the caches are full; the slope belongs to the long run of the bench.
    expect(report.bytesPerBlock).toBeNull();
  });

  it("repeats exactly from its seed", async () => {
    const [first, second] = [await soak(), await soak()];
    expect([first.tip, first.blocks, first.reorganisations]).toEqual([
      second.tip,
      second.blocks,
      second.reorganisations,
    ]);
  });
});

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { beforeAll, describe, expect, it } from "vitest";
import { runSoak, type SoakReport } from "./soak.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
const MINUTE_MS = 60_000;
/** Two seconds on a quiet machine. */
const TIMEOUT_MS = 60_000;

function soak(): Promise<SoakReport> {
  return runSoak({
    seed: 11,
    hours: 0.2,
    peers: 3,
    paceMs: 5_000,
    checkpoints: 2,
    churnEveryMs: 3 * MINUTE_MS,
    awayMs: MINUTE_MS,
    cutEveryMs: 6 * MINUTE_MS,
    cutMs: 2 * MINUTE_MS,
    settle: () => new Promise((resolve) => setImmediate(resolve)),
    usedBytes: async () => {
      collect();
      return process.memoryUsage().heapUsed;
    },
  });
}

describe("soak", () => {
  let report: SoakReport;
  beforeAll(async () => {
    report = await soak();
  }, TIMEOUT_MS);

  it("many rounds with churn and partitions end on one tip and leave no timer and no stopped peer behind", () => {
    expect(report.agreed).toBe(true);
    expect(report.blocks).toBeGreaterThan(80);
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

  it(
    "repeats exactly from its seed",
    async () => {
      const again = await soak();
      expect([again.tip, again.blocks, again.reorganisations]).toEqual([
        report.tip,
        report.blocks,
        report.reorganisations,
      ]);
    },
    TIMEOUT_MS,
  );
});

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { BUDGET_BYTES_PER_BLOCK, runSoak } from "./soak.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

function usedBytes(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

describe("soak", () => {
  it("a virtual hour of 720 rounds with churn and partitions end on one tip, without growth beyond the chain and without a timer left", async () => {
    const report = await runSoak({
      seed: 11,
      hours: 1,
      peers: 5,
      // Above 256 blocks at half time, so that every bounded cache is full before growth is measured.
      paceMs: 5_000,
      checkpoints: 8,
      settle: () => new Promise((resolve) => setImmediate(resolve)),
      usedBytes,
    });
    expect(report.agreed).toBe(true);
    expect(report.blocks).toBeGreaterThan(500);
    expect(report.reorganisations).toBeGreaterThan(0);
    expect(report.departures).toBeGreaterThan(1);
    expect(report.cuts).toBeGreaterThan(0);
    expect(report.bytesPerBlockBeyondStore).toBeLessThan(BUDGET_BYTES_PER_BLOCK);
    // Each peer has a handful of clocks (status, tracker, candidate, answers on their way), however long it lives.
    expect(report.maxPendingTimers).toBeLessThan(5 * 20);
    expect(report.timersAfterStop).toBe(0);
  }, 180_000);
});

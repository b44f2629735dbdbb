import { describe, expect, it } from "vitest";
import { summarise } from "../statistics/summarise.ts";
import { makeRecord } from "../statistics/testing/make-record.ts";
import { runViewOf } from "./run-view.ts";

describe("the view of a run", () => {
  it("has the figures of the run and the course of its block times, thinned", () => {
    const record = makeRecord({ blocks: 5_000 });
    const { summary, meanTimes, propagationMs } = runViewOf(record);
    expect(summary).toEqual(summarise(record));
    expect(meanTimes.atMs).toHaveLength(400);
    expect(meanTimes.atMs.at(-1)).toBe(record.canon.foundMs.at(-1));
    const { foundMs } = record.canon;
    expect(meanTimes.value.at(-1)).toBeCloseTo(
      ((foundMs[4_999] ?? 0) - (foundMs[4_979] ?? 0)) / 20,
    );
    expect([propagationMs[0], propagationMs[50], propagationMs[100]]).toEqual([10, 25, 40]);
  });

  it("takes the mean of what there is when a run is young", () => {
    const { meanTimes } = runViewOf(makeRecord({ blocks: 3 }));
    const { foundMs } = makeRecord({ blocks: 3 }).canon;
    expect([...meanTimes.atMs]).toEqual([...foundMs]);
    expect([...meanTimes.value]).toEqual([...foundMs].map((at, index) => at / (index + 1)));
  });

  it("follows the share of the first miner, block by block or thinned", () => {
    const record = makeRecord({ blocks: 5_000 });
    const first = record.scenario.agents.findIndex(({ isMiner }) => isMiner);
    const shareAt = (height: number): number =>
      record.canon.miner.slice(0, height).filter((miner) => miner === first).length / height;
    const { height, value } = runViewOf(record).firstShare;
    expect([height.length, height[0], height[99]]).toEqual([100, 50, 5_000]);
    expect([...value]).toEqual([...height].map(shareAt));
    const young = runViewOf(makeRecord({ blocks: 3 })).firstShare;
    expect([...young.height]).toEqual([1, 2, 3]);
  });

  it("is empty and whole before the first block", () => {
    const record = makeRecord({ blocks: 0, record: { propagationMs: new Float64Array(0) } });
    const { summary, meanTimes, propagationMs } = runViewOf(record);
    expect(summary.blocks).toBe(0);
    expect([meanTimes.atMs.length, propagationMs.length]).toEqual([0, 0]);
  });

  it("stays small, however long the run", () => {
    const record = makeRecord({ blocks: 50_000 });
    const view = runViewOf(record);
    const { series, meanTimes, propagationMs } = view;
    const bytes = [...Object.values(series), ...Object.values(meanTimes), propagationMs]
      .map((column: Float64Array) => column.byteLength)
      .reduce((sum, size) => sum + size, 0);
    expect(bytes + JSON.stringify(view.summary).length).toBeLessThan(100_000);
  });
});

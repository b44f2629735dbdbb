import { describe, expect, it } from "vitest";
import type { RunRecord } from "../run.ts";
import { minersYaml, runYaml } from "../testing/run-yaml.ts";

/** Three miners of a third each and a trace, at a pace of a minute. */
function traced(finds: string, lab = ""): Promise<RunRecord> {
  return runYaml(minersYaml([40, 35, 25], `trace: [${finds}]\n${lab}`));
}

const rounds = (count: number, seconds: number): string =>
  Array.from({ length: count }, (_, index) => `[${seconds}, user00${index % 3}]`).join(", ");

describe("a trace of finds", () => {
  it("finds the given blocks at the given times, and ends when all have heard of the last", async () => {
    const { canon, endMs, synced, heightSpread, stale, refusals } = await traced(
      "[61.2, user001], [15, user000], [2m, user002]",
    );
    expect(Array.from(canon.miner)).toEqual([1, 0, 2]);
    expect(Array.from(canon.foundMs)).toEqual([61_200, 76_200, 196_200]);
    expect(canon.timestampMs).toEqual(canon.foundMs);
    expect({ stale, refusals, synced, heightSpread }).toEqual({
      stale: 0,
      refusals: {},
      synced: 1,
      heightSpread: 0,
    });
    // One link of at most 120 ms, and 5 ms to check.
    expect(endMs).toBe(196_200 + 125 + 1);
  });

  it("draws nothing: another seed changes only what chance still has, the links", async () => {
    const still = "latency: 50";
    const [one, two] = [await traced(rounds(9, 60), still), await traced(rounds(9, 60), still)];
    expect(two.logHash).toBe(one.logHash);
    const other = await traced(rounds(9, 60), `${still}\nseed: 99`);
    expect(other.canon).toEqual(one.canon);
  });

  it("counts what the rules do not allow, and makes no block of it [TRK-1] [HDR-6]", async () => {
    // Within its rest; at its end; sooner than others accept; as soon as they do.
    const { canon, refusals, agents } = await traced(
      "[60, user000], [119.999, user000], [0.001, user000], [4.999, user001], [0.001, user001]",
    );
    expect(refusals).toEqual({ resting: 1, "timestamp-too-early": 1 });
    expect(Array.from(canon.foundMs)).toEqual([60_000, 180_000, 185_000]);
    // Mined ten seconds ahead of its own time, as far as a clock may be.
    expect(Array.from(canon.timestampMs)).toEqual([60_000, 180_000, 195_000]);
    expect(agents.map(({ found }) => found)).toEqual([2, 1, 0]);
    const restless = await traced("[60, user000], [119.999, user000]", "rest: false");
    expect(restless.refusals).toEqual({});
  });

  it("has nobody find who is away, and expects it of those who are there", async () => {
    const { refusals, agents, canon } = await traced(
      "[2m, user000], [1m, user001], [1m, user002]",
      "phases: [{ at: 1m, label: away, online: { user000: false } }]",
    );
    expect(refusals).toEqual({ away: 1 });
    expect(canon.miner.length).toBe(2);
    // First 35 to 25, then only the third.
    const expected = [0, 35 / 60, 25 / 60 + 1];
    const variance = [0, (35 / 60) * (25 / 60), (35 / 60) * (25 / 60)];
    agents.forEach((did, agent) => {
      expect(did.expected).toBeCloseTo(expected[agent] ?? 0, 12);
      expect(did.variance).toBeCloseTo(variance[agent] ?? 0, 12);
    });
  });

  it("expects by weight among those who do not rest, those whose rest ends just then among them", async () => {
    const { agents } = await traced("[60, user000], [60, user001], [120, user001]");
    const all = [0.4, 0.35, 0.25];
    const without = [0, 35 / 60, 25 / 60];
    expect(agents.map(({ expected }) => expected)).toEqual(
      all.map((share, agent) => expect.closeTo(2 * share + (without[agent] ?? 0), 12)),
    );
  });

  it("forks where a find came before its agent had heard of the block before", async () => {
    const slow = "latency: 20s\npace: 60";
    const { canon, stale, forks, reorgDepths } = await traced(
      "[60, user000], [15, user001], [60, user002]",
      slow,
    );
    expect({ blocks: canon.miner.length, stale, forks }).toEqual({ blocks: 2, stale: 1, forks: 1 });
    expect(reorgDepths.slice(1).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
  });

  it("ends at the height or time that is asked for, before the trace does", async () => {
    expect((await traced(rounds(9, 60), "blocks: 4")).canon.miner.length).toBe(4);
    const timed = await traced(rounds(9, 60), "duration: 200s");
    expect([timed.canon.miner.length, timed.endMs]).toEqual([3, 200_000]);
  });

  it("begins with the target that is written, and eases no further than the easiest", async () => {
    const targets = 'initial_target: "1d0fffff"\nmax_target: "1d1ffffe"';
    const { canon } = await traced("[60, user000], [600, user001], [600, user002]", targets);
    const work = 2 ** (256 - 8 * 26 - 20);
    expect(canon.work[0]).toBeCloseTo(work, -3);
    expect(canon.work[1]).toBeCloseTo(work / 2, -3);
    expect(canon.work[2]).toBeCloseTo(work / 2, -3);
  });

  it("gives a run's own record again, log and all", async () => {
    const lab = "blocks: 150\nseed: 5\nlatency: 40";
    const own = await runYaml(minersYaml([40, 35, 25], lab));
    expect(own.stale).toBe(0);
    const finds = Array.from(own.canon.foundMs, (atMs, index) => {
      const seconds = (atMs - (own.canon.foundMs[index - 1] ?? 0)) / 1_000;
      return `[${seconds}, user00${own.canon.miner[index]}]`;
    });
    const again = await traced(finds.join(", "), lab);
    expect(again.canon).toEqual(own.canon);
    expect(again.agents).toEqual(own.agents);
    expect(again.logHash).toBe(own.logHash);
  });
});

import { describe, expect, it } from "vitest";
import { forkTheory, forkTheoryOf } from "./fork-theory.ts";
import { wilsonInterval } from "./proportions.ts";
import { summarise } from "./summarise.ts";
import { makeAgent, makeRecord, type RecordOptions } from "./testing/make-record.ts";

/** Two equal miners, a block a minute, news after three seconds: x = ½ · 3 ÷ 60. */
const TWO: RecordOptions = {
  hashrates: [50, 50],
  record: { propagationMs: Float64Array.of(2_000, 4_000) },
};

describe("forkTheory", () => {
  it("is d ÷ P for small x, and says how many heights fork and how many blocks are lost", () => {
    expect(forkTheory(0)).toEqual({ rivals: 0, forkRate: 0, staleRate: 0 });
    expect(forkTheory(1e-6).forkRate).toBeCloseTo(1e-6, 11);
    expect(forkTheory(1e-6).staleRate).toBeCloseTo(1e-6, 11);
    expect(forkTheory(0.5).forkRate).toBeCloseTo(0.393469, 6);
    expect(forkTheory(0.5).staleRate).toBeCloseTo(1 / 3, 12);
  });

  it("gives what Decker and Wattenhofer computed: 11.37 s until a node hears, a block in 633.68 s, 1.78 % forks", () => {
    const { forkRate } = forkTheory(11.37 / 633.68);
    expect(1 - (1 - 1 / 633.68) ** 11.37).toBeCloseTo(forkRate, 4);
    expect(forkRate).toBeCloseTo(0.0178, 4);
  });
});

describe("forkTheoryOf", () => {
  it("takes everybody but the author, at the difficulty of each block", () => {
    expect(forkTheoryOf(makeRecord(TWO))?.rivals).toBeCloseTo(0.025, 12);
    const harder = makeRecord({ ...TWO, slowness: 2 });
    expect(forkTheoryOf(harder)?.rivals).toBeCloseTo(0.0125, 12);
    const uneven = makeRecord({ ...TWO, blocks: 20_000, hashrates: [80, 20] });
    // 1 − 0.8² − 0.2² = 0.32, up to who happened to find how many.
    expect(forkTheoryOf(uneven)?.rivals).toBeCloseTo((0.32 * 3) / 60, 3);
    expect(summarise(makeRecord(TWO)).forks.theory).toEqual({
      rivals: 0.025,
      forkRate: 0.0246901,
      staleRate: 0.0243902,
    });
  });

  it("leaves out an author that rests, until two paces are over", () => {
    const canon = {
      miner: Int32Array.of(0, 1, 2, 0),
      // The second comes while the first rests, the third after the second's rest, the fourth before the third's end.
      foundMs: Float64Array.of(10_000, 20_000, 150_000, 160_000),
      timestampMs: Float64Array.of(10_000, 20_000, 150_000, 160_000),
      work: new Float64Array(4).fill(60_000),
    };
    const record = makeRecord({
      hashrates: [50, 30, 20],
      scenario: { rest: true },
      record: { canon, propagationMs: Float64Array.of(6_000) },
    });
    const others = [1 - 0.5, 1 - 0.3 - 0.5, 1 - 0.2, 1 - 0.5 - 0.2];
    const mean = others.reduce((sum, share) => sum + share, 0) / 4;
    expect(forkTheoryOf(record)?.rivals).toBeCloseTo(mean * 0.1, 12);
  });

  it("says nothing where its assumptions do not hold", () => {
    const attack = { kind: "selfish", fromMs: 0, depth: 0 } as const;
    const agents = [50, 50].map((hashrate, index) => makeAgent(index, hashrate, 100));
    const churn = { who: "all", meanSessionMs: 1, meanAbsenceMs: 1 } as const;
    const of = (scenario: RecordOptions["scenario"]) =>
      forkTheoryOf(makeRecord({ ...TWO, scenario: scenario ?? {} }));
    expect(of({ engine: "controller" })).toBeNull();
    expect(of({ agents: agents.map((agent) => ({ ...agent, attack })) })).toBeNull();
    expect(of({ trace: [{ atMs: 1, agent: 0 }] })).toBeNull();
    expect(of({ churn })).toBeNull();
    expect(of({ churn: { ...churn, who: "readers" } })).not.toBeNull();
    expect(of({ phases: [{ atMs: 1, label: "", hashrateFactor: 2 }] })).toBeNull();
    expect(of({ peers: 10, topology: { kind: "ring", degree: 2 } })).toBeNull();
    expect(of({ peers: 10, topology: { kind: "random", degree: 2 } })).not.toBeNull();
    expect(of({ topology: { kind: "star", degree: 2 } })).not.toBeNull();
    expect(forkTheoryOf(makeRecord({ ...TWO, blocks: 0 }))).toBeNull();
    const alone = makeRecord({ ...TWO, record: { propagationMs: new Float64Array() } });
    expect(forkTheoryOf(alone)?.rivals).toBe(0);
  });
});

describe("wilsonInterval", () => {
  it("is exact at its ends", () => {
    expect(wilsonInterval(0, 401).low).toBe(0);
    expect(wilsonInterval(401, 401).high).toBe(1);
  });
});

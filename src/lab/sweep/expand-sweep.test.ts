import { describe, expect, it } from "vitest";
import { DURATION_MAX_MS } from "../scenario/limits.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { minersYaml, scenarioOf } from "../testing/run-yaml.ts";
import { expandSweep, type SweepAxis } from "./expand-sweep.ts";
import { SWEEP_POINTS_MAX } from "./limits.ts";

const ATTACKED = scenarioOf(
  minersYaml(
    [35, 13, 52],
    "blocks: 100\npace: 60\nattackers: [{ agent: user000, kind: selfish }]\ntopology: { kind: random, degree: 2 }",
  ),
);
const HONEST = scenarioOf(
  minersYaml([60, 40], "blocks: 100\npace: 60\nlatency: { min: 10, max: 30, verify: 7 }"),
);

function counted(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

function only(scenario: Scenario, axis: SweepAxis): Scenario {
  const [point] = expandSweep(scenario, [axis]).points;
  if (point === undefined) throw new Error("no point");
  return point.scenario;
}

describe("expandSweep", () => {
  it("makes a point of each combination, values ascending and once, axes in their own order", () => {
    const { axes, points, scenario } = expandSweep(HONEST, [
      { name: "pace", values: [10_000, 2_000] },
      { name: "latency", values: [500, 20, 500] },
      { name: "peers", values: [] },
    ]);
    expect(scenario).toBe(HONEST);
    expect(axes).toEqual([
      { name: "latency", values: [20, 500] },
      { name: "pace", values: [2_000, 10_000] },
    ]);
    expect(points.map(({ values }) => values)).toEqual([
      { latency: 20, pace: 2_000 },
      { latency: 20, pace: 10_000 },
      { latency: 500, pace: 2_000 },
      { latency: 500, pace: 10_000 },
    ]);
    for (const {
      values,
      scenario: { paceMs, latency, stop },
    } of points) {
      expect(paceMs).toBe(values.pace);
      expect(latency).toEqual({ minMs: values.latency, maxMs: values.latency, verifyMs: 7 });
      expect(stop.blocks).toBe(100);
    }
  });

  it("gives each pace the time for as many blocks", () => {
    const timed = { ...HONEST, stop: { blocks: 1_000, durationMs: 3_600_000 } };
    expect(only(timed, { name: "pace", values: [2_000] }).stop.durationMs).toBe(120_000);
    const long = { ...HONEST, stop: { blocks: 1_000, durationMs: DURATION_MAX_MS } };
    expect(only(long, { name: "pace", values: [86_400_000] }).stop.durationMs).toBe(
      DURATION_MAX_MS,
    );
  });

  it("scales the others so that hash rates keep their sum and proportions", () => {
    for (const percent of [0, 10, 35, 99]) {
      const { agents } = only(ATTACKED, { name: "attacker", values: [percent] });
      const sum = agents.reduce((total, { hashrate }) => total + hashrate, 0);
      const weights = agents.map(({ weight }) => weight);
      expect(sum).toBeCloseTo(100, 9);
      expect(weights.reduce((total, weight) => total + weight, 0)).toBeCloseTo(1, 12);
      expect(agents[0]?.hashrate).toBeCloseTo(percent, 9);
      expect(weights[0]).toBeCloseTo(percent / 100, 12);
      expect((weights[2] ?? 0) / (weights[1] ?? 0)).toBeCloseTo(4, 9);
    }
  });

  it("changes peers and links", () => {
    expect(only(ATTACKED, { name: "peers", values: [500] }).peers).toBe(500);
    const [point] = expandSweep(ATTACKED, [
      { name: "degree", values: [16] },
      { name: "peers", values: [500] },
    ]).points;
    expect(point?.scenario.topology).toEqual({ kind: "random", degree: 16 });
  });

  it.each<[string, Scenario, readonly SweepAxis[], string, object]>([
    ["no axis", HONEST, [], "sweep-no-axis", {}],
    ["no value", HONEST, [{ name: "pace", values: [] }], "sweep-no-axis", {}],
    [
      "a negative delay",
      HONEST,
      [{ name: "latency", values: [-1] }],
      "sweep-value",
      { axis: "latency", value: -1 },
    ],
    [
      "no number",
      HONEST,
      [{ name: "latency", values: [Number.NaN] }],
      "sweep-value",
      { axis: "latency" },
    ],
    ["part of a ms", HONEST, [{ name: "latency", values: [0.5] }], "sweep-value", { value: 0.5 }],
    [
      "too long a delay",
      HONEST,
      [{ name: "latency", values: [600_001] }],
      "sweep-value",
      { max: 600_000 },
    ],
    [
      "too quick a pace",
      HONEST,
      [{ name: "pace", values: [1_999] }],
      "sweep-value",
      { min: 2_000 },
    ],
    [
      "too slow a pace",
      HONEST,
      [{ name: "pace", values: [86_400_001] }],
      "sweep-value",
      { max: 86_400_000 },
    ],
    [
      "fewer peers than agents",
      HONEST,
      [{ name: "peers", values: [1] }],
      "sweep-value",
      { min: 2 },
    ],
    [
      "too many peers of a mesh",
      HONEST,
      [{ name: "peers", values: [201] }],
      "sweep-value",
      { max: 200 },
    ],
    [
      "too many peers",
      ATTACKED,
      [{ name: "peers", values: [20_001] }],
      "sweep-value",
      { max: 20_000 },
    ],
    [
      "a share of everything",
      ATTACKED,
      [{ name: "attacker", values: [100] }],
      "sweep-value",
      { max: 99 },
    ],
    [
      "nobody who attacks",
      HONEST,
      [{ name: "attacker", values: [10] }],
      "sweep-attacker",
      { attackers: 0 },
    ],
    [
      "links of a mesh",
      HONEST,
      [{ name: "degree", values: [4] }],
      "sweep-degree",
      { topology: "mesh" },
    ],
    [
      "the pace of a trace",
      { ...HONEST, trace: [{ atMs: 1, agent: 0 }] },
      [{ name: "pace", values: [2_000] }],
      "sweep-trace",
      { axis: "pace" },
    ],
    [
      "more links than peers",
      ATTACKED,
      [{ name: "degree", values: [3] }],
      "sweep-value",
      { max: 2 },
    ],
    [
      "too many links",
      ATTACKED,
      [
        { name: "peers", values: [500] },
        { name: "degree", values: [65] },
      ],
      "sweep-value",
      { max: 64 },
    ],
    [
      "the controller with an attacker",
      { ...ATTACKED, engine: "controller" },
      [{ name: "latency", values: [1] }],
      "controller-needs-autonomous",
      {},
    ],
    [
      "a pace that the controller cannot keep",
      { ...HONEST, engine: "controller" },
      [{ name: "pace", values: [4_000] }],
      "controller-interval-too-short",
      {},
    ],
  ])("refuses %s", (_, scenario, axes, code, data) => {
    expect(() => expandSweep(scenario, axes)).toThrow(
      expect.objectContaining({ code, data: expect.objectContaining(data) }),
    );
  });

  it("refuses two attackers, and one who is alone", () => {
    const attack = { kind: "selfish", fromMs: 0, depth: 0 } as const;
    const axis: SweepAxis = { name: "attacker", values: [10] };
    const all = { ...ATTACKED, agents: ATTACKED.agents.map((agent) => ({ ...agent, attack })) };
    const refusal = { code: "sweep-attacker" };
    expect(() => expandSweep(all, [axis])).toThrow(expect.objectContaining(refusal));
    const alone = { ...ATTACKED, agents: ATTACKED.agents.slice(0, 1) };
    expect(() => expandSweep(alone, [axis])).toThrow(expect.objectContaining(refusal));
  });

  it("SWEEP_POINTS_MAX: the most is made, more is refused before they are made", () => {
    const most: SweepAxis = { name: "latency", values: counted(SWEEP_POINTS_MAX) };
    expect(expandSweep(HONEST, [most]).points).toHaveLength(SWEEP_POINTS_MAX);
    const beyond = [
      { name: "latency", values: counted(100_000) },
      { name: "pace", values: counted(100_000) },
    ] as const;
    expect(() => expandSweep(HONEST, beyond)).toThrow(
      expect.objectContaining({
        code: "sweep-too-many-points",
        data: { points: 10_000_000_000, max: SWEEP_POINTS_MAX },
      }),
    );
    expect(() => expandSweep(HONEST, [{ ...most, values: counted(SWEEP_POINTS_MAX + 1) }])).toThrow(
      expect.objectContaining({ code: "sweep-too-many-points" }),
    );
  });
});

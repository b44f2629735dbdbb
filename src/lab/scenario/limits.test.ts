import { describe, expect, it } from "vitest";
import { MAX_CONTROLLER_PEERS } from "../controller/check-scenario.ts";
import * as limits from "./limits.ts";
import { parseScenario } from "./parse-scenario.ts";

const MINER = "{ id: anna, is_miner: true, hashrate: 100 }";

function withLab(lab: string, extra = ""): string {
  return `agents: { user_agents: [${MINER}${extra}] }\nlab: { ${lab} }\n`;
}

function repeated(count: number, item: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => item(index)).join(", ");
}

/** What is just right, what is one too much, and the code that says so. */
type Row = readonly [name: keyof typeof limits, right: string, beyond: string, code: string];

function number(
  key: string,
  most: number,
  code = "out-of-range",
  unit = "",
): [string, string, string] {
  const at = (value: number): string => withLab(`${key}: ${String(value)}${unit}`);
  return [at(most), at(most + 1), code];
}

const ROWS: readonly Row[] = [
  [
    "SCENARIO_TEXT_MAX",
    withLab("").padEnd(limits.SCENARIO_TEXT_MAX, "#"),
    withLab("").padEnd(limits.SCENARIO_TEXT_MAX + 1, "#"),
    "text-too-long",
  ],
  [
    "AGENTS_MAX",
    withLab("", `, { count: ${String(limits.AGENTS_MAX - 1)} }`),
    withLab("", `, { count: ${String(limits.AGENTS_MAX)} }`),
    "too-many",
  ],
  ["PEERS_MAX", ...number("peers", limits.PEERS_MAX)],
  [
    "MESH_PEERS_MAX",
    withLab(`topology: mesh, peers: ${String(limits.MESH_PEERS_MAX)}`),
    withLab(`topology: mesh, peers: ${String(limits.MESH_PEERS_MAX + 1)}`),
    "too-many-peers",
  ],
  [
    "DEGREE_MAX",
    withLab(`peers: 99, topology: { kind: dag, degree: ${String(limits.DEGREE_MAX)} }`),
    withLab(`peers: 99, topology: { kind: dag, degree: ${String(limits.DEGREE_MAX + 1)} }`),
    "out-of-range",
  ],
  ["BLOCKS_MAX", ...number("blocks", limits.BLOCKS_MAX)],
  ["DURATION_MAX_MS", ...number("duration", limits.DURATION_MAX_MS, "out-of-range", "ms")],
  [
    "PHASES_MAX",
    withLab(
      `phases: [${repeated(limits.PHASES_MAX, (index) => `{ at: ${String(index)}, groups: 1 }`)}]`,
    ),
    withLab(
      `phases: [${repeated(limits.PHASES_MAX + 1, (index) => `{ at: ${String(index)}, groups: 1 }`)}]`,
    ),
    "too-many",
  ],
  [
    "TRACE_MAX",
    withLab(`trace: [${repeated(limits.TRACE_MAX, () => "[1, anna]")}]`),
    withLab(`trace: [${repeated(limits.TRACE_MAX + 1, () => "[1, anna]")}]`),
    "too-many",
  ],
  [
    "GROUPS_MAX",
    withLab(`peers: 99, phases: [{ at: 1, groups: ${String(limits.GROUPS_MAX)} }]`),
    withLab(`peers: 99, phases: [{ at: 1, groups: ${String(limits.GROUPS_MAX + 1)} }]`),
    "out-of-range",
  ],
  [
    "SEEDS_MAX",
    withLab(`seeds: [${repeated(limits.SEEDS_MAX, String)}]`),
    withLab(`seeds: [${repeated(limits.SEEDS_MAX + 1, String)}]`),
    "too-many",
  ],
  ["SEED_MAX", ...number("seed", limits.SEED_MAX)],
  ["TOTAL_HASHRATE_MAX", ...number("total_hashrate", limits.TOTAL_HASHRATE_MAX)],
  ["LATENCY_MAX_MS", ...number("latency", limits.LATENCY_MAX_MS)],
  [
    "VERIFY_MAX_MS",
    withLab(`latency: { verify: ${String(limits.VERIFY_MAX_MS)} }`),
    withLab(`latency: { verify: ${String(limits.VERIFY_MAX_MS + 1)} }`),
    "out-of-range",
  ],
  [
    "FACTOR_MAX",
    withLab(`phases: [{ at: 1, hashrate_factor: ${String(limits.FACTOR_MAX)} }]`),
    withLab(`phases: [{ at: 1, hashrate_factor: ${String(limits.FACTOR_MAX)}.1 }]`),
    "out-of-range",
  ],
  [
    "INTERVAL_MAX_MS",
    withLab("", `, { transaction_interval: ${String(limits.INTERVAL_MAX_MS)}ms }`),
    withLab("", `, { transaction_interval: ${String(limits.INTERVAL_MAX_MS + 1)}ms }`),
    "out-of-range",
  ],
  [
    "AMOUNT_MAX_TOKENS",
    withLab("", `, { max_transaction_amount: ${String(limits.AMOUNT_MAX_TOKENS)} }`),
    withLab("", `, { max_transaction_amount: ${String(limits.AMOUNT_MAX_TOKENS)}.1 }`),
    "out-of-range",
  ],
  [
    "ID_MAX_LENGTH",
    withLab("", `, { id: ${"b".repeat(limits.ID_MAX_LENGTH)} }`),
    withLab("", `, { id: ${"b".repeat(limits.ID_MAX_LENGTH + 1)} }`),
    "bad-text",
  ],
  [
    "NAME_MAX_LENGTH",
    withLab(`name: ${"n".repeat(limits.NAME_MAX_LENGTH)}`),
    withLab(`name: ${"n".repeat(limits.NAME_MAX_LENGTH + 1)}`),
    "bad-text",
  ],
  [
    "DESCRIPTION_MAX_LENGTH",
    withLab(`description: ${"d".repeat(limits.DESCRIPTION_MAX_LENGTH)}`),
    withLab(`description: ${"d".repeat(limits.DESCRIPTION_MAX_LENGTH + 1)}`),
    "bad-text",
  ],
  [
    "ATTRIBUTES_MAX",
    withLab(
      "",
      `, { attributes: { ${repeated(limits.ATTRIBUTES_MAX, (index) => `x_${String(index)}: a`)} } }`,
    ),
    withLab(
      "",
      `, { attributes: { ${repeated(limits.ATTRIBUTES_MAX + 1, (index) => `x_${String(index)}: a`)} } }`,
    ),
    "too-many",
  ],
];

describe("caps of a scenario", () => {
  it.each(ROWS)("%s: the most is read, more is a problem", (_, right, beyond, code) => {
    expect(parseScenario(right).problems).toEqual([]);
    const { scenario, problems } = parseScenario(beyond);
    expect(scenario).toBeNull();
    expect(problems.map((problem) => problem.code)).toContain(code);
  });

  it("HASHRATE_MAX: more is a problem", () => {
    const { problems } = parseScenario(
      `agents: { user_agents: [{ is_miner: true, hashrate: ${String(limits.HASHRATE_MAX)}.1 }] }`,
    );
    expect(problems.map(({ code }) => code)).toContain("out-of-range");
  });

  it("MAX_CONTROLLER_PEERS: the most is read, more is a problem", () => {
    const at = (peers: number): string => withLab(`engine: controller, peers: ${String(peers)}`);
    expect(parseScenario(at(MAX_CONTROLLER_PEERS)).problems).toEqual([]);
    const codes = parseScenario(at(MAX_CONTROLLER_PEERS + 1)).problems.map(({ code }) => code);
    expect(codes).toEqual(["too-many-peers"]);
  });

  it("SCENARIO_PROBLEMS_MAX: no more are listed", () => {
    const { problems } = parseScenario(withLab(repeated(500, (index) => `k${String(index)}: 1`)));
    expect(problems).toHaveLength(limits.SCENARIO_PROBLEMS_MAX);
  });

  it("CONTROLLER_ARGUMENTS_MAX: a longer command line is refused", () => {
    const codes = (count: number): readonly string[] =>
      parseScenario(
        `agents: { user_agents: [${MINER}], block_controller: { arguments: [${repeated(count, () => '"--blocks 1"')}] } }`,
      ).problems.map(({ code }) => code);
    expect(codes(limits.CONTROLLER_ARGUMENTS_MAX)).not.toContain("too-many");
    expect(codes(limits.CONTROLLER_ARGUMENTS_MAX + 1)).toContain("too-many");
  });

  it("DURATION_WITHOUT_ONE_PACES: a run of blocks alone ends some time", () => {
    const { scenario } = parseScenario(withLab("blocks: 10, pace: 2s"));
    expect(scenario?.stop.durationMs).toBe(10 * 2_000 * limits.DURATION_WITHOUT_ONE_PACES);
    const long = parseScenario(withLab("blocks: 1000000, pace: 1d"));
    expect(long.scenario?.stop.durationMs).toBe(limits.DURATION_MAX_MS);
  });

  it.each(["[", "{a: ", "- ", "? ", "a:\n "])(
    "SCENARIO_DEPTH_MAX: a tower of %j is refused at once",
    (piece) => {
      const tower =
        piece === "a:\n "
          ? Array.from({ length: 700 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n")
          : piece.repeat(Math.floor(limits.SCENARIO_TEXT_MAX / piece.length));
      expect(parseScenario(tower).problems.map(({ code }) => code)).toEqual(["too-deep"]);
    },
  );

  it("a billion laughs cost nothing", () => {
    const laughs = Array.from({ length: 30 }, (_, index) => {
      const before = `*l${String(index - 1)}`;
      const parts = index === 0 ? "ha" : Array.from({ length: 10 }, () => before).join(", ");
      return `  l${String(index)}: &l${String(index)} [${parts}]\n`;
    });
    const { problems } = parseScenario(`lab:\n${laughs.join("")}`);
    expect(problems.filter(({ code }) => code === "unknown-key")).toHaveLength(30);
  });
});

import { describe, expect, it } from "vitest";
import { SCENARIO_PROBLEMS_MAX } from "./limits.ts";
import { parseScenario } from "./parse-scenario.ts";

const MINER = "{ id: anna, is_miner: true, hashrate: 100 }";

function repeated(count: number, item: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => item(index)).join(", ");
}

/** Twenty million mistakes in a text that fits a link. */
const MULTIPLIED: readonly [string, string, string][] = [
  [
    "unknown keys",
    `agents: { user_agents: [&a { ${repeated(10_000, (index) => `k${String(index)}: `)} }, ${repeated(1_999, () => "*a")}] }`,
    "unknown-key",
  ],
  [
    "agents that phases do not find",
    `agents: { user_agents: [{ is_miner: true, hashrate: 1, count: 2000, id: ${"b".repeat(35)} }] }
lab: { phases: [{ at: 0, online: &o { ${repeated(2_000, (index) => `${"c".repeat(30)}${String(index)}: no`)} } }, ${repeated(99, (index) => `{ at: ${String(index + 1)}, online: *o }`)}] }`,
    "unknown-agent",
  ],
  [
    "attackers that nobody is",
    `agents: { user_agents: [{ is_miner: true, hashrate: 1, count: 2000, id: ${"b".repeat(35)} }] }
lab: { attackers: [&o { agent: ${"c".repeat(40)}, kind: cheat }, ${repeated(1_999, () => "*o")}] }`,
    "unknown-agent",
  ],
];

describe("problems of a configuration", () => {
  it.each(MULTIPLIED)("are looked for no further than they are listed: %s", (_, yaml, code) => {
    const { scenario, problems } = parseScenario(yaml);
    expect(scenario).toBeNull();
    expect(problems.filter((problem) => problem.code === code)).toHaveLength(SCENARIO_PROBLEMS_MAX);
  });

  it("that are errors are listed however many warnings stand before them", () => {
    const ignored = repeated(9, (index) => `daemon_${String(index)}: x`);
    const warned = `{ is_miner: true, hashrate: 1, ${ignored} }`;
    const { scenario, problems } = parseScenario(
      `agents: { user_agents: [${repeated(20, () => warned)}] }\nlab: { pace: never }`,
    );
    expect(scenario).toBeNull();
    expect(problems).toHaveLength(SCENARIO_PROBLEMS_MAX);
    expect(problems.filter(({ severity }) => severity === "error")).toMatchObject([
      { code: "not-a-time", line: 2 },
    ]);
  });

  it("that are warnings make no error of each other, be they ever so many", () => {
    const ignored = repeated(9, (index) => `daemon_${String(index)}: x`);
    const { scenario } = parseScenario(
      `agents: { user_agents: [${MINER}, ${repeated(20, () => `{ ${ignored} }`)}] }`,
    );
    expect(scenario).not.toBeNull();
  });
});

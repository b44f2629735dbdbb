import { describe, expect, it } from "vitest";
import { parseScenario } from "./parse-scenario.ts";
import { INVALID_AGENTS, INVALID_CONTROLLERS, NOT_READABLE } from "./testing/invalid-agents.ts";
import { DOUBTFUL, INVALID_LABS } from "./testing/invalid-lab.ts";

const ERRORS = [...NOT_READABLE, ...INVALID_AGENTS, ...INVALID_CONTROLLERS, ...INVALID_LABS];

describe("configurations that are wrong", () => {
  it.each(ERRORS)("%s: an error with its line", (_, yaml, code, line) => {
    const { scenario, problems } = parseScenario(yaml);
    const errors = problems.filter(({ severity }) => severity === "error");
    expect(scenario).toBeNull();
    expect(errors.map((problem) => [problem.code, problem.line])).toContainEqual([code, line]);
  });

  it.each(ERRORS)("%s: nothing else on another line is called an error", (_, yaml, code, line) => {
    const others = parseScenario(yaml).problems.filter(
      (problem) => problem.severity === "error" && problem.line !== line && problem.code !== code,
    );
    // A miner of which nothing is known may also leave nobody who mines, and a bad list no list at all.
    const knownToFollow = ["no-miners", "missing-key", "not-yaml"];
    expect(others.filter((problem) => !knownToFollow.includes(problem.code))).toEqual([]);
  });
});

describe("configurations that are doubtful", () => {
  it.each(DOUBTFUL)("%s: a warning with its line, and a scenario", (_, yaml, code, line) => {
    const { scenario, problems } = parseScenario(yaml);
    expect(scenario).not.toBeNull();
    expect(problems.map((problem) => [problem.severity, problem.code, problem.line])).toEqual([
      ["warning", code, line],
    ]);
  });

  it.each(DOUBTFUL)("%s: an error when read strictly", (_, yaml, code, line) => {
    const { scenario, problems } = parseScenario(yaml, { strict: true });
    expect(scenario).toBeNull();
    expect(problems.map((problem) => [problem.severity, problem.code, problem.line])).toEqual([
      ["error", code, line],
    ]);
  });
});

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EXAMPLES } from "./examples.ts";
import { parseScenario } from "./parse-scenario.ts";
import { SCHEMA_HELP } from "./schema-help.ts";

const SEED = 20_260_402;
const LETTERS = Array.from("[]{},:-?#&*!|>'\"%@`~ \n\t\r\\0a<");

/** The contract that holds for every text. */
function check(yaml: string): void {
  const { scenario, problems } = parseScenario(yaml);
  const lines = yaml.split(/\n/).length;
  expect(scenario === null).toBe(problems.some(({ severity }) => severity === "error"));
  for (const problem of problems) {
    expect(problem.line).toBeGreaterThanOrEqual(1);
    expect(problem.line).toBeLessThanOrEqual(lines);
    expect(problem.column).toBeGreaterThanOrEqual(1);
    expect(problem.message).not.toBe("");
  }
  if (scenario === null) return;
  const sum = scenario.agents.reduce((total, { weight }) => total + weight, 0);
  expect(sum).toBeCloseTo(1, 9);
  expect(Number.isFinite(scenario.stop.durationMs)).toBe(true);
  expect(JSON.parse(JSON.stringify(scenario))).toEqual(scenario);
}

/** Any UTF-16 code unit, lone surrogates too; the library's own unit for that takes a second to set up. */
const codeUnit = fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit));
const LAST_KEYS = SCHEMA_HELP.map(({ path }) => path.split(".").at(-1) ?? "");
const scalar = fc.oneof(
  fc.constantFrom(
    "true",
    "no",
    "~",
    "",
    "-1",
    "0",
    "25",
    "1e3",
    ".nan",
    "2m",
    "80ms",
    "1 MH/s",
    "selfish",
  ),
  fc.integer().map(String),
  fc.double().map(String),
  fc.string({ maxLength: 8 }).map((text) => JSON.stringify(text)),
);
/** Mappings of known and unknown keys, in flow style. */
const { tree } = fc.letrec<{ tree: string }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    scalar,
    fc.array(tie("tree"), { maxLength: 4 }).map((items) => `[${items.join(", ")}]`),
    fc
      .array(
        fc.tuple(fc.oneof(fc.constantFrom(...LAST_KEYS), fc.constant("__proto__")), tie("tree")),
        { maxLength: 6 },
      )
      .map((entries) => `{${entries.map(([key, value]) => `"${key}": ${value}`).join(", ")}}`),
  ),
}));

describe("parseScenario", () => {
  it("answers problems, and never throws, for any text", () => {
    fc.assert(fc.property(fc.string({ unit: codeUnit, maxLength: 300 }), check), {
      seed: SEED,
      numRuns: 100,
    });
  });

  it("answers problems for any text of the letters that YAML gives a meaning", () => {
    const letters = fc.oneof(
      fc.constantFrom("agents", "lab", "[", "{", ":", "-"),
      fc.string({ unit: fc.constantFrom(...LETTERS), minLength: 1, maxLength: 3 }),
    );
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 80 }), (parts) => check(parts.join(""))),
      { seed: SEED, numRuns: 200 },
    );
  });

  it("answers problems for any tree of its keys", () => {
    fc.assert(
      fc.property(tree, tree, tree, (agents, lab, general) => {
        check(`agents: ${agents}\nlab: ${lab}\ngeneral: ${general}\n`);
      }),
      { seed: SEED, numRuns: 150 },
    );
  });

  it("answers problems for any tree beside agents that are right", () => {
    fc.assert(
      fc.property(tree, tree, (lab, controller) => {
        check(
          `agents: { user_agents: [{ is_miner: true, hashrate: 9 }], block_controller: ${controller} }\nlab: ${lab}\n`,
        );
      }),
      { seed: SEED, numRuns: 150 },
    );
  });

  it("answers problems for an example with any stretch replaced", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...EXAMPLES),
        fc.nat({ max: 1_500 }),
        fc.nat({ max: 40 }),
        fc.oneof(scalar, fc.string({ maxLength: 10 }), fc.constantFrom("\n", "  ", "- ", ": ")),
        ({ yaml }, start, length, patch) => {
          const at = start % yaml.length;
          check(yaml.slice(0, at) + patch + yaml.slice(at + length));
        },
      ),
      { seed: SEED, numRuns: 150 },
    );
  });
});

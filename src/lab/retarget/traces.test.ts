import { describe, expect, it } from "vitest";
import { parseScenario } from "../scenario/parse-scenario.ts";
import { TRACES } from "./traces.ts";

describe("the traces that decide the difficulty rule [DIF-3]", () => {
  it.each(TRACES)("$id has no problem, not even read strictly", ({ yaml, title }) => {
    const { scenario, problems } = parseScenario(yaml, { strict: true });
    expect(problems).toEqual([]);
    expect(scenario).toMatchObject({
      name: title,
      engine: "autonomous",
      paceMs: 60_000,
      rest: true,
      seeds: [1, 2, 3],
    });
  });

  it("have churn, nights and attackers among them, under ids of their own", () => {
    expect(new Set(TRACES.map(({ id }) => id)).size).toBe(TRACES.length);
    const scenarios = TRACES.map(({ yaml }) => parseScenario(yaml).scenario);
    expect(scenarios.filter((scenario) => scenario?.churn !== null)).toHaveLength(1);
    expect(scenarios.map((scenario) => scenario?.phases.length)).toEqual([
      0, 0, 2, 2, 2, 15, 15, 0, 0, 0,
    ]);
    const attacks = scenarios.flatMap((scenario) =>
      (scenario?.agents ?? []).flatMap(({ attack }) => (attack === null ? [] : [attack.kind])),
    );
    expect(attacks).toEqual(["hopper", "time-shift", "selfish"]);
  });
});

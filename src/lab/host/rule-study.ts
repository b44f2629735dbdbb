/**
 * A scenario under each difficulty rule, with the courses that charts draw.
 *
 * @module
 */
import { compareRules } from "../retarget/compare-rules.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { summarise } from "../statistics/summarise.ts";
import type { Drive } from "./drive-runs.ts";
import type { RuleCourse, RuleStudy } from "./protocol.ts";

/** Runs it; rejects as `drive` does. */
export async function studyRules(scenario: Scenario, drive: Drive): Promise<RuleStudy> {
  const { engine, seeds, phases } = scenario;
  const courses: RuleCourse[] = [];
  const comparison = await compareRules(scenario, async (underRule, seed) => {
    const rule = underRule.retarget;
    const record = await drive(
      underRule,
      seed,
      seeds.length === 1 ? rule : `${rule}, seed ${seed}`,
    );
    const { atMs, height, work } = record.series;
    if (seed === seeds[0]) courses.push({ rule, atMs, height, work });
    return summarise(record);
  });
  return {
    comparison,
    courses,
    engine,
    phases: phases.map(({ atMs, label }) => ({ atMs, label })),
  };
}

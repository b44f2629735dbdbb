import { describe, expect, it } from "vitest";
import { createRun } from "../create-run.ts";
import { driveRun } from "../drive-run.ts";
import type { RunView } from "../host/protocol.ts";
import { runViewOf } from "../host/run-view.ts";
import { parseScenario } from "../scenario/parse-scenario.ts";
import type { Experiment } from "./experiment.ts";
import { EXPERIMENTS } from "./experiments.ts";
import { blocksBetween, meanTimeBetween, meanWorkBetween, shareOf } from "./figures.ts";

const MINUTE = 60_000;

/** Runs all cases with their own seeds; those with a height only as far as `blocks`. */
async function runsOf(id: string, blocks = 400): Promise<readonly RunView[]> {
  const experiment = EXPERIMENTS.find((one) => one.id === id);
  const views: RunView[] = [];
  for (const { yaml } of experiment?.variants ?? []) {
    const { scenario } = parseScenario(yaml);
    if (scenario === null) throw new Error("no scenario");
    const stop = { ...scenario.stop, blocks: Math.min(blocks, scenario.stop.blocks) };
    const run = await createRun({ ...scenario, stop }, scenario.seeds[0] ?? 0);
    const record = await driveRun(run, { now: () => 0, pause: async () => {} });
    views.push(runViewOf(record));
  }
  return views;
}

function answerOf(id: string, runs: readonly RunView[]): string {
  return (
    EXPERIMENTS.find((one) => one.id === id)
      ?.answer(runs)
      .join(" ") ?? ""
  );
}

describe("the guided experiments", () => {
  it.each(EXPERIMENTS.map((experiment) => [experiment.id, experiment] as const))(
    "%s reads well and runs as it is written",
    (_, { text, question, variants, answer }: Experiment) => {
      const words = text.split(/\s+/).length;
      expect(words).toBeGreaterThan(60);
      expect(words).toBeLessThan(115);
      expect(question).toMatch(/\?$/);
      for (const { yaml } of variants) {
        expect(parseScenario(yaml, { strict: true }).problems).toEqual([]);
      }
      expect(answer([])).toEqual([]);
    },
  );

  it("difficulty follows the power, and the pace comes back", async () => {
    const runs = await runsOf("what-is-difficulty", 10_000);
    const [view] = runs;
    if (view === undefined) throw new Error("no run");
    const grown =
      meanWorkBetween(view, 110 * MINUTE, 180 * MINUTE) /
      meanWorkBetween(view, 20 * MINUTE, 90 * MINUTE);
    expect(grown).toBeGreaterThan(5);
    expect(grown).toBeLessThan(12);
    const before = meanTimeBetween(view, 0, 90 * MINUTE);
    expect(meanTimeBetween(view, 90 * MINUTE, 93 * MINUTE)).toBeLessThan(0.6 * before);
    const later = meanTimeBetween(view, 110 * MINUTE, 180 * MINUTE);
    expect(Math.abs(later / before - 1)).toBeLessThan(0.25);
    expect(meanTimeBetween(view, 180 * MINUTE, 195 * MINUTE)).toBeGreaterThan(1.3 * before);
    expect(answerOf("what-is-difficulty", runs)).toContain("times as many tries");
  });

  it("forks come with slow news at a quick pace, and with neither alone", async () => {
    const runs = await runsOf("why-forks");
    const [far = 0, calm = 0, near = 0] = runs.map(({ summary }) => summary.forks.staleRate);
    expect(far).toBeGreaterThan(0.1);
    expect(calm).toBeLessThan(far / 3);
    expect(near).toBeLessThan(far / 3);
    // The rule of thumb of the answer, within a factor of two.
    const { propagation, scenario } = runs[0]?.summary ?? {};
    const rule = (propagation?.median ?? 0) / (scenario?.paceMs ?? 1);
    expect(far / rule).toBeGreaterThan(0.5);
    expect(far / rule).toBeLessThan(2);
  });

  it("six paragraphs are safe from 30 %, and not from 60 %", async () => {
    const runs = await runsOf("fifty-one", 250);
    const [thirty, sixty] = runs;
    if (thirty === undefined || sixty === undefined) throw new Error("no runs");
    expect(sixty.summary.forks.deepest).toBeGreaterThanOrEqual(6);
    expect(shareOf(sixty, "attacker")).toBeGreaterThan(0.85);
    expect(thirty.summary.forks.deepest).toBeLessThan(6);
    expect(shareOf(thirty, "attacker")).toBeLessThan(0.1);
  });

  it("the rest holds the large one back, unless it has many keys", async () => {
    const [rest, none, keys] = (await runsOf("why-rest")).map((view) => shareOf(view, "large"));
    expect(rest).toBeLessThan(0.5);
    expect(none).toBeGreaterThan(0.53);
    expect(keys).toBeGreaterThan(0.53);
  });

  it("the story's rule is the first to wake when everyone goes home", async () => {
    const runs = await runsOf("everyone-goes-home", 10_000);
    const [relief = 0, average = 0, asert = 0] = runs.map((view) =>
      blocksBetween(view, 480 * MINUTE, 960 * MINUTE),
    );
    expect(relief).toBeGreaterThan(1.5 * average);
    expect(asert).toBeGreaterThan(1.5 * average);
    const dawn = runs.map((view) => blocksBetween(view, 960 * MINUTE, 990 * MINUTE));
    expect(dawn[0]).toBeLessThan(60);
    expect(Math.min(...dawn.slice(1))).toBeGreaterThan(80);
    const gaps = runs.map(({ summary }) => summary.stability.worstGapMs);
    expect(gaps[0]).toBeLessThan(0.6 * Math.min(...gaps.slice(1)));
  });
});

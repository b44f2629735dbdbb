import { describe, expect, it } from "vitest";
import { htmlReport } from "../report/html-report.ts";
import { blockTimesVerdict, sharesVerdict } from "../report/verdicts.ts";
import { compareRuns } from "./compare-runs.ts";
import { summarise } from "./summarise.ts";
import { makeRecord, type RecordOptions } from "./testing/make-record.ts";

const BLOCKS = 200;
const trace = Array.from({ length: BLOCKS }, (_, index) => ({ atMs: index, agent: 0 }));

/** A run that would pass every test of chance, of finds that were given. */
function traced(options: RecordOptions = {}) {
  return makeRecord({ blocks: BLOCKS, ...options, scenario: { ...options.scenario, trace } });
}

describe("figures of a run whose finds were given", () => {
  it("test no chance where there was none, and say so", () => {
    const [drawn, given] = [summarise(makeRecord({ blocks: BLOCKS })), summarise(traced())];
    expect([drawn.shareTest, drawn.blockTimes.fit]).not.toContain(null);
    expect([given.shareTest, given.blockTimes.fit]).toEqual([null, null]);
    expect([drawn.scenario.tracedFinds, given.scenario.tracedFinds]).toEqual([null, BLOCKS]);
    expect(sharesVerdict(given)).toContain("given by a trace of 200 finds");
    expect(blockTimesVerdict(given)).toMatch(/ The times are those of a trace\.$/);
    expect(JSON.parse(JSON.stringify(given))).toEqual(given);
  });

  it("do not hold a selfish miner against a theory of chance", () => {
    const record = traced({ blocks: 2_000, paceMs: 10_000 });
    const agents = record.scenario.agents.map((agent, index) =>
      index === 0 ? { ...agent, attack: { kind: "selfish" as const, fromMs: 0, depth: 1 } } : agent,
    );
    const at = (finds: typeof trace | null) =>
      summarise({ ...record, scenario: { ...record.scenario, agents, trace: finds } }).selfish[0];
    expect(at(null)?.comparable).toBe(true);
    expect(at(trace)?.unmet).toEqual(["by-chance"]);
  });

  it("show what each rule asked of the same finds", () => {
    const record = traced();
    const harder = { ...record.canon, work: record.canon.work.map((work) => work * 1.25) };
    const [a, b] = [summarise(record), summarise({ ...record, canon: harder })];
    expect(b.work?.mean).toBeCloseTo(1.25 * (a.work?.mean ?? 0), 6);
    const { work, blockTimes } = compareRuns(a, b);
    expect(work).toEqual({
      a: a.work?.mean,
      b: b.work?.mean,
      verdict: "The expected hashes of a block are 25 % more in B on average.",
    });
    expect(compareRuns(b, a).work.verdict).toContain("are 20 % fewer in B");
    expect(compareRuns(a, a).work.verdict).toContain("are the same on average");
    expect(blockTimes.test).toMatchObject({ t: 0, pValue: 1 });
  });

  it("make a report", () => {
    const record = traced();
    const text = htmlReport("lab: {}", [{ record, summary: summarise(record) }]);
    expect(text).toContain("given by a trace of 200 finds");
    expect(text).toContain("Expected hashes of a block, mean");
    expect(text).not.toMatch(/χ²|Kolmogorov/);
  });
});

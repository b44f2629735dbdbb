import { describe, expect, it } from "vitest";
import { countTests, runSteps, sumTests } from "./steps.mjs";

const node = (code: string) => [process.execPath, "-e", code];

describe("steps", () => {
  it("reads the reports of both runners", () => {
    expect(countTests({ numTotalTests: 5, numPassedTests: 4, numFailedTests: 1 })).toEqual({
      passed: 4,
      failed: 1,
    });
    const stats = { expected: 3, unexpected: 1, flaky: 1, skipped: 2 };
    expect(countTests({ stats, errors: [] })).toEqual({ passed: 4, failed: 1 });
    expect(countTests(undefined)).toBeUndefined();
  });

  it("adds up all runners and never hides a failure without a report", () => {
    const reports: Record<string, unknown> = {
      unit: { numTotalTests: 10, numPassedTests: 9, numFailedTests: 1 },
      browser: { numTotalTests: 2, numPassedTests: 2, numFailedTests: 0 },
    };
    const results = [
      { ok: false, report: "unit" },
      { ok: false, report: "browser" },
      { ok: true, report: "lost" },
      { ok: false },
      { ok: true },
    ];
    expect(sumTests(results, (path: string) => reports[path])).toEqual({ passed: 11, failed: 4 });
  });

  it("skips what needs a failed step, and keeps the order of results", async () => {
    const results = await runSteps([
      { name: "size", command: node(""), after: ["build"] },
      { name: "build", command: node("process.exit(3)") },
      { name: "rules", command: node("") },
    ]);
    expect(results.map(({ name, ok }: { name: string; ok: boolean }) => [name, ok])).toEqual([
      ["size", false],
      ["build", false],
      ["rules", true],
    ]);
  });
});

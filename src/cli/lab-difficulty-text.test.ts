import { describe, expect, it } from "vitest";
import type { RuleComparison, RuleRow } from "../lab/retarget/compare-rules.ts";
import { difficultyText } from "./lab-difficulty-text.ts";

const ROW: RuleRow = {
  rule: "relief",
  blocks: 2_811.33,
  meanWork: 52_252_900,
  meanToPace: 1.024,
  variation: 0.96,
  worstGapMs: 366_000,
  silentShare: 0.016,
  burst: 1.18,
  staleRate: 0.003,
  deepest: 1,
  attackerShare: null,
};

function comparison(rows: readonly RuleRow[], attackerWeight = 0): RuleComparison {
  return {
    format: "fabula-lab-difficulty/1",
    scenario: "Two days",
    paceMs: 60_000,
    durationMs: 172_800_000,
    seeds: [1, 2],
    attackerWeight,
    rows,
    runs: [],
  };
}

describe("difficultyText", () => {
  it("names the best of each column, several where they show the same", () => {
    const text = difficultyText(
      comparison([
        ROW,
        { ...ROW, rule: "average", meanToPace: 0.9, burst: 2, silentShare: 0.6 },
        { ...ROW, rule: "asert", meanToPace: 0.9994, burst: 1.1799, silentShare: 0.02 },
      ]),
      false,
    );
    expect(text.split("\n")).toEqual([
      "Two days: 2 d at a pace of 1 min, means over seeds 1, 2",
      "",
      "rule     blocks  mean hashes  mean ÷ pace  deviation ÷ mean  longest wait  silent  rush  stale  deepest",
      "relief    2,811   52,252,900         1.02              0.96     6 min 6 s  1.60 %  1.18  0.3 %        1",
      "average   2,811   52,252,900          0.9              0.96     6 min 6 s  60.0 %     2  0.3 %        1",
      "asert     2,811   52,252,900        0.999              0.96     6 min 6 s  2.00 %  1.18  0.3 %        1",
      "",
      "Best in each column – mean ÷ pace: asert; silent: relief; rush: relief, asert.",
      "",
      "Silent: share of the time in which the newest block was older than four paces. Rush: blocks in the",
      "busiest 60 paces ÷ 60. Deepest: most blocks that a peer gave up at once.",
    ]);
  });

  it("shows what attackers got where there are some", () => {
    const rows = [
      { ...ROW, attackerShare: 0.423 },
      { ...ROW, rule: "asert" as const, attackerShare: 0.445 },
    ];
    const text = difficultyText(comparison(rows, 0.35), false);
    expect(text).toContain("attackers\n");
    expect(text).toContain("Best in each column – attackers: relief.");
    expect(text).toContain(
      "Attackers: their share of the best chain, with 35.0 % of the hash rate.",
    );
    expect(difficultyText(comparison([ROW]), false)).not.toContain("ttackers");
  });

  it("names no best where nothing differs or nothing is known", () => {
    const unknown = { ...ROW, meanToPace: null, variation: null, burst: null };
    expect(difficultyText(comparison([unknown, { ...unknown, rule: "asert" }]), false)).toContain(
      "All rules show the same figures.",
    );
    expect(difficultyText(comparison([ROW, { ...unknown, rule: "asert" }]), false)).toContain(
      "Best in each column – mean ÷ pace: relief; deviation ÷ mean: relief; rush: relief.",
    );
  });

  it("says of given times that only what a rule asks can differ", () => {
    const rows = [ROW, { ...ROW, rule: "asert" as const, meanWork: 60_000_000 }];
    const said = "The times are given; what differs is what each rule asks (mean hashes).";
    const traced = difficultyText(comparison(rows), true);
    expect(traced).toContain(`\n\n${said}\n\n`);
    expect(traced).not.toContain("All rules");
    expect(difficultyText(comparison(rows), false)).toContain(
      "The rules differ in what they ask (mean hashes), and in nothing else.",
    );
    const deeper = { ...ROW, rule: "asert" as const, deepest: 3 };
    expect(difficultyText(comparison([ROW, deeper]), true)).toContain(
      `${said} Best in each column – deepest: relief.`,
    );
  });
});

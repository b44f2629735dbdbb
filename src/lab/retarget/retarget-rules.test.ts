import { describe, expect, it } from "vitest";
import type { HeaderEntry } from "../../chain/header-entry.ts";
import { compactFromTarget, targetFromCompact } from "../../kernel/target.ts";
import { requiredTarget } from "../../ledger/retarget.ts";
import { RETARGET_NAMES, type RetargetName } from "../scenario/scenario.ts";
import { minersYaml, runYaml } from "../testing/run-yaml.ts";
import { retargetRule } from "./retarget-rules.ts";
import { twoToThe } from "./two-to-the.ts";

const PACE_MS = 60_000;
const FIRST = 1n << 220n;
const parameters = {
  paceMs: PACE_MS,
  initialTarget: compactFromTarget(FIRST),
  maxTarget: compactFromTarget(FIRST << 4n),
};

/** A chain whose blocks came after these times, each stating what the rule asked of it. */
function chainOf(name: RetargetName, solveTimesMs: readonly number[]): HeaderEntry {
  const rule = retargetRule(name);
  let entry = {
    height: 0,
    timestampMs: 1_000_000,
    target: parameters.initialTarget,
    author: null,
    keyParent: null,
  } as unknown as HeaderEntry;
  for (const solveTimeMs of solveTimesMs) {
    const timestampMs = entry.timestampMs + solveTimeMs;
    entry = {
      height: entry.height + 1,
      timestampMs,
      target: rule.requiredTarget(parameters, entry, timestampMs),
      author: String(entry.height),
      keyParent: entry,
    } as unknown as HeaderEntry;
  }
  return entry;
}

/** Target asked for at once after the chain, in relation to the first. */
function easing(name: RetargetName, solveTimesMs: readonly number[]): number {
  const tip = chainOf(name, solveTimesMs);
  const compact = retargetRule(name).requiredTarget(parameters, tip, tip.timestampMs + 1);
  return Number((targetFromCompact(compact) * 1_000_000n) / FIRST) / 1_000_000;
}

const times = (count: number, ms: number): number[] => Array.from({ length: count }, () => ms);

describe("twoToThe", () => {
  it("is 2^x to within 0.02 %, for exponents on both sides of 0", () => {
    const value = 1n << 200n;
    for (let numerator = -3_000; numerator <= 3_000; numerator += 7) {
      const exact = 2 ** (numerator / 250);
      const power = twoToThe(value, BigInt(numerator), 250n);
      const ratio = Number((power * 1_000_000_000_000n) / value) / 1e12;
      expect(Math.abs(ratio - exact) / exact, `2^(${numerator}/250)`).toBeLessThan(0.000_2);
    }
  });

  it("ends at 0 and in the distance instead of growing for ever", () => {
    expect(twoToThe(1n << 200n, -1_000_000n, 1n)).toBe(0n);
    expect(twoToThe(1n, 1_000_000n, 1n)).toBe(1n << 512n);
  });
});

describe("the difficulty rules of the lab [DIF-3]", () => {
  it.each(RETARGET_NAMES)("%s asks for the first target while blocks come at the pace", (name) => {
    expect(easing(name, times(150, PACE_MS))).toBeCloseTo(1, 3);
  });

  it.each(RETARGET_NAMES.filter((name) => name !== "fixed"))(
    "%s eases when blocks are late and hardens when they are early",
    (name) => {
      expect(easing(name, times(20, 2 * PACE_MS))).toBeGreaterThan(1.4);
      expect(easing(name, times(20, PACE_MS / 2))).toBeLessThan(0.8);
    },
  );

  it("relief is the ledger's own rule [DIF-1] [DIF-2]", () => {
    const tip = chainOf("relief", [50_000, 90_000]);
    const facts = {
      timestampMs: tip.timestampMs,
      target: tip.target,
      author: tip.author,
      solveTimeMs: 90_000,
      sameAuthor: false,
    };
    for (const ageMs of [1, 4 * PACE_MS, 7 * PACE_MS]) {
      expect(retargetRule("relief").requiredTarget(parameters, tip, tip.timestampMs + ageMs)).toBe(
        requiredTarget(parameters, facts, tip.timestampMs + ageMs),
      );
    }
  });

  it("relief allows for no rest where nobody rests [TRK-1]", () => {
    const tip = { ...chainOf("relief", [50_000, 90_000]), author: "a" };
    const after = { ...tip, keyParent: { ...tip.keyParent, author: "a" } } as HeaderEntry;
    const [resting, restless] = [retargetRule("relief"), retargetRule("relief", false)];
    const atMs = after.timestampMs + 1;
    const [less, more] = [resting, restless].map((rule) =>
      targetFromCompact(rule.requiredTarget(parameters, after, atMs)),
    );
    expect(less).toBeLessThan(more ?? 0n);
  });

  it("average and mean-target change by at most four times with a block", () => {
    for (const name of ["average", "mean-target"] as const) {
      expect(easing(name, [...times(3, PACE_MS), 1_000 * PACE_MS])).toBeCloseTo(4, 4);
      expect(easing(name, times(2, 1))).toBeGreaterThanOrEqual(1 / 16 - 0.001);
    }
  });

  it("average answers one change again with each block of its window, mean-target does not", () => {
    const oneSlowBlock = [...times(150, PACE_MS), 60 * PACE_MS, ...times(60, PACE_MS)];
    expect(easing("average", oneSlowBlock)).toBe(16);
    expect(easing("mean-target", oneSlowBlock)).toBeLessThan(3);
  });

  it("steps begin where the target changes", () => {
    for (const name of ["relief", "asert-relief"] as const) {
      const rule = retargetRule(name);
      const tip = chainOf(name, times(5, PACE_MS));
      const begin: number[] = [];
      for (let ageMs = 1_000; ageMs < 9 * PACE_MS; ageMs += 1_000) {
        const before = rule.step(PACE_MS, ageMs - 1_000);
        if (rule.step(PACE_MS, ageMs) !== before)
          begin.push(ageMs - rule.nextStepMs(PACE_MS, before));
      }
      expect(begin).toEqual([0, 0, 0, 0, 0]);
      expect(rule.requiredTarget(parameters, tip, tip.timestampMs + 6 * PACE_MS)).toBeGreaterThan(
        rule.requiredTarget(parameters, tip, tip.timestampMs + 1),
      );
    }
  });

  it("after an empty night ASERT makes up for the time in which nobody was there, relief does not", async () => {
    const firstHour = async (retarget: RetargetName): Promise<number> => {
      const { canon } = await runYaml(
        minersYaml(
          [20, 20, 20, 20, 20],
          `duration: 12h
blocks: 5000
retarget: ${retarget}
phases:
  - { at: 2h, label: night, hashrate_factor: 0 }
  - { at: 10h, label: morning, hashrate_factor: 1 }`,
        ),
      );
      return canon.foundMs.filter((at) => at >= 36_000_000 && at < 39_600_000).length;
    };
    expect(await firstHour("relief")).toBeLessThan(90);
    expect(await firstHour("asert")).toBeGreaterThan(180);
  });
});

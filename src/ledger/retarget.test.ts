import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compactFromTarget, targetFromCompact, targetOfWork } from "../kernel/target.ts";
import type { KeyParentFacts } from "./retarget.ts";
import { baseTarget, reliefDoublings, requiredTarget } from "./retarget.ts";

const P = 60_000;
const compactOfWork = (work: bigint) => compactFromTarget(targetOfWork(work));
const parameters = {
  paceMs: P,
  initialTarget: compactOfWork(1n << 26n),
  maxTarget: compactOfWork(1n << 22n),
};
const stated = compactOfWork(1n << 26n);
const statedTarget = targetFromCompact(stated);

function parent(solveTimeMs: number | null, sameAuthor = false, target = stated): KeyParentFacts {
  return { timestampMs: 1_000_000, target, author: "a", solveTimeMs, sameAuthor };
}

describe("DIF-1", () => {
  it("[DIF-1] on the genesis the base is the initial target", () => {
    expect(baseTarget(parameters, parent(null))).toBe(targetFromCompact(parameters.initialTarget));
  });

  it("[DIF-1] a solve time of the pace keeps the target; faster hardens, slower eases by (s − P)/4P", () => {
    expect(baseTarget(parameters, parent(P))).toBe(statedTarget);
    expect(baseTarget(parameters, parent(0))).toBe((statedTarget * 3n) / 4n);
    expect(baseTarget(parameters, parent(P / 4))).toBe((statedTarget * 13n) / 16n);
    expect(baseTarget(parameters, parent(2 * P))).toBe((statedTarget * 5n) / 4n);
  });

  it("[DIF-1] counts at most 4P", () => {
    const most = (statedTarget * 7n) / 4n;
    expect(baseTarget(parameters, parent(4 * P))).toBe(most);
    expect(baseTarget(parameters, parent(4 * P + 1))).toBe(most);
    expect(baseTarget(parameters, parent(4 * P - 1))).toBeLessThan(most);
    expect(baseTarget(parameters, parent(1e12))).toBe(most);
  });

  it("[DIF-1] takes ⌊5P/4⌋ off where the author rested before it: a lone miner at 2.25 P is at pace", () => {
    expect(baseTarget(parameters, parent(2 * P + P / 4, true))).toBe(statedTarget);
    expect(baseTarget(parameters, parent(2 * P, true))).toBe((statedTarget * 15n) / 16n);
    const oddPace = { ...parameters, paceMs: 2_001 };
    const expected = (statedTarget * BigInt(3 * 2_001 + 4_002 - 2_501)) / (4n * 2_001n);
    expect(baseTarget(oddPace, parent(4_002, true))).toBe(expected);
  });

  it("[DIF-1] is capped at maxTarget and never 0", () => {
    const max = targetFromCompact(parameters.maxTarget);
    expect(baseTarget(parameters, parent(4 * P, false, parameters.maxTarget))).toBe(max);
    expect(baseTarget(parameters, parent(0, false, compactFromTarget(1n)))).toBe(1n);
  });
});

describe("DIF-2", () => {
  it("[DIF-2] relief begins at 4P and doubles each P", () => {
    const at = (ageMs: number) => reliefDoublings(P, ageMs);
    expect([0, 4 * P - 1, 4 * P, 5 * P - 1, 5 * P, 6 * P].map(at)).toEqual([0, 0, 1, 1, 2, 3]);
  });

  it("[DIF-2] states exactly compact(min(maxTarget, base · 2^k))", () => {
    const facts = parent(P);
    const at = (ageMs: number) => requiredTarget(parameters, facts, facts.timestampMs + ageMs);
    expect(at(4 * P - 1)).toBe(compactFromTarget(statedTarget));
    expect(at(4 * P)).toBe(compactFromTarget(statedTarget * 2n));
    expect(at(6 * P)).toBe(compactFromTarget(statedTarget * 8n));
    expect(at(7 * P)).toBe(parameters.maxTarget);
    expect(at(1e12)).toBe(parameters.maxTarget);
  });

  it("[DIF-2] never leaves 1…maxTarget, whatever the times (property)", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: targetFromCompact(parameters.maxTarget) }),
        fc.integer({ min: P / 4, max: 2 ** 45 }),
        fc.integer({ min: P / 4, max: 2 ** 45 }),
        fc.boolean(),
        (target, solveTimeMs, ageMs, rested) => {
          const sameAuthor = rested && solveTimeMs >= 2 * P;
          const facts = parent(solveTimeMs, sameAuthor, compactFromTarget(target));
          const next = targetFromCompact(
            requiredTarget(parameters, facts, facts.timestampMs + ageMs),
          );
          expect(next).toBeGreaterThanOrEqual(1n);
          expect(next).toBeLessThanOrEqual(targetFromCompact(parameters.maxTarget));
        },
      ),
    );
  });
});

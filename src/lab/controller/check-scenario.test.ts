import { describe, expect, it } from "vitest";
import type { Scenario } from "../scenario/scenario.ts";
import {
  checkForController,
  MAX_CONTROLLER_PEERS,
  MIN_INTERVAL_MS,
  storyPaceMs,
} from "./check-scenario.ts";
import { agent, controllerScenario, miners } from "./testing/scenarios.ts";

const refusal = (fields: Partial<Scenario>): unknown => {
  try {
    checkForController(controllerScenario(miners(50, 50), fields));
    return null;
  } catch (error) {
    const { code, data } = error as { code: string; data: object };
    return { code, ...data };
  }
};

describe("checkForController", () => {
  it("takes what real peers can play", () => {
    expect(refusal({})).toBeNull();
    expect(refusal({ paceMs: MIN_INTERVAL_MS, retarget: "fixed", rest: false })).toBeNull();
    expect(refusal({ peers: MAX_CONTROLLER_PEERS })).toBeNull();
  });

  it.each<[string, Partial<Scenario>, object]>([
    [
      "an interval that leaves no pace",
      { paceMs: MIN_INTERVAL_MS - 1 },
      { code: "controller-interval-too-short", intervalMs: 4_499, minMs: 4_500 },
    ],
    [
      "too many peers",
      { peers: MAX_CONTROLLER_PEERS + 1 },
      { code: "controller-too-many-peers", peers: 65, max: 64 },
    ],
    ["nobody who mines", { agents: [agent("reader")] }, { code: "controller-no-miners" }],
    [
      "an attacker",
      {
        agents: [
          ...miners(50),
          agent("thief", { attack: { kind: "selfish", fromMs: 0, depth: 1 } }),
        ],
      },
      { code: "controller-needs-autonomous", agent: "thief", attack: "selfish" },
    ],
    [
      "another retarget rule",
      { retarget: "asert" },
      { code: "controller-needs-autonomous", retarget: "asert" },
    ],
    [
      "finds that are given",
      { trace: [{ atMs: 5_000, agent: 0 }] },
      { code: "controller-needs-autonomous", key: "lab.trace" },
    ],
    [
      "a target to begin with",
      { initialTarget: 0x1f_0f_ff_ff },
      { code: "controller-needs-autonomous", key: "lab.initial_target" },
    ],
  ])("refuses %s", (_what, fields, data) => {
    expect(refusal(fields)).toEqual(data);
  });

  it("[TRK-1] [DIF-1] gives the story a pace at which one author alone keeps its target", () => {
    for (const intervalMs of [4_500, 4_501, 10_000, 120_000, 3_600_001]) {
      const paceMs = storyPaceMs(intervalMs);
      expect(intervalMs).toBeGreaterThanOrEqual(2 * paceMs);
      // DIF-1 eases or keeps the target when the solve time less the rest is a pace or more.
      expect(intervalMs - Math.floor((5 * paceMs) / 4)).toBeGreaterThanOrEqual(paceMs);
    }
    expect(storyPaceMs(MIN_INTERVAL_MS)).toBe(2_000);
  });
});

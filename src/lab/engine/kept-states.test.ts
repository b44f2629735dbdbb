import { describe, expect, it } from "vitest";
import { emptyStateMap } from "../../ledger/state-map.ts";
import { createKeptStates } from "./kept-states.ts";

describe("the states that are kept", () => {
  it("are the newest, and those that somebody builds on", () => {
    const states = createKeptStates(emptyStateMap, () => new Set([3, 5]));
    for (let number = 1; number <= 40; number++) states.add(number, number, { root: null });
    expect([0, 3, 5, 40].every((number) => states.get(number) !== undefined)).toBe(true);
    expect([1, 4, 6, 20].some((number) => states.get(number) !== undefined)).toBe(false);
  });

  it("are chosen by one look at who builds where, however many do", () => {
    let asked = 0;
    const built = new Set(Array.from({ length: 2_000 }, (_, number) => number));
    const states = createKeptStates(emptyStateMap, () => {
      asked++;
      return built;
    });
    for (let number = 1; number <= 2_100; number++) states.add(number, number, { root: null });
    expect(asked).toBeLessThanOrEqual(2_100);
    expect(states.get(1)).toBeDefined();
  });
});

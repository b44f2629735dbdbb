import { expect, test } from "vitest";
import { openScenario, takeBackAside, typedOptions, typeScenario } from "./lab-session.ts";
import { INITIAL_LAB, useLab, wholeNumber } from "./lab-store.ts";

test("a number field is empty, a whole number, or wrong", () => {
  expect(wholeNumber("", 10)).toBeNull();
  expect(wholeNumber(" 1,000 ", 5_000)).toBe(1_000);
  for (const typed of ["11", "-1", "1.5", "1e3", "x", "99999999999999999999"]) {
    expect(wholeNumber(typed, 10), typed).toBeNaN();
  }
});

test("zero blocks are no run, a seed of zero is a seed", () => {
  expect(typedOptions({ seed: "0", blocks: "0", strict: false })).toEqual({
    seed: 0,
    blocks: Number.NaN,
    strict: false,
  });
});

test("what was typed is put aside when another scenario is opened, and comes back", () => {
  useLab.setState(INITIAL_LAB);
  openScenario("one");
  expect(useLab.getState().aside).toBeNull();
  typeScenario("one, changed");
  openScenario("two", { experiment: "why-forks" });
  expect(useLab.getState()).toMatchObject({
    text: "two",
    aside: "one, changed",
    experiment: "why-forks",
  });
  // Opening a third over an unchanged second loses nothing of the first.
  openScenario("three");
  expect(useLab.getState()).toMatchObject({ text: "three", aside: "one, changed" });
  takeBackAside();
  expect(useLab.getState()).toMatchObject({ text: "one, changed", aside: null, experiment: null });
  // It is typed text again, and is put aside again.
  openScenario("four");
  expect(useLab.getState().aside).toBe("one, changed");
});

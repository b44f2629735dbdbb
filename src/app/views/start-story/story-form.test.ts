import { expect, test } from "vitest";
import { EMPTY_FORM, formErrors, storyParams } from "./story-form.ts";

const GOOD = { ...EMPTY_FORM, title: "The Bell", premise: "It began with a bell." };

test("a whole form has no errors and becomes the parameters", () => {
  expect(formErrors(GOOD)).toEqual({});
  expect(storyParams({ ...GOOD, paceMs: "custom", customSeconds: "2.5" })).toMatchObject({
    title: "The Bell",
    paceMs: 2500,
    maxWords: 140,
    contentRating: "everyone",
  });
});

test("[GEN-1] each field is held to the genesis' limits", () => {
  expect(Object.keys(formErrors(EMPTY_FORM)).sort()).toEqual(["premise", "title"]);
  expect(formErrors({ ...GOOD, title: "é".repeat(61) }).title).toContain("2 bytes");
  expect(formErrors({ ...GOOD, premise: "x".repeat(601) }).premise).toContain("1 bytes");
  expect(formErrors({ ...GOOD, rules: "x".repeat(201) }).rules).toBeDefined();
  expect(formErrors({ ...GOOD, maxWords: "0" }).maxWords).toBeDefined();
  expect(formErrors({ ...GOOD, maxWords: "" }).maxWords).toBeDefined();
  expect(formErrors({ ...GOOD, chapterLength: "1.5" }).chapterLength).toBeDefined();
  expect(formErrors({ ...GOOD, language: "english!" }).language).toBeDefined();
  for (const customSeconds of ["1.9", "86401", "soon", ""]) {
    expect(formErrors({ ...GOOD, paceMs: "custom", customSeconds }).customSeconds).toBeDefined();
  }
});

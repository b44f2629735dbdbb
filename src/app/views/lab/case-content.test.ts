import { expect, it } from "vitest";
import { runViewOf } from "../../../lab/host/run-view.ts";
import { makeRecord } from "../../../lab/statistics/testing/make-record.ts";
import { type Case, caseContent } from "./case-content.ts";

const CASES: readonly Case[] = [
  { label: "short", view: runViewOf(makeRecord({ blocks: 60 })) },
  { label: "long", view: runViewOf(makeRecord({ blocks: 240 })) },
];

it("brings cases of different length onto one axis", () => {
  const content = caseContent("share", CASES);
  const [short, long] = content?.series ?? [];
  expect(content?.x.values[120]).toBe(240);
  expect([short?.name, long?.name]).toEqual(["short", "long"]);
  const firstShare = CASES[0]?.view.firstShare;
  // A quarter of the way the short one has ended with its last value.
  expect(short?.values[30]).toBe(firstShare?.value.at(-1));
  expect(short?.values[31]).toBeNull();
  expect(long?.values[120]).toBe(CASES[1]?.view.firstShare.value.at(-1));
});

it("draws the pace beside the rates, and nothing without a case", () => {
  const series = caseContent("pace", CASES)?.series ?? [];
  expect(series.map(({ name }) => name)).toEqual(["short", "long", "the pace"]);
  expect(new Set(Array.from(series[2]?.values ?? []))).toEqual(new Set([1]));
  expect(caseContent("stale", [])).toBeNull();
});

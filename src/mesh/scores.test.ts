import { expect, test } from "vitest";
import { DISCONNECT_SCORE, MAX_SCORED_PEERS, PROBATION_SCORE, REFUSE_MS } from "./limits.ts";
import { Scores } from "./scores.ts";

function make(): { scores: Scores; pass: (ms: number) => void } {
  let nowMs = 1_000_000;
  const pass = (ms: number): void => {
    nowMs += ms;
  };
  return { scores: new Scores(() => nowMs), pass };
}

test("[NET-6] at −100 a peer is refused for ten minutes, then on probation", () => {
  const { scores, pass } = make();
  expect(scores.penalise("p", 60)).toBe(false);
  expect(scores.refused("p")).toBe(false);
  expect(scores.penalise("p", 40)).toBe(true);
  expect(scores.score("p")).toBe(DISCONNECT_SCORE);
  pass(REFUSE_MS - 1);
  expect(scores.refused("p")).toBe(true);
  pass(1);
  expect(scores.refused("p")).toBe(false);
  expect(scores.score("p")).toBe(PROBATION_SCORE);
  expect(scores.penalise("p", 50)).toBe(true);
});

test("points come back slowly and never above neutral", () => {
  const { scores, pass } = make();
  scores.penalise("p", 30);
  pass(60_000);
  expect(scores.score("p")).toBe(-20);
  pass(3_600_000);
  expect(scores.score("p")).toBe(0);
});

test("only positive points count: nobody can be praised into credit", () => {
  const { scores } = make();
  for (const points of [0, -5, Number.NaN]) expect(scores.penalise("p", points)).toBe(false);
  expect(scores.score("p")).toBe(0);
});

test("[NET-6] a flood of new ids does not push out the worst", () => {
  const { scores } = make();
  scores.penalise("worst", 100);
  for (let i = 0; i < MAX_SCORED_PEERS + 100; i += 1) scores.penalise(`id ${i}`, 1);
  expect(scores.refused("worst")).toBe(true);
});

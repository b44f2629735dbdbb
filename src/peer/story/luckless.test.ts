import { expect, it } from "vitest";
import { REFUSALS_BURST, REFUSALS_PER_SECOND } from "../limits.ts";
import { createLuckless } from "./luckless.ts";

it("[NET-6] a peer whose transactions are refused without blame is passed over beyond its budget, and heard again later", () => {
  let nowMs = 1_000;
  const luckless = createLuckless({ now: () => nowMs, after: () => () => {} });
  for (let index = 0; index < REFUSALS_BURST; index++) {
    expect(luckless.isSpent("x")).toBe(false);
    luckless.refused("x");
  }
  expect(luckless.isSpent("x")).toBe(true);
  expect(luckless.isSpent("y")).toBe(false);
  nowMs += 1_000 / REFUSALS_PER_SECOND;
  expect(luckless.isSpent("x")).toBe(false);
  luckless.refused("x");
  expect(luckless.isSpent("x")).toBe(true);
  nowMs += 3_600_000;
  for (let index = 0; index < REFUSALS_BURST; index++) luckless.refused("x");
  expect(luckless.isSpent("x")).toBe(true);
});

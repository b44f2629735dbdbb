/** @module What each preset takes of machines of different sizes. */
import { expect, it } from "vitest";
import { dutyFor, type MiningPreset, threadsFor } from "./presets.ts";

it.each<[MiningPreset, number, number, number]>([
  ["gentle", 1, 1, 0.25],
  ["gentle", 16, 1, 0.25],
  ["half", 1, 1, 0.5],
  ["half", 2, 1, 0.5],
  ["half", 4, 1, 0.5],
  ["half", 5, 2, 1],
  ["half", 8, 3, 1],
  ["full", 1, 1, 1],
  ["full", 2, 1, 1],
  ["full", 8, 7, 1],
])("%s on %d cores is %d threads at duty %d", (preset, cores, threads, duty) => {
  expect(threadsFor(preset, cores)).toBe(threads);
  expect(dutyFor(preset, cores)).toBe(duty);
});

import { expect, test } from "vitest";
import type { StatusView } from "../api-types.ts";
import { NOT_MINING_SINCE, withMining } from "./mining-since.ts";

function mining(change: Partial<StatusView["mining"]>): StatusView["mining"] {
  return {
    consent: true,
    active: true,
    reason: null,
    preset: "gentle",
    writer: "builtin",
    threads: 1,
    hashesPerSecond: 900,
    simd: true,
    hidden: false,
    onBattery: null,
    found: 0,
    restUntilMs: null,
    ...change,
  };
}

test("mining begins once, and a rest does not end it or its rate", () => {
  const begun = withMining(NOT_MINING_SINCE, mining({}), 100);
  expect(begun).toEqual({ sinceMs: 100, rate: 900 });
  const resting = mining({ active: false, reason: "resting", hashesPerSecond: 0 });
  expect(withMining(begun, resting, 200)).toEqual({ sinceMs: 100, rate: 900 });
  expect(withMining(begun, mining({ hashesPerSecond: 950 }), 300)).toEqual({
    sinceMs: 100,
    rate: 950,
  });
});

test("whatever else stops it ends it", () => {
  const begun = withMining(NOT_MINING_SINCE, mining({}), 100);
  const stopped = mining({ active: false, reason: "stopped", hashesPerSecond: 0 });
  expect(withMining(begun, stopped, 200)).toEqual(NOT_MINING_SINCE);
});

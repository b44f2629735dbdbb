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

test("mining begins once, and a pause does not end it or its rate", () => {
  const begun = withMining(NOT_MINING_SINCE, mining({}), 100);
  expect(begun).toEqual({ sinceMs: 100, rate: 900 });
  for (const reason of [null, "resting", "no-paragraph", "not-synced"] as const) {
    const paused = mining({ active: false, reason, hashesPerSecond: 0 });
    expect(withMining(begun, paused, 200), String(reason)).toEqual(begun);
  }
  const faster = withMining(begun, mining({ hashesPerSecond: 950 }), 300);
  expect(faster).toEqual({ sinceMs: 100, rate: 950 });
});

test("whatever else stops it ends it, and so does a person who writes nothing", () => {
  const begun = withMining(NOT_MINING_SINCE, mining({}), 100);
  const stopped = mining({ active: false, reason: "stopped", hashesPerSecond: 0 });
  expect(withMining(begun, stopped, 200)).toEqual(NOT_MINING_SINCE);
  const idle = mining({ active: false, reason: "no-paragraph", writer: "human" });
  expect(withMining(begun, idle, 200)).toEqual(NOT_MINING_SINCE);
});

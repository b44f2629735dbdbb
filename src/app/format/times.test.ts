import { expect, test } from "vitest";
import { roundSummary } from "./rounds.ts";
import { formatDuration, formatLatency, pacePhrase, relativeTime } from "./times.ts";

const NOW = Date.UTC(2026, 10, 21, 12);

test("relative times read as a person would say them", () => {
  const ago = (ms: number): string => relativeTime(NOW - ms, NOW);
  expect(ago(-500)).toBe("just now");
  expect(ago(44_000)).toBe("just now");
  expect(ago(60_000)).toBe("a minute ago");
  expect(ago(4 * 60_000)).toBe("4 minutes ago");
  expect(ago(3_600_000)).toBe("an hour ago");
  expect(ago(25 * 3_600_000)).toBe("yesterday");
  expect(ago(3 * 86_400_000)).toBe("3 days ago");
  expect(ago(18 * 86_400_000)).toBe("3 November");
});

test("durations, paces and latencies carry units", () => {
  expect(formatDuration(37_400)).toBe("37 s");
  expect(formatDuration(-5)).toBe("0 s");
  expect(formatDuration(90_000)).toBe("1 min 30 s");
  expect(formatDuration(600_000)).toBe("10 min");
  expect(formatDuration(7_500_000)).toBe("2 h 5 min");
  expect(pacePhrase(60_000)).toBe("every minute");
  expect(pacePhrase(15_000)).toBe("every 15 s");
  expect(formatLatency(null)).toBe("–");
  expect(formatLatency(38.4)).toBe("38 ms");
});

test("round summaries have a median, also of an even count", () => {
  expect(roundSummary([])).toBeNull();
  expect(roundSummary([9])).toEqual({ medianMs: 9, longestMs: 9 });
  expect(roundSummary([4, 1, 3, 100])).toEqual({ medianMs: 3.5, longestMs: 100 });
});

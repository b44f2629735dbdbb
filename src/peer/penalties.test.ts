import { expect, it } from "vitest";
import { RefusalCode } from "../ledger/codes.ts";
import { consequenceOf, consequenceOfRefusal } from "./penalties.ts";

/** Codes that honest behaviour can lead to: lateness, a thread or a connection that ends, a full disk, our own defects. */
const HONEST = [
  "known",
  "orphan",
  "future",
  "not-ready",
  "no-answer",
  "readonly",
  "unknown-block",
  "peer-gone",
  "request-timeout",
  "request-refused",
  "stream-closed",
  "frame-timeout",
  "too-many-waiting",
  "request-too-large",
  "message-too-large",
  "own-response-too-large",
  "thread-gone",
  "mesh-not-started",
  "not-joined",
  "network-stopped",
  "peer-stopped",
  "uncaught",
  "internal",
  "unhandled",
  "kernel-not-ready",
  "no-outcome",
  "worker-crashed",
  "store-full",
  "store-closed",
  "store-failed",
  "store-timeout",
  "store-blocked",
  "state-unavailable",
  "delta-missing",
  "delta-mismatch",
  "record-corrupted",
  "body-missing",
  "too-many-headers",
];

it.each(HONEST)("[NET-2] %s is nobody's offence: ignored, 0 points", (code) => {
  expect(consequenceOf(code)).toEqual({ verdict: "ignore", points: 0 });
});

it.each([
  ["replayed", 10],
  ["stale-branch", 5],
  ["block-not-served", 10],
  ["headers-not-linked", 10],
  ["claim-unproved", 50],
  [RefusalCode.paragraphWithheld, 10],
] as const)(
  "[NET-2] %s is ignored and costs %i points: bad luck may do it once",
  (code, points) => {
    expect(consequenceOf(code)).toEqual({ verdict: "ignore", points });
    expect(consequenceOfRefusal(code)).toEqual({ verdict: "ignore", points });
  },
);

const HEAVY = [
  ...Object.values(RefusalCode).filter((code) => code !== RefusalCode.paragraphWithheld),
  "bad-encoding",
  "too-large",
  "too-many",
  "bad-time",
  "bad-target",
  "bad-text",
  "too-many-words",
  "wrong-block",
  "wrong-story",
  "tracker-forged",
  "repeated-record",
  "misaddressed",
  "response-too-large",
];

it.each(HEAVY)("[NET-2] %s breaks a rule: rejected, and the connection is lost", (code) => {
  expect(consequenceOf(code)).toEqual({ verdict: "reject", points: 100 });
  expect(consequenceOfRefusal(code)).toEqual({ verdict: "reject", points: 100 });
});

it("[NET-2] a refusal by the chain's rules costs the connection even when nobody has listed its code yet", () => {
  expect(consequenceOfRefusal("a-rule-of-tomorrow").points).toBe(100);
  expect(consequenceOf("a-fault-of-tomorrow").points).toBe(0);
});

import { expect, test } from "vitest";
import { CodedError } from "../../../kernel/errors.ts";
import { failureText } from "./failures.ts";

test("a run that is too large is told with its size", () => {
  expect(
    failureText(new CodedError("run-too-large", { blocks: 5_000_000, max: 4_000_000 })),
  ).toContain("5,000,000 blocks, where 4,000,000 blocks fit");
  expect(
    failureText(new CodedError("run-too-large", { blocks: 10, peers: 20_000, max: 1 })),
  ).toContain("with 20,000 peers");
});

test("a run with too much under way says what helps", () => {
  const text = failureText(new CodedError("run-too-busy", { events: 8_388_609, max: 8_388_608 }));
  expect(text).toContain("8,388,608 messages");
  expect(text).toContain("shorter delays");
});

test("a worker that died says why, and what of it is lost", () => {
  const text = failureText(new CodedError("thread-gone", { reason: "out of memory" }));
  expect(text).toContain("out of memory");
  expect(text).toContain("next run starts it anew");
});

test("a damaged link and a stranger's code have their sentences", () => {
  expect(failureText(new CodedError("bad-scenario-link"))).toContain("damaged");
  expect(failureText(new CodedError("never-heard-of"))).toContain("never-heard-of");
});

test("a stretch that is too short for hash rates says how long it must be", () => {
  const text = failureText(new CodedError("too-few-to-replay", { blocks: 3, least: 10 }));
  expect(text).toBe("Hash rates are told from at least 10 paragraphs; here are 3.");
});

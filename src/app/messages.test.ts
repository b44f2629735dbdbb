import { expect, test } from "vitest";
import { CodedError } from "../kernel/errors.ts";
import { errorCode, messageFor } from "./messages.ts";

test("a known code gives its sentence and action, an unknown one names itself", () => {
  expect(messageFor("unknown-story").action?.kind).toBe("retry");
  const unknown = messageFor("never-heard-of");
  expect(unknown.text).toContain("never-heard-of");
  expect(unknown.action).not.toBeNull();
});

test("names of an object's own machinery are no codes", () => {
  expect(messageFor("constructor").text).toContain("constructor");
});

test("whatever is thrown has a code", () => {
  expect(errorCode(new CodedError("bad-link"))).toBe("bad-link");
  expect(errorCode({ code: "timeout" })).toBe("timeout");
  expect(errorCode(new TypeError("x"))).toBe("unexpected");
  expect(errorCode(null)).toBe("unexpected");
});

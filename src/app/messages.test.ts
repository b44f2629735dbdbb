import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { CodedError } from "../kernel/errors.ts";
import { errorCode, hasMessage, messageFor, messageOf } from "./messages.ts";

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

const SOURCES = fileURLToPath(new URL("../", import.meta.url));
/** Folders whose errors an app call can meet. */
const MET = ["app", "authoring", "chain", "kernel", "page", "peer", "storage", "threads"];

/** Codes that end inside the peer: logged, or held against the peer that sent the bytes. */
const STAYS_INSIDE = new Set([
  "bad-seed",
  "bad-signature",
  "bad-target",
  "bad-time",
  "bad-work",
  "fee-too-large",
  "invalid-selector",
  "misaddressed",
  "no-common-ancestor",
  "not-tracker",
  "repeated-record",
  "too-many",
  "too-soon",
  "tracker-forged",
  "wrong-block",
]);

function codesThrown(): Map<string, string> {
  const codes = new Map<string, string>();
  for (const folder of MET) {
    for (const path of readdirSync(join(SOURCES, folder), { recursive: true, encoding: "utf8" })) {
      if (!/\.tsx?$/.test(path) || /\.test\.|(^|\/)testing\//.test(path)) continue;
      const text = readFileSync(join(SOURCES, folder, path), "utf8");
      for (const [, code] of text.matchAll(/new CodedError(?:<[^>]*>)?\(\s*"([a-z-]+)"/g)) {
        if (code !== undefined) codes.set(code, `${folder}/${path}`);
      }
    }
  }
  return codes;
}

test("every code that a call of the app can meet has words of its own", () => {
  const thrown = codesThrown();
  expect(thrown.size).toBeGreaterThan(50);
  const wordless = [...thrown].filter(([code]) => !STAYS_INSIDE.has(code) && !hasMessage(code));
  expect(wordless).toEqual([]);
  // Codes that the store, the workers and the wallet make from a variable.
  for (const code of ["store-full", "store-corrupt", "wallet-locked", "keystore-damaged"]) {
    expect(hasMessage(code), code).toBe(true);
  }
  expect([...STAYS_INSIDE].filter((code) => !thrown.has(code))).toEqual([]);
});

test("a wrong word of the recovery phrase is named by its number", () => {
  expect(messageOf(new CodedError("phrase-wrong", { position: 7 })).text).toMatch(/^Word 7 /);
  expect(messageOf(new CodedError("phrase-invalid", { words: 24, position: 3 })).text).toMatch(
    /^Word 3 /,
  );
  expect(messageOf(new CodedError("phrase-invalid", { words: 24, position: null })).text).toContain(
    "24",
  );
});

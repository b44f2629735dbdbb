import * as fc from "fast-check";
import { expect, test } from "vitest";
import { checkText } from "../../kernel/text.ts";
import { cleanText, countBytes, paragraphProblem } from "./paragraph-text.ts";

test("[ENC-5] cleaned text passes the kernel's check, whatever was pasted", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
      expect(() => {
        checkText(cleanText(text), { what: "paragraph", maxBytes: 10_000 });
      }).not.toThrow();
    }),
  );
});

test("cleaning is idempotent, keeps line feeds and composes accents", () => {
  expect(cleanText("  a\tb\r\nc\u200B \n")).toBe("a b\nc");
  expect(cleanText("e\u0301")).toBe("é");
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(cleanText(cleanText(text))).toBe(cleanText(text));
    }),
  );
});

test("[PAR-1] words and bytes are limited as the protocol limits them", () => {
  expect(paragraphProblem(" \n ", 140)).toBe("empty");
  expect(paragraphProblem("one two three", 3)).toBeNull();
  expect(paragraphProblem("one two three four", 3)).toBe("too-many-words");
  expect(paragraphProblem("x".repeat(1600), 140)).toBeNull();
  expect(paragraphProblem("x".repeat(1601), 140)).toBe("too-many-bytes");
  expect(countBytes("é字")).toBe(5);
});

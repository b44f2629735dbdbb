import * as fc from "fast-check";
import { expect, test } from "vitest";
import { utf8Encode } from "./bytes.ts";
import { CodedError } from "./errors.ts";
import { checkText, countWords, FORBIDDEN } from "./text.ts";

const limits = { what: "text", maxBytes: 1_600 };

function verdictOf(text: string): unknown {
  try {
    checkText(text, limits);
  } catch (error) {
    if (error instanceof CodedError) return error.data["reason"];
    throw error;
  }
  return "accepted";
}

/** ENC-5 as the protocol writes it, so that a slip in the table shows. */
const ENC_5 =
  "00–09, 0B–1F, 7F–9F, 061C, 200B, 200E–200F, 2028–202E, 2060–2069, FEFF, FFF9–FFFB, E0000–E007F";

test("[ENC-5] exactly the listed code points are forbidden", () => {
  const forbidden = new Set<number>();
  for (const range of ENC_5.split(", ")) {
    const [first = "", last = first] = range.split("–");
    for (let at = Number.parseInt(first, 16); at <= Number.parseInt(last, 16); at++)
      forbidden.add(at);
  }
  for (let at = 0xfd_d0; at <= 0xfd_ef; at++) forbidden.add(at);
  const wrong: number[] = [];
  for (let at = 0; at <= 0x10_ff_ff; at++) {
    const isSurrogate = at >= 0xd8_00 && at <= 0xdf_ff;
    const isNoncharacter = (at & 0xff_fe) === 0xff_fe;
    if (isSurrogate) continue;
    const expected = forbidden.has(at) || isNoncharacter;
    if ((verdictOf(String.fromCodePoint(at)) === "forbidden") !== expected) wrong.push(at);
  }
  expect(wrong).toEqual([]);
});

test("[ENC-5] the table of forbidden ranges is ascending", () => {
  const flat = FORBIDDEN.flat();
  expect(flat).toEqual(flat.toSorted((a, b) => a - b));
});

test("[ENC-5] ill-formed text is refused and the place is told", () => {
  expect(() => checkText("😀a\ud800b", limits)).toThrow(
    expect.objectContaining({
      code: "bad-text",
      data: { what: "text", reason: "ill-formed", at: 3 },
    }),
  );
});

test("[ENC-5] size is counted in UTF-8 bytes", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), (text) => {
      if (verdictOf(text) !== "accepted") return;
      const sizeBytes = utf8Encode(text).length;
      expect(() =>
        checkText(text, { what: "text", maxBytes: sizeBytes, minBytes: sizeBytes }),
      ).not.toThrow();
      expect(() => checkText(`${text}a`, { what: "text", maxBytes: sizeBytes })).toThrow(
        expect.objectContaining({ data: expect.objectContaining({ reason: "too-long" }) }),
      );
      expect(() => checkText(text, { ...limits, minBytes: sizeBytes + 1 })).toThrow(
        expect.objectContaining({ data: expect.objectContaining({ reason: "too-short" }) }),
      );
    }),
  );
});

test("[PAR-1] words are runs of anything but U+000A, U+0020 and U+3000", () => {
  const word = fc.stringMatching(/^[^\n \u3000]{1,6}$/u);
  const gap = fc.stringMatching(/^[\n \u3000]{1,3}$/u);
  fc.assert(
    fc.property(fc.array(fc.tuple(word, gap)), (pairs) => {
      expect(countWords(pairs.flat().join(""))).toBe(pairs.length);
    }),
  );
});

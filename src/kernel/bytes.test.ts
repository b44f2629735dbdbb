import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  bigintFromBytesBE,
  bytesFromBigintBE,
  bytesFromHex,
  compareBytes,
  concatBytes,
  equalBytes,
  hexFromBytes,
  utf8Decode,
  utf8Encode,
} from "./bytes.ts";

test("hex and big-endian numbers round-trip", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      expect(bytesFromHex(hexFromBytes(bytes))).toEqual(bytes);
      expect(bytesFromBigintBE(bigintFromBytesBE(bytes), bytes.length)).toEqual(bytes);
    }),
  );
});

test("hex of any length, and numbers, are what the language's own conversions give", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2_500, size: "max" }), (bytes) => {
      const hex = Buffer.from(bytes).toString("hex");
      expect(hexFromBytes(bytes)).toBe(hex);
      expect(bytesFromHex(hex)).toEqual(bytes);
      expect(bigintFromBytesBE(bytes)).toBe(bytes.length === 0 ? 0n : BigInt(`0x${hex}`));
    }),
  );
});

test.each([
  "0",
  "0g",
  "g0",
  "0/",
  "0:",
  "0@",
  "0`",
  "\u{10000}0",
  "0Ā",
  "İ0",
  "000",
  "AB",
  "0x00",
  " 00",
  "00\n",
])("%j is no strict hex", (text) => {
  expect(() => bytesFromHex(text)).toThrow(expect.objectContaining({ code: "bad-hex" }));
});

test("[ENC-5] malformed UTF-8 and lone surrogates are refused, a BOM is kept", () => {
  for (const bytes of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xe2, 0x82]]) {
    expect(() => utf8Decode(Uint8Array.from(bytes))).toThrow(
      expect.objectContaining({ code: "bad-utf8" }),
    );
  }
  expect(() => utf8Encode("ab\udc00")).toThrow(
    expect.objectContaining({
      code: "bad-text",
      data: { what: "text", reason: "ill-formed", at: 2 },
    }),
  );
  expect(utf8Decode(Uint8Array.from([0xef, 0xbb, 0xbf]))).toBe("\ufeff");
  expect(utf8Decode(utf8Encode("🌊 naïve"))).toBe("🌊 naïve");
});

test("order is that of unsigned bytes, a prefix first", () => {
  const sorted = [[], [0], [0, 1], [1], [0x7f], [0x80], [0xff]].map((it) => Uint8Array.from(it));
  for (const [i, a] of sorted.entries()) {
    for (const [j, b] of sorted.entries()) {
      expect(Math.sign(compareBytes(a, b))).toBe(Math.sign(i - j));
      expect(equalBytes(a, b)).toBe(i === j);
    }
  }
});

test("concatBytes copies", () => {
  const part = Uint8Array.of(1, 2);
  const joined = concatBytes(part, new Uint8Array(), Uint8Array.of(3));
  part[0] = 9;
  expect([...joined]).toEqual([1, 2, 3]);
});

test("a number that does not fit is refused", () => {
  for (const size of [0, 1, 7, 8, 9, 32]) {
    const above = 1n << BigInt(8 * size);
    expect(bigintFromBytesBE(bytesFromBigintBE(above - 1n, size))).toBe(above - 1n);
    for (const value of [-1n, -above, above, above << 64n]) {
      expect(() => bytesFromBigintBE(value, size)).toThrow(
        expect.objectContaining({ code: "out-of-range" }),
      );
    }
  }
});

import { expect, test } from "vitest";
import {
  namedByte,
  prefixedBytes,
  prefixedText,
  strictDecode,
  strictEncode,
  timestamp,
  u8,
} from "./codec.ts";
import { CodedError } from "./errors.ts";

function errorOf(run: () => unknown): CodedError {
  try {
    run();
  } catch (error) {
    if (error instanceof CodedError) return error;
    throw error;
  }
  throw new TypeError("nothing was thrown");
}

test("[ENC-2] a size above the cap is refused before a byte is read", () => {
  let reads = 0;
  const counting = {
    ...u8,
    decode: (bytes: Uint8Array) => {
      reads += 1;
      return u8.decode(bytes);
    },
  };
  const error = errorOf(() => strictDecode(counting, new Uint8Array(2), 1, "thing"));
  expect(error.code).toBe("too-large");
  expect(error.data).toEqual({ what: "thing", sizeBytes: 2, maxBytes: 1 });
  expect(reads).toBe(0);
});

test("[ENC-2] a length prefix above its cap is refused, whatever follows", () => {
  const coder = prefixedBytes("u64", 4);
  const huge = Uint8Array.from([0, 0, 0, 0, 0, 0, 0, 0x80]);
  expect(errorOf(() => strictDecode(coder, huge, 100, "memo")).code).toBe("bad-encoding");
  const five = Uint8Array.from([5, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5]);
  expect(errorOf(() => strictDecode(coder, five, 100, "memo")).data["reason"]).toContain(
    "at most 4",
  );
  expect(errorOf(() => strictEncode(coder, new Uint8Array(5), 100, "memo")).code).toBe("bad-value");
});

test("[ENC-2] bytes that decode but encode otherwise are refused", () => {
  const forgetful = { ...u8, decode: (bytes: Uint8Array) => u8.decode(bytes) % 2 };
  expect(strictDecode(forgetful, Uint8Array.of(1), 1, "bit")).toBe(1);
  const error = errorOf(() => strictDecode(forgetful, Uint8Array.of(3), 1, "bit"));
  expect(error.data["reason"]).toBe("not the canonical encoding");
});

test("[ENC-3] a timestamp is a whole number of milliseconds that a Date can show", () => {
  for (const value of [-1, 0.5, Number.NaN, 8.64e15 + 1]) {
    expect(errorOf(() => strictEncode(timestamp, value, 8, "time")).code).toBe("bad-value");
  }
  const last = strictEncode(timestamp, 8.64e15, 8, "time");
  expect(strictDecode(timestamp, last, 8, "time")).toBe(8.64e15);
});

test("[ENC-1] a name that has no tag is refused on both ways", () => {
  const coder = namedByte(["a", "b"]);
  expect(errorOf(() => strictDecode(coder, Uint8Array.of(2), 1, "tag")).code).toBe("bad-encoding");
  const unknown: string = "c";
  expect(errorOf(() => strictEncode(namedByte<string>(["a"]), unknown, 1, "tag")).code).toBe(
    "bad-value",
  );
});

test("[ENC-5] text with a lone surrogate is refused, a BOM is kept", () => {
  const coder = prefixedText("u8", 8);
  expect(errorOf(() => strictEncode(coder, "a\ud800", 9, "text")).code).toBe("bad-value");
  const bytes = strictEncode(coder, "\ufeffa", 9, "text");
  expect([...bytes]).toEqual([4, 0xef, 0xbb, 0xbf, 0x61]);
  expect(strictDecode(coder, bytes, 9, "text")).toBe("\ufeffa");
});

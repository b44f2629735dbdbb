/**
 * Bytes written by hand against micro-packed, which stays what decides: the same bytes for every value
 * that has some, and a refusal for the same values.
 *
 * @module
 */
import * as fc from "fast-check";
import * as P from "micro-packed";
import { expect, test } from "vitest";
import { type Coder, fixedBytes, timestamp, u32, u64, u256 } from "./codec.ts";
import { FixedWriter } from "./fixed-writer.ts";
import type { Header } from "./header.ts";
import { coreHashOf, encodeHeader, headerCoder } from "./header.ts";
import { TIMESTAMP_MAX_MS } from "./limits.ts";

const bigEdges = [0n, 1n, (1n << 64n) - 1n, 1n << 64n, (1n << 256n) - 1n, 1n << 256n, -1n];
const numberEdges = [0, -0, 1, -1, 0.5, NaN, Infinity, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 53];
const oddities = ["5", "", true, null, undefined, {}, [1], 5, 5n];

const anyNumber: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(...numberEdges, TIMESTAMP_MAX_MS, TIMESTAMP_MAX_MS + 1, ...oddities),
  fc.maxSafeNat(),
  fc.double(),
);
const anyBigint: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(...bigEdges, ...oddities),
  fc.bigInt(-(1n << 80n), 1n << 260n),
);
const anyBytes: fc.Arbitrary<unknown> = fc.oneof(
  fc.uint8Array({ minLength: 32, maxLength: 32 }),
  fc.uint8Array({ maxLength: 64 }),
  fc.constantFrom<unknown>(Buffer.alloc(32, 7), new Uint16Array(32), Array(32).fill(7), null),
);

/** What a coder gives for a value, or that it refuses. */
function outcome<T>(encode: (value: T) => Uint8Array | null, value: T): readonly number[] | null {
  try {
    const bytes = encode(value);
    return bytes === null ? null : [...bytes];
  } catch {
    return null;
  }
}

/** A field by hand and alone, against micro-packed's stream, in which nothing is written by hand. */
function alike<T>(
  coder: Coder<T>,
  write: (writer: FixedWriter, value: T) => void,
  any: fc.Arbitrary<unknown>,
): fc.IProperty<[unknown]> {
  const writer = new FixedWriter(64);
  const byHand = (value: T): Uint8Array | null => {
    writer.start();
    write(writer, value);
    return writer.finish();
  };
  const plainly: Coder<T> = P.wrap({
    encodeStream: (stream, value: T) => coder.encodeStream(stream, value),
    decodeStream: (stream) => coder.decodeStream(stream),
  });
  return fc.property(any, (value) => {
    const expected = outcome(plainly.encode, value as T);
    expect(outcome(byHand, value as T)).toEqual(expected);
    expect(outcome(coder.encode, value as T)).toEqual(expected);
  });
}

test.each([
  alike(u32, (writer, value) => writer.u32(value), anyNumber),
  alike(u64, (writer, value) => writer.u64(value), anyBigint),
  alike(u256, (writer, value) => writer.u256(value), anyBigint),
  alike(timestamp, (writer, value) => writer.timestamp(value), anyNumber),
  alike(fixedBytes(32), (writer, value) => writer.bytes(value, 32), anyBytes),
])("[ENC-1] field %#: by hand as by micro-packed, values without bytes included", (property) => {
  fc.assert(property, { numRuns: 300 });
});

test("a fault in one record does not spoil the next", () => {
  const writer = new FixedWriter(8);
  writer.start();
  writer.u32(-1);
  expect(writer.finish()).toBeNull();
  writer.start();
  writer.byte(7);
  writer.u32(1);
  expect(writer.finish()).toEqual(Uint8Array.of(7, 1, 0, 0, 0));
});

const filled = (byte: number, size = 32) => new Uint8Array(size).fill(byte);
const header: Header = {
  version: 1,
  kind: "micro",
  storyId: filled(1),
  height: 2,
  microIndex: 3,
  parent: filled(4),
  keyParent: filled(5),
  timestampMs: 6,
  author: filled(7),
  bodyRoot: filled(8),
  stateRoot: filled(9),
  historyRoot: filled(10),
  coinbase: { consumer: 11n, industrial: 12n },
  feeChecksum: filled(13),
  target: 14,
  nonce: 15n,
  signature: filled(16, 64),
};
const fields = Object.keys(header) as (keyof Header)[];

test("[ENC-1, ENC-2] a header by hand as by micro-packed, any field changed", () => {
  const anyValue = fc.oneof(
    anyNumber,
    anyBigint,
    anyBytes,
    fc.constantFrom("key", "micro", "x", 1),
  );
  const amounts = fc.record({ consumer: anyBigint, industrial: anyBigint });
  const change = fc.constantFrom(...fields).chain((field) =>
    (field === "coinbase" ? fc.oneof(amounts, anyValue) : anyValue).map((to) => ({
      [field]: to,
    })),
  );
  fc.assert(
    fc.property(change, (changed) => {
      const value = { ...header, ...changed } as Header;
      expect(outcome(encodeHeader, value)).toEqual(outcome(headerCoder.encode, value));
    }),
    { numRuns: 1_000 },
  );
});

test("[ENC-2] a header without bytes is refused in micro-packed's words", () => {
  const refusal = expect.objectContaining({
    code: "bad-value",
    data: { what: "header", reason: expect.stringContaining("height") as string },
  });
  for (const height of [-1, 5n, "5", null]) {
    const wrong = { ...header, height } as Header;
    expect(() => encodeHeader(wrong)).toThrow(refusal);
    expect(() => coreHashOf(wrong)).toThrow(refusal);
  }
});

import * as fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { decodeBlock, encodeBlock } from "./block.ts";
import type { Body } from "./body.ts";
import { decodeBody, encodeBody } from "./body.ts";
import { equalBytes, utf8Encode } from "./bytes.ts";
import { isCoded } from "./errors.ts";
import { decodeGenesis, encodeGenesis } from "./genesis.ts";
import { decodeHeader, encodeHeader } from "./header.ts";
import { initKernel } from "./init.ts";
import {
  ACCOUNT_NAME_MAX_BYTES,
  CHAPTER_MAX_BYTES,
  LANGUAGE_MAX_BYTES,
  MEMO_MAX_BYTES,
  MODEL_NAME_MAX_BYTES,
  PARAGRAPH_MAX_BYTES,
  PREMISE_MAX_BYTES,
  RULES_MAX_BYTES,
  TIMESTAMP_MAX_MS,
  TITLE_MAX_BYTES,
} from "./limits.ts";
import { decodeParagraph, encodeParagraph } from "./paragraph.ts";
import {
  decodePayload,
  decodeSignedTransaction,
  encodePayload,
  encodeSignedTransaction,
} from "./transaction.ts";

beforeAll(initKernel);

const bytesOf = (size: number) => fc.uint8Array({ minLength: size, maxLength: size });
const u16 = fc.integer({ min: 0, max: 0xff_ff });
const u32 = fc.integer({ min: 0, max: 0xff_ff_ff_ff });
const u64 = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n });
const timestampMs = fc.integer({ min: 0, max: TIMESTAMP_MAX_MS });
const textUpTo = (maxBytes: number) =>
  fc
    .string({ unit: "binary", maxLength: maxBytes })
    .filter((text) => text.isWellFormed() && utf8Encode(text).length <= maxBytes);

const genesis = fc.record({
  version: fc.constant(1 as const),
  network: fc.constantFrom("live" as const, "test" as const),
  title: textUpTo(TITLE_MAX_BYTES),
  premise: textUpTo(PREMISE_MAX_BYTES),
  language: textUpTo(LANGUAGE_MAX_BYTES),
  paceMs: u32,
  maxWords: u16,
  chapterLength: u16,
  contentRating: fc.constantFrom("everyone" as const, "teen" as const, "mature" as const),
  rules: textUpTo(RULES_MAX_BYTES),
  initialTarget: u32,
  maxTarget: u32,
  createdMs: timestampMs,
  creator: bytesOf(32),
  signature: bytesOf(64),
});
const genesisThatFits = genesis.filter(
  ({ title, premise, rules }) => utf8Encode(title + premise + rules).length <= 790,
);
const paragraph = fc.record({
  text: textUpTo(PARAGRAPH_MAX_BYTES),
  chapter: fc.option(textUpTo(CHAPTER_MAX_BYTES)),
  provenance: fc.record({
    writer: fc.constantFrom("human" as const, "builtin" as const, "model" as const),
    model: textUpTo(MODEL_NAME_MAX_BYTES),
    algorithmHash: bytesOf(32),
    seed: u64,
  }),
});
const payload = fc.record({
  from_: textUpTo(ACCOUNT_NAME_MAX_BYTES),
  to: textUpTo(ACCOUNT_NAME_MAX_BYTES),
  amountConsumer: u64,
  amountIndustrial: u64,
  fee: u64,
  feeSelector: fc.integer({ min: 0, max: 255 }),
  nonce: u64,
  memo: fc.uint8Array({ maxLength: MEMO_MAX_BYTES }),
});
const transaction = fc.record({ payload, publicKey: bytesOf(32), signature: bytesOf(64) });
const body: fc.Arbitrary<Body> = fc.record({
  paragraph: fc.oneof(
    fc.record({ kind: fc.constant("none" as const) }),
    fc.record({ kind: fc.constant("text" as const), paragraph }),
    fc.record({ kind: fc.constant("withheld" as const), leafHash: bytesOf(32) }),
  ),
  transactions: fc.array(transaction, { maxLength: 4 }),
});
const header = fc.record({
  version: fc.constant(1 as const),
  kind: fc.constantFrom("key" as const, "micro" as const),
  storyId: bytesOf(32),
  height: u32,
  microIndex: u32,
  parent: bytesOf(32),
  keyParent: bytesOf(32),
  timestampMs,
  author: bytesOf(32),
  bodyRoot: bytesOf(32),
  stateRoot: bytesOf(32),
  historyRoot: bytesOf(32),
  coinbase: fc.record({ consumer: u64, industrial: u64 }),
  feeChecksum: bytesOf(32),
  target: u32,
  nonce: u64,
  signature: bytesOf(64),
});

/** What a stranger may do to bytes on their way. */
const damage = fc.oneof(
  fc.record({ kind: fc.constant("flip" as const), at: fc.nat(), bit: fc.nat({ max: 7 }) }),
  fc.record({ kind: fc.constant("set" as const), at: fc.nat(), byte: fc.nat({ max: 255 }) }),
  fc.record({ kind: fc.constant("cut" as const), at: fc.nat() }),
  fc.record({ kind: fc.constant("extend" as const), tail: fc.uint8Array({ minLength: 1 }) }),
  fc.record({ kind: fc.constant("drop" as const), at: fc.nat() }),
);
type Damage = typeof damage extends fc.Arbitrary<infer T> ? T : never;

function damaged(bytes: Uint8Array, fault: Damage): Uint8Array {
  const at = "at" in fault ? fault.at % bytes.length : 0;
  switch (fault.kind) {
    case "flip":
      return bytes.map((byte, index) => (index === at ? byte ^ (1 << fault.bit) : byte));
    case "set":
      return bytes.map((byte, index) => (index === at ? fault.byte : byte));
    case "cut":
      return bytes.slice(0, at);
    case "extend":
      return Uint8Array.from([...bytes, ...fault.tail]);
    case "drop":
      break;
  }
  return bytes.filter((_, index) => index !== at);
}

/** True when the bytes are refused with a coded error, or are the bytes of what they decode to. */
function isStrict<T>(
  decode: (bytes: Uint8Array) => T,
  encode: (value: T) => Uint8Array,
  bytes: Uint8Array,
): boolean {
  let value: T;
  try {
    value = decode(bytes);
  } catch (error) {
    return isCoded(error, "bad-encoding") || isCoded(error, "too-large");
  }
  return equalBytes(encode(value), bytes);
}

function describeCodec<T>(
  name: string,
  values: fc.Arbitrary<T>,
  encode: (value: T) => Uint8Array,
  decode: (bytes: Uint8Array) => T,
): void {
  describe(`codec of a ${name}`, () => {
    test("[ENC-1] decode is the inverse of encode", () => {
      fc.assert(
        fc.property(values, (value) => {
          expect(decode(encode(value))).toEqual(value);
        }),
      );
    });
    test("[ENC-2] damaged bytes are refused with a code or re-encode to themselves", () => {
      fc.assert(
        fc.property(values, fc.array(damage, { minLength: 1, maxLength: 3 }), (value, faults) => {
          const bytes = faults.reduce<Uint8Array>(
            (current, fault) => (current.length === 0 ? current : damaged(current, fault)),
            encode(value),
          );
          expect(isStrict(decode, encode, bytes)).toBe(true);
        }),
        { numRuns: 300 },
      );
    });
    test("[ENC-2] random bytes are refused with a code or re-encode to themselves", () => {
      const random = fc.uint8Array({ maxLength: 600 });
      fc.assert(
        fc.property(random, (bytes) => {
          expect(isStrict(decode, encode, bytes)).toBe(true);
        }),
      );
      const versioned = random.map((bytes) => Uint8Array.from([1, ...bytes]));
      fc.assert(
        fc.property(versioned, (bytes) => {
          expect(isStrict(decode, encode, bytes)).toBe(true);
        }),
      );
    });
    test("a decoded value shares no memory with its bytes", () => {
      fc.assert(
        fc.property(values, (value) => {
          const bytes = encode(value);
          const decoded = decode(bytes);
          bytes.fill(0xee);
          expect(decoded).toEqual(value);
        }),
        { numRuns: 20 },
      );
    });
  });
}

describeCodec("genesis", genesisThatFits, encodeGenesis, decodeGenesis);
describeCodec("paragraph", paragraph, encodeParagraph, decodeParagraph);
describeCodec("transaction payload [TX-0]", payload, encodePayload, decodePayload);
describeCodec("signed transaction", transaction, encodeSignedTransaction, decodeSignedTransaction);
describeCodec(
  "body",
  body,
  (value) => encodeBody(value),
  (bytes) => decodeBody(bytes),
);
describeCodec("header", header, encodeHeader, decodeHeader);
describeCodec("block", fc.record({ header, body }), encodeBlock, decodeBlock);

import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { equalBytes } from "../../kernel/bytes.ts";
import { isCoded } from "../../kernel/errors.ts";
import { initKernel } from "../../kernel/init.ts";
import { publicKeyFromSeed } from "../../kernel/signature.ts";
import {
  MAX_ADDRESS_BYTES,
  MAX_BLOCKS_PER_ANSWER,
  MAX_BLOCKS_PER_REQUEST,
  MAX_HEADERS_PER_REQUEST,
  MAX_LOCATOR,
  MAX_OFFERED_TXS,
  MAX_RECORD_ADDRESSES,
  MAX_REQUEST_BYTES,
  MAX_RESPONSE_BYTES,
  MAX_ROUNDS_PER_REQUEST,
  MAX_TRACKER_BYTES,
  MAX_TRACKER_ENTRIES,
} from "../limits.ts";
import {
  type Answer,
  decodeAnswer,
  decodeQuestion,
  encodeAnswer,
  encodeQuestion,
  type Question,
} from "./messages.ts";
import {
  checkTrackerList,
  createRecordVerifier,
  decodeTrackerList,
  encodeTrackerList,
  type PeerRecord,
  signList,
  signRecord,
  type TrackerList,
  verifyRecord,
} from "./records.ts";

beforeAll(() => initKernel());

const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });
const timeMs = fc.nat({ max: 2 ** 48 });
const name = fc.string({ maxLength: 40, unit: "grapheme" });
const record: fc.Arbitrary<PeerRecord> = fc.record({
  peerId: name,
  author: bytes32,
  addresses: fc.array(name, { maxLength: MAX_RECORD_ADDRESSES }),
  timestampMs: timeMs,
  signature: fc.uint8Array({ minLength: 64, maxLength: 64 }),
});
const status = fc.record({
  tip: bytes32,
  head: bytes32,
  microIndex: fc.nat(),
  height: fc.nat(),
  totalWork: fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }),
  record: fc.option(record, { nil: undefined }),
});
const addressing = fc.record({ timestampMs: timeMs, from: name, to: name });
const list: fc.Arbitrary<TrackerList> = fc.record({
  storyId: bytes32,
  keyBlock: bytes32,
  sequence: fc.nat(),
  authoritative: fc.boolean(),
  timestampMs: timeMs,
  publisher: bytes32,
  entries: fc.array(record, { maxLength: 3 }),
  signature: fc.uint8Array({ minLength: 64, maxLength: 64 }),
});
const chunks = fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 5 });

const question: fc.Arbitrary<Question> = fc.oneof(
  status.map((data) => ({ TAG: "status" as const, data })),
  fc
    .record({ locator: fc.array(bytes32, { maxLength: 5 }), limit: fc.nat({ max: 65_535 }) })
    .map((data) => ({ TAG: "headers" as const, data })),
  fc.array(bytes32, { maxLength: 5 }).map((data) => ({ TAG: "blocks" as const, data })),
  fc.constant({ TAG: "genesis" as const, data: undefined }),
  addressing.map((data) => ({ TAG: "getPeers" as const, data })),
  fc
    .array(fc.record({ last: bytes32, after: fc.nat() }), { maxLength: 5 })
    .map((data) => ({ TAG: "microblocks" as const, data })),
  fc.constant({ TAG: "mempool" as const, data: undefined }),
);
const answer: fc.Arbitrary<Answer> = fc.oneof(
  status.map((data) => ({ TAG: "status" as const, data })),
  chunks.map((data) => ({ TAG: "headers" as const, data })),
  chunks.map((data) => ({ TAG: "blocks" as const, data })),
  chunks.map((data) => ({ TAG: "mempool" as const, data })),
  fc.uint8Array({ maxLength: 300 }).map((data) => ({ TAG: "genesis" as const, data })),
  fc
    .tuple(addressing, list)
    .map(([head, value]) => ({ TAG: "peerList" as const, data: { ...head, list: value } })),
  fc
    .tuple(addressing, bytes32, fc.array(record, { maxLength: 3 }))
    .map(([head, tracker, entries]) => ({
      TAG: "these-are-not-the-droids-you-are-looking-for" as const,
      data: { ...head, tracker, entries },
    })),
);

interface Codec<T> {
  readonly what: string;
  readonly values: fc.Arbitrary<T>;
  readonly encode: (value: T) => Uint8Array;
  readonly decode: (bytes: Uint8Array) => T;
}

/** True when `decode` refuses the bytes with a code, or reads a value that has exactly these bytes (ENC-2). */
function canonicalOrRefused<T>(
  decode: (bytes: Uint8Array) => T,
  encode: (value: T) => Uint8Array,
  bytes: Uint8Array,
): boolean {
  try {
    return equalBytes(encode(decode(bytes)), bytes);
  } catch (error) {
    return isCoded(error);
  }
}

function checkCodec<T>({ what, values, encode, decode }: Codec<T>): void {
  it(`[ENC-1] ${what}: what was encoded decodes to the same bytes`, () => {
    fc.assert(
      fc.property(values, (value) => {
        const encoded = encode(value);
        expect(encode(decode(encoded))).toEqual(encoded);
      }),
    );
  });

  it(`[ENC-2] ${what}: changed, cut or prolonged bytes are refused, or are another value's only encoding`, () => {
    fc.assert(
      fc.property(values, fc.nat(), fc.integer({ min: 1, max: 255 }), (value, at, flip) => {
        const encoded = encode(value);
        const changed = encoded.slice();
        const index = at % encoded.length;
        changed[index] = (changed[index] ?? 0) ^ flip;
        for (const bytes of [changed, encoded.slice(0, index), Uint8Array.of(...encoded, flip)]) {
          expect(canonicalOrRefused(decode, encode, bytes)).toBe(true);
        }
      }),
    );
  });
}

describe("wire codecs", () => {
  checkCodec({
    what: "question",
    values: question,
    encode: encodeQuestion,
    decode: decodeQuestion,
  });
  checkCodec({ what: "answer", values: answer, encode: encodeAnswer, decode: decodeAnswer });
  checkCodec({
    what: "tracker list",
    values: list,
    encode: encodeTrackerList,
    decode: decodeTrackerList,
  });

  it("[ENC-2] no random bytes break a decoder with anything but a coded error", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        for (const decode of [decodeQuestion, decodeAnswer, decodeTrackerList]) {
          expect(canonicalOrRefused<unknown>(decode, () => bytes, bytes)).toBe(true);
        }
      }),
    );
  });

  it("[NET-3] the refusal carries its phrase", () => {
    const text = new TextDecoder("latin1").decode(
      encodeAnswer({
        TAG: "these-are-not-the-droids-you-are-looking-for",
        data: { timestampMs: 1, from: "a", to: "b", tracker: new Uint8Array(32), entries: [] },
      }),
    );
    expect(text).toContain("these-are-not-the-droids-you-are-looking-for");
  });
});

describe("[NET-6] caps of the wire", () => {
  const id = new Uint8Array(32);
  const tooMany = (count: number): Uint8Array[] => Array.from({ length: count }, () => id);

  it("a question above its size is refused before it is read", () => {
    expect(() => decodeQuestion(new Uint8Array(MAX_REQUEST_BYTES + 1))).toThrow(/^too-large/);
  });
  it("an answer above its size is refused before it is read", () => {
    expect(() => decodeAnswer(new Uint8Array(MAX_RESPONSE_BYTES + 1))).toThrow(/^too-large/);
  });
  it("a tracker list above its size is refused before it is read", () => {
    expect(() => decodeTrackerList(new Uint8Array(MAX_TRACKER_BYTES + 1))).toThrow(/^too-large/);
  });

  it("more ids in a locator than allowed are refused, the cap itself passes", () => {
    const encoded = encodeQuestion({
      TAG: "headers",
      data: { locator: tooMany(MAX_LOCATOR), limit: 1 },
    });
    expect(decodeQuestion(encoded).TAG).toBe("headers");
    const over = Uint8Array.of(
      2,
      MAX_LOCATOR + 1,
      ...tooMany(MAX_LOCATOR + 1).flatMap((b) => [...b]),
      1,
      0,
    );
    expect(() => decodeQuestion(over)).toThrow(/^bad-encoding/);
  });
  it("more blocks in a question than allowed are refused, the cap itself passes", () => {
    const encoded = encodeQuestion({ TAG: "blocks", data: tooMany(MAX_BLOCKS_PER_REQUEST) });
    expect(decodeQuestion(encoded).TAG).toBe("blocks");
    const over = Uint8Array.of(
      3,
      MAX_BLOCKS_PER_REQUEST + 1,
      ...tooMany(MAX_BLOCKS_PER_REQUEST + 1).flatMap((b) => [...b]),
    );
    expect(() => decodeQuestion(over)).toThrow(/^bad-encoding/);
  });

  it("more rounds in a question than allowed are refused, the cap itself passes", () => {
    const rounds = tooMany(MAX_ROUNDS_PER_REQUEST).map((last) => ({ last, after: 0 }));
    const encoded = encodeQuestion({ TAG: "microblocks", data: rounds });
    expect(decodeQuestion(encoded).TAG).toBe("microblocks");
    const over = new Uint8Array(2 + 36 * (MAX_ROUNDS_PER_REQUEST + 1));
    over.set([6, MAX_ROUNDS_PER_REQUEST + 1]);
    expect(() => decodeQuestion(over)).toThrow(/^bad-encoding/);
  });

  const items = (tag: number, count: number): Uint8Array => {
    const bytes = new Uint8Array(3 + 4 * count);
    bytes[0] = tag;
    new DataView(bytes.buffer).setUint16(1, count, true);
    return bytes;
  };
  it.each([
    ["headers", 2, MAX_HEADERS_PER_REQUEST],
    ["blocks", 3, MAX_BLOCKS_PER_ANSWER],
    ["mempool", 7, MAX_OFFERED_TXS],
  ])("more %s in an answer than allowed are refused, the cap itself passes", (_what, tag, max) => {
    expect(decodeAnswer(items(tag, max)).data).toHaveLength(max);
    expect(() => decodeAnswer(items(tag, max + 1))).toThrow(/^bad-encoding/);
  });

  const plain: PeerRecord = {
    peerId: "p",
    author: id,
    addresses: [],
    timestampMs: 1,
    signature: new Uint8Array(64),
  };
  const listOf = (entries: readonly PeerRecord[]): TrackerList => ({
    storyId: id,
    keyBlock: id,
    sequence: 0,
    authoritative: false,
    timestampMs: 1,
    publisher: id,
    entries,
    signature: new Uint8Array(64),
  });
  it("a list with more entries than allowed cannot be made or read", () => {
    const full = encodeTrackerList(
      listOf(Array.from({ length: MAX_TRACKER_ENTRIES }, () => plain)),
    );
    expect(decodeTrackerList(full).entries).toHaveLength(MAX_TRACKER_ENTRIES);
    expect(() =>
      encodeTrackerList(listOf(Array.from({ length: MAX_TRACKER_ENTRIES + 1 }, () => plain))),
    ).toThrow("too-many");
    // The same bytes, with one entry more and a count that says so.
    const entryBytes =
      encodeTrackerList(listOf([plain])).length - encodeTrackerList(listOf([])).length;
    const countAt = 32 + 32 + 4 + 1 + 8 + 32;
    const entriesAt = countAt + 1;
    const over = Uint8Array.of(
      ...full.slice(0, countAt),
      MAX_TRACKER_ENTRIES + 1,
      ...full.slice(entriesAt, entriesAt + entryBytes),
      ...full.slice(entriesAt),
    );
    expect(() => decodeTrackerList(over)).toThrow(/^bad-encoding/);
  });
  it("addresses beyond their number or their size in bytes cannot be made", () => {
    const addresses = (list: readonly string[]): Uint8Array =>
      encodeTrackerList(listOf([{ ...plain, addresses: list }]));
    expect(() => addresses(Array(MAX_RECORD_ADDRESSES).fill("/memory/a"))).not.toThrow();
    expect(() => addresses(Array(MAX_RECORD_ADDRESSES + 1).fill("/memory/a"))).toThrow("too-many");
    expect(() => addresses(["a".repeat(MAX_ADDRESS_BYTES)])).not.toThrow();
    expect(() => addresses(["a".repeat(MAX_ADDRESS_BYTES + 1)])).toThrow("too-large");
    // Bytes count, not characters.
    expect(() => addresses(["ä".repeat(MAX_ADDRESS_BYTES / 2 + 1)])).toThrow("too-large");
  });
});

describe("[NET-3] signed records and lists", () => {
  const seed = new Uint8Array(32).fill(3);
  const otherSeed = new Uint8Array(32).fill(4);
  const recordOf = (peerId: string): PeerRecord =>
    signRecord(
      { peerId, author: publicKeyFromSeed(seed), addresses: ["/memory/a"], timestampMs: 5 },
      seed,
    );
  const listWith = (entries: readonly PeerRecord[], by = seed): TrackerList =>
    signList(
      {
        storyId: new Uint8Array(32),
        keyBlock: new Uint8Array(32).fill(1),
        sequence: 1,
        authoritative: true,
        timestampMs: 5,
        publisher: publicKeyFromSeed(seed),
        entries,
      },
      by,
    );

  it("a record holds for what its peer signed and for nothing else", () => {
    const signed = recordOf("a");
    expect(verifyRecord(signed)).toBe(true);
    expect(verifyRecord({ ...signed, peerId: "b" })).toBe(false);
    expect(verifyRecord({ ...signed, addresses: ["/memory/b"] })).toBe(false);
    expect(verifyRecord({ ...signed, timestampMs: 6 })).toBe(false);
    expect(verifyRecord({ ...signed, author: publicKeyFromSeed(otherSeed) })).toBe(false);
  });

  it("a verifier that remembers says the same as one that does not, also beyond its memory", () => {
    const isGenuine = createRecordVerifier(2);
    const peers = ["a", "b", "c"].map(recordOf);
    // Twice, so that the second time some are remembered and the oldest is not.
    for (const signed of [...peers, ...peers, ...peers.toReversed()]) {
      expect(isGenuine(signed)).toBe(true);
      expect(isGenuine({ ...signed, peerId: "z" })).toBe(false);
      expect(isGenuine({ ...signed, addresses: ["/memory/z"] })).toBe(false);
      expect(isGenuine({ ...signed, addresses: [] })).toBe(false);
      expect(isGenuine({ ...signed, timestampMs: 6 })).toBe(false);
      expect(isGenuine({ ...signed, author: publicKeyFromSeed(otherSeed) })).toBe(false);
    }
  });

  it("a list is refused when any field was changed, when another key signed it, or an entry is forged", () => {
    const good = listWith([recordOf("a"), recordOf("b")]);
    expect(() => checkTrackerList(good)).not.toThrow();
    for (const changed of [
      { ...good, storyId: new Uint8Array(32).fill(9) },
      { ...good, keyBlock: new Uint8Array(32).fill(9) },
      { ...good, sequence: 2 },
      { ...good, authoritative: false },
      { ...good, timestampMs: 6 },
      { ...good, entries: good.entries.slice(1) },
      listWith([recordOf("a")], otherSeed),
      listWith([{ ...recordOf("a"), peerId: "b" }]),
    ]) {
      expect(() => checkTrackerList(changed)).toThrow(/^bad-signature/);
    }
  });

  it("a list that names a peer twice is refused", () => {
    expect(() => checkTrackerList(listWith([recordOf("a"), recordOf("a")]))).toThrow(
      /^repeated-record/,
    );
  });
});

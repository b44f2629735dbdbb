import { beforeAll, describe, expect, it } from "vitest";
import { concatBytes, equalBytes } from "../../kernel/bytes.ts";
import { initKernel } from "../../kernel/init.ts";
import { MAX_ADDRESS_BYTES, MAX_RECORD_ADDRESSES } from "../limits.ts";
import { decodeAnswer, decodeQuestion, encodeAnswer, encodeQuestion } from "./messages.ts";
import type { PeerRecord } from "./records.ts";

beforeAll(() => initKernel());

/** Bytes of a libp2p id, `from` and `to`. */
const NAME_MAX_BYTES = 128;
const name = (length: number): string => "a".repeat(length);
const u16 = (value: number): Uint8Array => Uint8Array.of(value & 0xff, value >> 8);
const text = (length: number): Uint8Array =>
  concatBytes(u16(length), new TextEncoder().encode(name(length)));

/** A `getPeers` as a stranger would write it, whatever the sizes. */
const question = (from: number, to: number): Uint8Array =>
  concatBytes(Uint8Array.of(5), new Uint8Array(8), text(from), text(to));

/** A status with a record, as a stranger would write it. */
const status = (id: number, addresses: readonly number[]): Uint8Array =>
  concatBytes(
    Uint8Array.of(1),
    new Uint8Array(32 + 32 + 4 + 4 + 32),
    Uint8Array.of(1),
    text(id),
    new Uint8Array(32),
    Uint8Array.of(addresses.length),
    ...addresses.map(text),
    new Uint8Array(8 + 64),
  );

describe("[NET-6] sizes within a message", () => {
  it("names beyond theirs are refused, the cap itself passes", () => {
    const data = { timestampMs: 0, from: name(NAME_MAX_BYTES), to: name(NAME_MAX_BYTES) };
    expect(decodeQuestion(question(NAME_MAX_BYTES, NAME_MAX_BYTES)).data).toEqual(data);
    expect(() => decodeQuestion(question(NAME_MAX_BYTES + 1, 1))).toThrow(/^bad-encoding/);
    expect(() => decodeQuestion(question(1, NAME_MAX_BYTES + 1))).toThrow(/^bad-encoding/);
    expect(() =>
      encodeQuestion({ TAG: "getPeers", data: { ...data, to: name(NAME_MAX_BYTES + 1) } }),
    ).toThrow("too-large");
  });

  it("records with a longer id, more addresses or a longer one are refused, the caps themselves pass", () => {
    const full = Array<number>(MAX_RECORD_ADDRESSES).fill(MAX_ADDRESS_BYTES);
    const bytes = status(NAME_MAX_BYTES, full);
    const answer = decodeAnswer(bytes);
    expect(equalBytes(encodeAnswer(answer), bytes)).toBe(true);
    const record: PeerRecord | undefined = answer.TAG === "status" ? answer.data.record : undefined;
    expect(record?.addresses).toHaveLength(MAX_RECORD_ADDRESSES);
    for (const over of [
      status(NAME_MAX_BYTES + 1, []),
      status(1, [...full, 1]),
      status(1, [MAX_ADDRESS_BYTES + 1]),
    ]) {
      expect(() => decodeAnswer(over)).toThrow(/^bad-encoding/);
    }
  });
});

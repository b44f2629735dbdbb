/**
 * Payloads as JSON: what is read back, what would be rounded and is refused, and the dual-token kernel's
 * own example.
 *
 * @module
 */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hexFromBytes } from "../kernel/bytes.ts";
import { decodePayload, encodePayload, type TransactionPayload } from "../kernel/transaction.ts";
import kernelVectors from "../kernel/vectors/dual-token-kernel.json" with { type: "json" };
import { payloadFields, payloadFromJson } from "./payload-json.ts";

const EXAMPLE = {
  from_: "alice",
  to: "bob",
  amount_consumer: 5,
  amount_industrial: 0,
  fee: 10,
  fee_selector: 0,
  nonce: 0,
  memo: "64656d6f",
};

const u64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const name = fc.string({ maxLength: 30, unit: "grapheme" });
const payloads: fc.Arbitrary<TransactionPayload> = fc.record({
  from_: name,
  to: name,
  amountConsumer: u64,
  amountIndustrial: u64,
  fee: u64,
  feeSelector: fc.integer({ min: 0, max: 255 }),
  nonce: u64,
  memo: fc.uint8Array({ maxLength: 40 }),
});

describe("payloads as JSON", () => {
  test("[TX-0] the dual-token kernel's example is its 69 bytes, its memo as hex or as a list", () => {
    const memos = ["64656d6f", "64656D6F", [100, 101, 109, 111]];
    for (const memo of memos) {
      const bytes = encodePayload(payloadFromJson(JSON.stringify({ ...EXAMPLE, memo })));
      expect(hexFromBytes(bytes)).toBe(kernelVectors.payloadHex);
      expect(payloadFields(decodePayload(bytes))).toEqual(EXAMPLE);
      expect(bytes).toHaveLength(69);
    }
  });

  test("[TX-0] JSON → bytes → JSON gives every payload back without loss (property)", () => {
    fc.assert(
      fc.property(payloads, (payload) => {
        const json = JSON.stringify(payloadFields(payload));
        const bytes = encodePayload(payloadFromJson(json));
        expect(JSON.stringify(payloadFields(decodePayload(bytes)))).toBe(json);
        expect(decodePayload(bytes)).toEqual(payload);
      }),
    );
  });

  test("numbers up to 2^53 − 1, and all of a u64 as a text of digits", () => {
    const exact = { ...EXAMPLE, fee: 2 ** 53 - 1, nonce: "18446744073709551615" };
    const payload = payloadFromJson(JSON.stringify(exact));
    expect([payload.fee, payload.nonce]).toEqual([2n ** 53n - 1n, 2n ** 64n - 1n]);
    expect(payloadFields(payload)).toEqual(exact);
  });

  test.each([
    ["fee", 2 ** 53],
    ["fee", -1],
    ["fee", 1.5],
    ["fee", "18446744073709551616"],
    ["nonce", "0x10"],
    ["nonce", "01"],
    ["nonce", null],
    ["amount_consumer", "1e3"],
    ["fee_selector", 256],
    ["memo", "abc"],
    ["memo", [256]],
    ["memo", [1.5]],
    ["memo", {}],
    ["to", 7],
    ["amount", 1],
  ])("%s %j is refused by name", (field, value) => {
    expect(() => payloadFromJson(JSON.stringify({ ...EXAMPLE, [field]: value }))).toThrow(
      expect.objectContaining({ code: "bad-payload", data: expect.objectContaining({ field }) }),
    );
  });

  test.each(["", "{", "[]", "null", "7", "{}", '{"from_":"a"}'])("%j is no payload", (text) => {
    expect(() => payloadFromJson(text)).toThrow(expect.objectContaining({ code: "bad-payload" }));
  });
});

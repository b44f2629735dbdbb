import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { concatBytes, hexFromBytes, utf8Encode } from "../../kernel/bytes.ts";
import { MODULES, SYSTEM_PREFIX } from "../modules/registry.ts";
import { checkTransactionForm } from "./check-transaction.ts";
import { alice, bob, transactionOf } from "./testing/sample-transactions.ts";
import { remarkOf, tipMemo, tippedParagraph } from "./tip-memo.ts";

const PARAGRAPH = "5a".repeat(32);
const id = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(hexFromBytes);

describe("a tip", () => {
  it("names its paragraph and keeps its remark, whatever bytes both are", () => {
    fc.assert(
      fc.property(id, fc.uint8Array({ maxLength: 218 }), (paragraph, remark) => {
        const payload = { to: bob, memo: tipMemo(paragraph, remark) };
        expect(tippedParagraph(payload)).toBe(paragraph);
        expect(remarkOf(payload)).toEqual(remark);
      }),
    );
  });

  it("[TX-6] is a plain transfer: with tag and paragraph its remark has 218 bytes left", () => {
    const tipWith = (sizeBytes: number) =>
      transactionOf(alice, { to: bob, memo: tipMemo(PARAGRAPH, new Uint8Array(sizeBytes)) });
    expect(() => checkTransactionForm(tipWith(218))).not.toThrow();
    expect(() => checkTransactionForm(tipWith(219))).toThrow(
      expect.objectContaining({ number: 36 }),
    );
  });

  it("is no other transfer, however near its memo comes", () => {
    const memos = [
      new Uint8Array(),
      utf8Encode("tip/1|"),
      tipMemo(PARAGRAPH, new Uint8Array()).subarray(0, 37),
      concatBytes(utf8Encode("tip/2|"), new Uint8Array(32)),
      concatBytes(utf8Encode("Tip/1|"), new Uint8Array(32)),
      concatBytes(utf8Encode(" tip/1|"), new Uint8Array(32)),
    ];
    for (const memo of memos) {
      expect(tippedParagraph({ to: bob, memo })).toBeNull();
      expect(remarkOf({ to: bob, memo })).toEqual(memo);
    }
  });

  it("is no operation: what goes to a module tips nobody", () => {
    const memo = tipMemo(PARAGRAPH, new Uint8Array());
    for (const { name } of MODULES) {
      expect(tippedParagraph({ to: SYSTEM_PREFIX + name, memo })).toBeNull();
    }
    expect(tippedParagraph({ to: bob.toUpperCase(), memo })).toBeNull();
  });
});

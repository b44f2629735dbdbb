import * as fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { decodeBlock } from "./block.ts";
import type { Body } from "./body.ts";
import {
  bodyLeaves,
  bodyRootOf,
  decodeBody,
  encodeBody,
  feeChecksumOf,
  paragraphProof,
  slotLeaf,
  verifyLeafProof,
} from "./body.ts";
import { hash } from "./hash.ts";
import { initKernel } from "./init.ts";
import { KEY_BODY_MAX_BYTES, MICRO_BODY_MAX_BYTES } from "./limits.ts";
import type { Paragraph } from "./paragraph.ts";
import { checkParagraph, encodeParagraph, paragraphLeaf } from "./paragraph.ts";
import type { SignedTransaction } from "./transaction.ts";

beforeAll(initKernel);

const paragraph: Paragraph = {
  text: "One two three.",
  chapter: null,
  provenance: { writer: "human", model: "", algorithmHash: new Uint8Array(32), seed: 0n },
};

function transactionOf(memoBytes: number, nonce = 1n): SignedTransaction {
  return {
    payload: {
      from_: "a",
      to: "b",
      amountConsumer: 0n,
      amountIndustrial: 0n,
      fee: 0n,
      feeSelector: 0,
      nonce,
      memo: new Uint8Array(memoBytes),
    },
    publicKey: new Uint8Array(32),
    signature: new Uint8Array(64),
  };
}

function bodyOf(count: number): Body {
  const transactions = Array.from({ length: count }, (_, at) => transactionOf(at, BigInt(at)));
  return { paragraph: { kind: "text", paragraph }, transactions };
}

test("[BODY-1] a body is capped by its kind when made and when read", () => {
  const perKind = [
    ["micro", MICRO_BODY_MAX_BYTES],
    ["key", KEY_BODY_MAX_BYTES],
  ] as const;
  for (const [kind, maxBytes] of perKind) {
    const one = transactionOf(4_000);
    const size = encodeBody({ paragraph: { kind: "none" }, transactions: [one] }).length - 4;
    const fitting = Math.floor((maxBytes - 4) / size);
    const body = (count: number): Body => ({
      paragraph: { kind: "none" },
      transactions: Array.from({ length: count }, () => one),
    });
    expect(decodeBody(encodeBody(body(fitting), kind), kind)).toEqual(body(fitting));
    expect(() => encodeBody(body(fitting + 1), kind)).toThrow(
      expect.objectContaining({ code: "too-large" }),
    );
    expect(() => decodeBody(new Uint8Array(maxBytes + 1), kind)).toThrow(
      expect.objectContaining({
        code: "too-large",
        data: { what: `${kind} body`, sizeBytes: maxBytes + 1, maxBytes },
      }),
    );
  }
  expect(() => decodeBlock(new Uint8Array(366 + KEY_BODY_MAX_BYTES + 1))).toThrow(
    expect.objectContaining({ code: "too-large" }),
  );
});

test("[HDR-3] a withheld text leaves the root as it was", () => {
  const body = bodyOf(3);
  const withheld: Body = {
    ...body,
    paragraph: { kind: "withheld", leafHash: paragraphLeaf(paragraph) },
  };
  expect(bodyRootOf(withheld)).toEqual(bodyRootOf(body));
});

test("[HDR-3] nothing cannot be withheld: one body, one encoding", () => {
  const body: Body = {
    paragraph: { kind: "withheld", leafHash: slotLeaf({ kind: "none" }) },
    transactions: [],
  };
  expect(() => encodeBody(body)).toThrow(expect.objectContaining({ code: "bad-value" }));
});

test("[HDR-3] the root commits to each leaf, their order and their number", () => {
  const body = bodyOf(3);
  const root = bodyRootOf(body);
  const [a, b, c] = body.transactions;
  if (!a || !b || !c) throw new TypeError("three transactions");
  const others: Body[] = [
    { ...body, paragraph: { kind: "none" } },
    { ...body, paragraph: { kind: "text", paragraph: { ...paragraph, chapter: "I" } } },
    { ...body, transactions: [a, b] },
    { ...body, transactions: [b, a, c] },
    { ...body, transactions: [a, b, c, c] },
    { ...body, transactions: [a, b, { ...c, signature: new Uint8Array(64).fill(1) }] },
  ];
  for (const other of others) expect(bodyRootOf(other)).not.toEqual(root);
  const lonely: Body = { paragraph: { kind: "none" }, transactions: [] };
  expect(bodyRootOf(lonely)).toEqual(
    hash("body", Uint8Array.of(1, 0, 0, 0), bodyLeaves(lonely)[0] ?? new Uint8Array()),
  );
});

test("[HDR-3] a paragraph is proven by its path, and nothing else is", () => {
  fc.assert(
    fc.property(fc.nat({ max: 12 }), fc.nat({ max: 12 }), (count, otherCount) => {
      const body = bodyOf(count);
      const proof = paragraphProof(body);
      const root = bodyRootOf(body);
      const leaf = paragraphLeaf(paragraph);
      expect(verifyLeafProof(leaf, 0, proof, root)).toBe(true);
      expect(verifyLeafProof(new Uint8Array(32), 0, proof, root)).toBe(false);
      expect(verifyLeafProof(leaf, 0, proof, new Uint8Array(32))).toBe(false);
      const lied = { ...proof, count: otherCount };
      expect(verifyLeafProof(leaf, 0, lied, root)).toBe(otherCount === count + 1);
      const long = { ...proof, path: Array.from({ length: 1_000 }, () => leaf) };
      expect(verifyLeafProof(leaf, 0, long, root)).toBe(false);
    }),
  );
});

test("[HDR-3] an inner node does not pass for a paragraph", () => {
  const body = bodyOf(4);
  const { count, path } = paragraphProof(body);
  const [sibling, ...rest] = path;
  if (!sibling) throw new TypeError("a path");
  const inner = hash("merkle-node", paragraphLeaf(paragraph), sibling);
  expect(verifyLeafProof(inner, 0, { count, path: rest }, bodyRootOf(body))).toBe(false);
});

test("[PAR-1] a paragraph has 1…maxWords words and at most 1,600 bytes", () => {
  expect(() => checkParagraph(paragraph, 3)).not.toThrow();
  expect(() => checkParagraph(paragraph, 2)).toThrow(
    expect.objectContaining({ code: "too-many-words", data: { words: 3, maxWords: 2 } }),
  );
  const long = { ...paragraph, text: "é".repeat(801) };
  expect(() => checkParagraph(long, 140)).toThrow(expect.objectContaining({ code: "bad-text" }));
  expect(() => encodeParagraph(long)).toThrow(expect.objectContaining({ code: "bad-value" }));
  expect(() => checkParagraph({ ...paragraph, text: "é".repeat(800) }, 140)).not.toThrow();
});

test("the fee checksum tells the two tokens apart", () => {
  expect(feeChecksumOf(1n, 2n)).not.toEqual(feeChecksumOf(2n, 1n));
  expect(() => feeChecksumOf(-1n, 0n)).toThrow(expect.objectContaining({ code: "bad-value" }));
});

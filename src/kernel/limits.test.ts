/**
 * One step past each cap on a text or record that no other test goes past (docs/LIMITS.md): at the cap
 * a value is taken, beyond it neither made nor read.
 *
 * @module
 */
import { beforeAll, expect, test } from "vitest";
import type { Genesis } from "./genesis.ts";
import { createGenesis, decodeGenesis, encodeGenesis } from "./genesis.ts";
import { initKernel } from "./init.ts";
import {
  ACCOUNT_NAME_MAX_BYTES,
  CHAPTER_LENGTH_MAX,
  CHAPTER_MAX_BYTES,
  GENESIS_MAX_BYTES,
  LANGUAGE_MAX_BYTES,
  MEMO_MAX_BYTES,
  MODEL_NAME_MAX_BYTES,
  PARAGRAPH_MAX_BYTES,
  PARAGRAPH_RECORD_MAX_BYTES,
  PAYLOAD_MAX_BYTES,
  PREMISE_MAX_BYTES,
  RULES_MAX_BYTES,
  SIGNED_TRANSACTION_MAX_BYTES,
} from "./limits.ts";
import type { Paragraph } from "./paragraph.ts";
import { checkParagraph, decodeParagraph, encodeParagraph } from "./paragraph.ts";
import type { TransactionPayload } from "./transaction.ts";
import {
  decodePayload,
  decodeSignedTransaction,
  encodePayload,
  encodeSignedTransaction,
} from "./transaction.ts";

const seed = new Uint8Array(32).fill(5);
const letters = (count: number): string => "a".repeat(count);
const code = (name: string): unknown => expect.objectContaining({ code: name });

let genesis: Genesis;
beforeAll(async () => {
  await initKernel();
  genesis = createGenesis(
    {
      network: "live",
      title: "t",
      premise: "p",
      language: "en",
      paceMs: 60_000,
      chapterLength: 0,
      contentRating: "everyone",
      rules: "",
      createdMs: 1,
    },
    seed,
  );
});

test.each([
  ["premise", PREMISE_MAX_BYTES],
  ["rules", RULES_MAX_BYTES],
  ["language", LANGUAGE_MAX_BYTES],
] as const)("[GEN-1] a %s of %i bytes is the longest", (field, maxBytes) => {
  const longest = { ...genesis, [field]: letters(maxBytes) };
  expect(decodeGenesis(encodeGenesis(longest))).toEqual(longest);
  expect(() => encodeGenesis({ ...genesis, [field]: letters(maxBytes + 1) })).toThrow(
    code("bad-value"),
  );
});

test("[GEN-1] a chapter has at most what a u16 holds", () => {
  expect(encodeGenesis({ ...genesis, chapterLength: CHAPTER_LENGTH_MAX })).toBeTruthy();
  expect(() => encodeGenesis({ ...genesis, chapterLength: CHAPTER_LENGTH_MAX + 1 })).toThrow(
    code("bad-value"),
  );
});

const fullest: Paragraph = {
  text: letters(PARAGRAPH_MAX_BYTES),
  chapter: letters(CHAPTER_MAX_BYTES),
  provenance: {
    writer: "model",
    model: letters(MODEL_NAME_MAX_BYTES),
    algorithmHash: seed,
    seed: 1n,
  },
};

test("[PAR-1] chapter mark and model name have their caps, when checked and when made", () => {
  checkParagraph(fullest, 1);
  const long = { ...fullest, chapter: letters(CHAPTER_MAX_BYTES + 1) };
  const provenance = { ...fullest.provenance, model: letters(MODEL_NAME_MAX_BYTES + 1) };
  for (const paragraph of [long, { ...fullest, provenance }]) {
    expect(() => checkParagraph(paragraph, 1)).toThrow(code("bad-text"));
    expect(() => encodeParagraph(paragraph)).toThrow(code("bad-value"));
  }
});

const payload: TransactionPayload = {
  from_: letters(ACCOUNT_NAME_MAX_BYTES),
  to: letters(ACCOUNT_NAME_MAX_BYTES),
  amountConsumer: 1n,
  amountIndustrial: 1n,
  fee: 1n,
  feeSelector: 0,
  nonce: 1n,
  memo: new Uint8Array(MEMO_MAX_BYTES),
};

test("[TX-0] names and memo have their caps", () => {
  const refused: readonly TransactionPayload[] = [
    { ...payload, from_: letters(ACCOUNT_NAME_MAX_BYTES + 1) },
    { ...payload, to: letters(ACCOUNT_NAME_MAX_BYTES + 1) },
    { ...payload, memo: new Uint8Array(MEMO_MAX_BYTES + 1) },
  ];
  for (const one of refused) expect(() => encodePayload(one)).toThrow(code("bad-value"));
});

test("[ENC-2] a record's cap is exactly its fullest record, and one byte more is not read", () => {
  const signed = { payload, publicKey: seed, signature: new Uint8Array(64) };
  expect(encodeParagraph(fullest).length).toBe(PARAGRAPH_RECORD_MAX_BYTES);
  expect(encodePayload(payload).length).toBe(PAYLOAD_MAX_BYTES);
  expect(encodeSignedTransaction(signed).length).toBe(SIGNED_TRANSACTION_MAX_BYTES);
  const readers = [
    [decodeGenesis, GENESIS_MAX_BYTES],
    [decodeParagraph, PARAGRAPH_RECORD_MAX_BYTES],
    [decodePayload, PAYLOAD_MAX_BYTES],
    [decodeSignedTransaction, SIGNED_TRANSACTION_MAX_BYTES],
  ] as const;
  for (const [decode, maxBytes] of readers) {
    expect(() => decode(new Uint8Array(maxBytes + 1))).toThrow(code("too-large"));
  }
});

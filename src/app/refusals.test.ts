import { expect, test } from "vitest";
import { CodedError } from "../kernel/errors.ts";
import { isTransactionCode } from "../ledger/transactions/transaction-code.ts";
import { messageOf } from "./messages.ts";
import { outcomeWords, refusalOf } from "./refusals.ts";

const NUMBERS = Array.from({ length: 128 }, (_, number) => number).filter(
  (number) => number !== 0 && isTransactionCode(number),
);

test("every number of the ledger has its own words and says what to do", () => {
  expect(NUMBERS.length).toBeGreaterThan(26);
  const texts = NUMBERS.map((number) => refusalOf(number).text);
  for (const [index, text] of texts.entries()) {
    expect(text, String(NUMBERS[index])).not.toContain("does not know");
    expect(text.length).toBeGreaterThan(40);
  }
  expect(new Set(texts).size).toBe(texts.length);
});

test("a refusal is told by its number; a new one names itself", () => {
  const refused = (number: number): string =>
    messageOf(new CodedError("transaction-refused", { number, label: "x" })).text;
  expect(refused(2)).toBe(refusalOf(2).text);
  expect(refused(64)).toMatch(/Choose another one. Nothing was signed and nothing paid.$/);
  expect(refused(99)).toContain("code 99");
  expect(messageOf(new CodedError("transaction-refused")).text).toMatch(/did not take/);
});

test("a fee that is too low says how much is needed", () => {
  const data = { number: 10, label: "fee_too_low", fee: "100", floor: "282" };
  expect(messageOf(new CodedError("transaction-refused", data)).text).toContain("0.000282");
});

test("what became of an operation, in words", () => {
  expect(outcomeWords(null)).toBe("not sealed yet");
  expect(outcomeWords(0)).toBe("done");
  expect(outcomeWords(64)).toBe("lost: handle taken");
});

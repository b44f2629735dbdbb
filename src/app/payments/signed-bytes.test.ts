import { expect, test } from "vitest";
import { hexFromBytes, utf8Encode } from "../../kernel/bytes.ts";
import { encodePayload, encodeSignedTransaction } from "../../kernel/transaction.ts";
import { signedParts } from "./signed-bytes.ts";

const payload = {
  from_: "ab".repeat(32),
  to: "sys/handles",
  amountConsumer: 5n,
  amountIndustrial: 0n,
  fee: 282n,
  feeSelector: 2,
  nonce: 7n,
  memo: utf8Encode("demo"),
};
const encoded = hexFromBytes(
  encodeSignedTransaction({
    payload,
    publicKey: new Uint8Array(32).fill(1),
    signature: new Uint8Array(64).fill(2),
  }),
);

test("the parts are the bytes, and the signed ones are the payload", () => {
  const parts = signedParts(encoded) ?? [];
  expect(parts.map((part) => part.hex).join("")).toBe(encoded);
  const signed = parts.filter((part) => part.signed).map((part) => part.hex);
  expect(signed.join("")).toBe(hexFromBytes(encodePayload(payload)));
  expect(parts.find((part) => part.name === "memo")?.hex).toBe(hexFromBytes(utf8Encode("demo")));
  expect(parts.find((part) => part.name === "nonce")?.hex).toBe("0700000000000000");
});

test("bytes that do not add up are shown whole instead", () => {
  expect(signedParts("")).toBeNull();
  expect(signedParts(encoded.slice(0, -2))).toBeNull();
  expect(signedParts(`${encoded}00`)).toBeNull();
});

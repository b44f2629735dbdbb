/**
 * The memo of an operation (TX-6): version byte, action byte, fields. Shared by the modules, so that every
 * one of them decodes strictly and refuses with the same code.
 *
 * @module
 */
import * as P from "micro-packed";
import type { Address } from "../../kernel/brand.ts";
import { addressFromHex } from "../../kernel/brand.ts";
import { bytesFromHex, hexFromBytes } from "../../kernel/bytes.ts";
import type { Coder } from "../../kernel/codec.ts";
import { fixedBytes, strictDecode, strictEncode } from "../../kernel/codec.ts";
import { isCoded } from "../../kernel/errors.ts";
import { MEMO_MAX_BYTES } from "../../kernel/limits.ts";
import { checkText, countWords } from "../../kernel/text.ts";
import { TransactionCode, TransactionRefused } from "../transactions/transaction-code.ts";

/** An address as its 32 bytes. */
export const addressCoder: Coder<Address> = P.apply(fixedBytes(32), {
  encode: (bytes: Uint8Array): Address => addressFromHex(hexFromBytes(bytes)),
  decode: (owner: Address): Uint8Array => bytesFromHex(owner),
});

/** The memo of an operation, checked as a reader would; throws `TransactionRefused`. */
export function encodeMemo<Op>(module: string, coder: Coder<Op>, op: Op): Uint8Array {
  return refusing(module, () => strictEncode(coder, op, MEMO_MAX_BYTES, module));
}

/** The operation in a memo (ENC-2); throws `TransactionRefused` badOperation {module, reason}. */
export function decodeMemo<Op>(module: string, coder: Coder<Op>, memo: Uint8Array): Op {
  return refusing(module, () => strictDecode(coder, memo, MEMO_MAX_BYTES, module));
}

/** Runs a check whose kernel error (`bad-text`, …) means that the operation is none. */
export function refusing<T>(module: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!isCoded(error) || error instanceof TransactionRefused) throw error;
    const reason = error.data["reason"] ?? error.code;
    throw new TransactionRefused(TransactionCode.badOperation, { module, reason });
  }
}

/** ENC-5 and at least one word (PAR-1), at most `maxBytes` of UTF-8; throws badOperation {module, reason}. */
export function checkWords(module: string, text: string, maxBytes: number): void {
  refusing(module, () => checkText(text, { what: module, maxBytes }));
  if (countWords(text) === 0) {
    throw new TransactionRefused(TransactionCode.badOperation, { module, reason: "no words" });
  }
}

const SPACES_AROUND = /^[ \u3000]|[ \u3000]$|\n/;

/** As `checkWords`, and on one line without spaces around it, where nobody would see them. */
export function checkName(module: string, name: string, maxBytes: number): void {
  checkWords(module, name, maxBytes);
  if (SPACES_AROUND.test(name)) {
    throw new TransactionRefused(TransactionCode.badOperation, { module, reason: "name" });
  }
}

/**
 * A transaction's payload as JSON under the dual-token kernel's field names. Nothing is rounded: a JSON
 * number above 2^53 − 1 is refused, because its digits are lost before anybody sees them, and such amounts
 * are given and printed as decimal strings.
 *
 * @module
 */
import { bytesFromHex, hexFromBytes } from "../kernel/bytes.ts";
import { CodedError } from "../kernel/errors.ts";
import type { TransactionPayload } from "../kernel/transaction.ts";

/** The fields in the order of their bytes. */
const FIELDS = [
  "from_",
  "to",
  "amount_consumer",
  "amount_industrial",
  "fee",
  "fee_selector",
  "nonce",
  "memo",
] as const;
type Field = (typeof FIELDS)[number];
type Values = Readonly<Record<string, unknown>>;

/** A payload as JSON values: u64 as a number where that is exact, else as a decimal string; bytes as hex. */
export type PayloadFields = Readonly<Record<Field, string | number>>;

const DECIMAL = /^(0|[1-9]\d{0,19})$/;
const U64_MAX = 2n ** 64n - 1n;
const U8_MAX = 255;

function refuse(field: string, reason: string): never {
  throw new CodedError("bad-payload", { field, reason });
}

function textOf(values: Values, field: Field): string {
  const value = values[field];
  return typeof value === "string" ? value : refuse(field, "give a text");
}

function u64Of(values: Values, field: Field): bigint {
  const value = values[field];
  if (typeof value === "number") {
    if (Number.isSafeInteger(value) && value >= 0) return BigInt(value);
    return refuse(field, "give a whole number; from 2^53 on as a text of digits");
  }
  if (typeof value === "string" && DECIMAL.test(value) && BigInt(value) <= U64_MAX) {
    return BigInt(value);
  }
  return refuse(field, "give a whole number from 0 to 2^64 − 1");
}

function u8Of(values: Values, field: Field): number {
  const value = u64Of(values, field);
  return value <= BigInt(U8_MAX) ? Number(value) : refuse(field, "give a number from 0 to 255");
}

function bytesOf(values: Values, field: Field): Uint8Array {
  const value = values[field];
  if (typeof value === "string") {
    const hex = value.toLowerCase();
    return /^([0-9a-f]{2})*$/.test(hex) ? bytesFromHex(hex) : refuse(field, "give hex");
  }
  if (!Array.isArray(value)) return refuse(field, "give hex or a list of bytes");
  return Uint8Array.from(value, (byte: unknown) => {
    const isByte =
      typeof byte === "number" && Number.isInteger(byte) && byte >= 0 && byte <= U8_MAX;
    return isByte ? byte : refuse(field, "give bytes from 0 to 255");
  });
}

/** The payload that a JSON text says; throws `bad-payload` {field, reason}. */
export function payloadFromJson(text: string): TransactionPayload {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return refuse("", "not JSON");
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    return refuse("", "give an object");
  }
  const values: Values = { ...parsed };
  for (const field of FIELDS) if (values[field] === undefined) refuse(field, "missing");
  const unknown = Object.keys(values).find((name) => !FIELDS.some((field) => field === name));
  if (unknown !== undefined) refuse(unknown.slice(0, 80), "no field of a payload");
  return {
    from_: textOf(values, "from_"),
    to: textOf(values, "to"),
    amountConsumer: u64Of(values, "amount_consumer"),
    amountIndustrial: u64Of(values, "amount_industrial"),
    fee: u64Of(values, "fee"),
    feeSelector: u8Of(values, "fee_selector"),
    nonce: u64Of(values, "nonce"),
    memo: bytesOf(values, "memo"),
  };
}

function exact(value: bigint): string | number {
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : String(value);
}

/** The payload as JSON values; `payloadFromJson` reads them back. */
export function payloadFields(payload: TransactionPayload): PayloadFields {
  return {
    from_: payload.from_,
    to: payload.to,
    amount_consumer: exact(payload.amountConsumer),
    amount_industrial: exact(payload.amountIndustrial),
    fee: exact(payload.fee),
    fee_selector: payload.feeSelector,
    nonce: exact(payload.nonce),
    memo: hexFromBytes(payload.memo),
  };
}

/**
 * Reads the fields of an operation that came from outside (RPC, command line). Only types and presence are
 * judged here; what a value may be is the rule of the layout. All throw `bad-params {path, problem}`.
 *
 * @module
 */
import type { Address } from "../../kernel/brand.ts";
import { addressFromHex, isHex32 } from "../../kernel/brand.ts";
import { bytesFromHex } from "../../kernel/bytes.ts";
import { CodedError } from "../../kernel/errors.ts";

/** Values from outside, by name. */
export type UnknownFields = Readonly<Record<string, unknown>>;

/** The error of a field. */
export function badField(path: string, problem: string): CodedError {
  return new CodedError("bad-params", { path, problem });
}

/** Refuses fields that the action does not know: a typing error must not be paid for. */
export function onlyFields(fields: UnknownFields, known: readonly string[]): void {
  const unknown = Object.keys(fields).find((name) => name !== "action" && !known.includes(name));
  if (unknown !== undefined) throw badField(unknown.slice(0, 80), "unknown field");
}

/** A text. */
export function textField(fields: UnknownFields, path: string): string {
  const value = fields[path];
  if (typeof value !== "string") throw badField(path, "must be a text");
  return value;
}

/** One of `names`. */
export function namedField<const Name extends string>(
  fields: UnknownFields,
  path: string,
  names: readonly Name[],
): Name {
  const value = fields[path];
  const name = names.find((one) => one === value);
  if (name === undefined) throw badField(path, `must be one of ${names.join(", ")}`);
  return name;
}

/** An integer from 0 to `max`. */
export function integerField(fields: UnknownFields, path: string, max: number): number {
  const value = fields[path];
  if (typeof value !== "number" || !Number.isInteger(value) || value < 0 || value > max) {
    throw badField(path, `must be an integer from 0 to ${max}`);
  }
  return value;
}

/** Bytes given as lower-case hex. */
export function bytesField(fields: UnknownFields, path: string, sizeBytes: number): Uint8Array {
  const value = fields[path];
  if (typeof value !== "string" || value.length !== 2 * sizeBytes || !/^[0-9a-f]*$/.test(value)) {
    throw badField(path, `must be ${2 * sizeBytes} lower-case hex digits`);
  }
  return bytesFromHex(value);
}

/** An address (TX-1). */
export function addressField(fields: UnknownFields, path: string): Address {
  const value = fields[path];
  if (typeof value !== "string" || !isHex32(value)) {
    throw badField(path, "must be an address: 64 lower-case hex digits");
  }
  return addressFromHex(value);
}

/**
 * How the vector files write a value: bytes as `hex:…` and bigints as `int:…`, everything else as JSON.
 * Test-only; a separate file because the script that makes the vectors needs it too.
 *
 * @module
 */
import { hexFromBytes } from "../bytes.ts";

/** A value as JSON can hold it. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** `value` with bytes and bigints spelled out as strings; anything unknown becomes its name. */
export function jsonValue(value: unknown): JsonValue {
  if (value === null || typeof value === "boolean" || typeof value === "number") return value;
  if (typeof value === "string") return value;
  if (typeof value === "bigint") return `int:${value}`;
  if (value instanceof Uint8Array) return `hex:${hexFromBytes(value)}`;
  if (Array.isArray(value)) return value.map(jsonValue);
  if (typeof value !== "object") return `unexpected:${typeof value}`;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, jsonValue(part)]));
}

/**
 * Plain operations on byte strings. Kept apart from the codec because everything uses them, and strict
 * where libraries are lenient: upper-case hex, malformed UTF-8 and lone surrogates are errors here.
 *
 * @module
 */
import { CodedError } from "./errors.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const LONE_SURROGATE = /[\ud800-\udfff]/u;
const LOWER_HEX = /^(?:[0-9a-f]{2})*$/;
const HEX_OF_BYTE: readonly string[] = Array.from({ length: 256 }, (_, value) =>
  value.toString(16).padStart(2, "0"),
);

/** One new byte string of all `parts` in order. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  let sizeBytes = 0;
  for (const part of parts) sizeBytes += part.length;
  const joined = new Uint8Array(sizeBytes);
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

/** True when both hold the same bytes; not constant-time, so not for secrets. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}

/** Lexicographic order of unsigned bytes: negative, zero or positive; a prefix comes first. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Lower-case hex. */
export function hexFromBytes(bytes: Uint8Array): string {
  let hex = "";
  for (const byte of bytes) hex += HEX_OF_BYTE[byte];
  return hex;
}

/** Bytes of lower-case hex; throws `bad-hex` for anything else, upper case included. */
export function bytesFromHex(hex: string): Uint8Array {
  if (!LOWER_HEX.test(hex)) throw new CodedError("bad-hex", { value: hex.slice(0, 80) });
  const bytes = new Uint8Array(hex.length / 2);
  for (let index = 0; index < bytes.length; index++) {
    bytes[index] = Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16);
  }
  return bytes;
}

/** UTF-8 of well-formed text (ENC-5); throws `bad-text` for a lone surrogate instead of replacing it. */
export function utf8Encode(text: string): Uint8Array {
  const at = text.search(LONE_SURROGATE);
  if (at >= 0) throw new CodedError("bad-text", { what: "text", reason: "ill-formed", at });
  return encoder.encode(text);
}

/** Text of UTF-8 bytes, a BOM kept (ENC-5); throws `bad-utf8` for malformed bytes. */
export function utf8Decode(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new CodedError("bad-utf8", { sizeBytes: bytes.length }, { cause });
  }
}

/** The unsigned number that big-endian bytes stand for; empty is zero. */
export function bigintFromBytesBE(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${hexFromBytes(bytes)}`);
}

/** `value` as exactly `sizeBytes` big-endian bytes; throws `out-of-range` when it does not fit. */
export function bytesFromBigintBE(value: bigint, sizeBytes: number): Uint8Array {
  if (value < 0n || value >= 1n << BigInt(8 * sizeBytes)) {
    throw new CodedError("out-of-range", { value: String(value), sizeBytes });
  }
  return bytesFromHex(sizeBytes === 0 ? "" : value.toString(16).padStart(2 * sizeBytes, "0"));
}

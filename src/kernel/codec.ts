/**
 * Strict fixed-layout coders (ENC-1, ENC-2). micro-packed reads and writes; this file adds what
 * consensus needs on top: a size check before anything is read, a cap on every length prefix before its
 * bytes are taken, the proof that a decoded value re-encodes to the same bytes, and coded errors only.
 *
 * @module
 */
import * as P from "micro-packed";
import { equalBytes, utf8Decode, utf8Encode } from "./bytes.ts";
import { CodedError } from "./errors.ts";
import { FixedWriter } from "./fixed-writer.ts";
import { TIMESTAMP_MAX_MS } from "./limits.ts";

/** Reads and writes one value of type `T`. */
export type Coder<T> = P.CoderType<T>;

function reasonOf(error: unknown): string {
  return String(error).slice(0, 200);
}

/**
 * Decodes all of `bytes` or throws (ENC-2): `too-large {what, sizeBytes, maxBytes}` before anything is
 * read, `bad-encoding {what, reason}` for anything that would not re-encode to the same bytes. The value
 * shares no memory with `bytes`.
 */
export function strictDecode<T>(
  coder: Coder<T>,
  bytes: Uint8Array,
  maxBytes: number,
  what: string,
): T {
  if (bytes.length > maxBytes) {
    throw new CodedError("too-large", { what, sizeBytes: bytes.length, maxBytes });
  }
  let value: T;
  let again: Uint8Array;
  try {
    value = coder.decode(bytes);
    again = coder.encode(value);
  } catch (error) {
    throw new CodedError("bad-encoding", { what, reason: reasonOf(error) }, { cause: error });
  }
  if (!equalBytes(again, bytes)) {
    throw new CodedError("bad-encoding", { what, reason: "not the canonical encoding" });
  }
  return value;
}

/** Encodes `value` or throws `bad-value {what, reason}` (a field out of range) or `too-large` (ENC-2). */
export function strictEncode<T>(
  coder: Coder<T>,
  value: T,
  maxBytes: number,
  what: string,
): Uint8Array {
  let bytes: Uint8Array;
  try {
    bytes = coder.encode(value);
  } catch (error) {
    throw new CodedError("bad-value", { what, reason: reasonOf(error) }, { cause: error });
  }
  if (bytes.length > maxBytes) {
    throw new CodedError("too-large", { what, sizeBytes: bytes.length, maxBytes });
  }
  return bytes;
}

/**
 * `coder`, with `byHand` asked first for the bytes of a whole value: faster, and the same by test. It
 * gives `null` where `coder` must judge, and may give the same memory again.
 */
export function withHandEncoding<T>(
  coder: Coder<T>,
  byHand: (value: T) => Uint8Array | null,
): Coder<T> {
  return { ...coder, encode: (value) => byHand(value)?.slice() ?? coder.encode(value) };
}

/** Unsigned 8 bits. */
export const u8: Coder<number> = P.U8;
/** Unsigned 16 bits, little-endian. */
export const u16: Coder<number> = P.U16LE;
const u32Writer = new FixedWriter(4);
const u64Writer = new FixedWriter(8);

/** Unsigned 32 bits, little-endian. */
export const u32: Coder<number> = withHandEncoding(P.U32LE, (value) => {
  u32Writer.start();
  u32Writer.u32(value);
  return u32Writer.finish();
});
/** Unsigned 64 bits, little-endian (ENC-3: amounts). */
export const u64: Coder<bigint> = withHandEncoding(P.U64LE, (value) => {
  u64Writer.start();
  u64Writer.u64(value);
  return u64Writer.finish();
});
/** Unsigned 256 bits, little-endian (Σ work, HDR-5). */
export const u256: Coder<bigint> = P.U256LE;

/** Milliseconds since the Unix epoch as u64, at most what a `Date` can show (ENC-3). */
export const timestamp: Coder<number> = P.wrap({
  size: 8,
  encodeStream: (writer, value: number) => {
    if (!Number.isSafeInteger(value) || value < 0 || value > TIMESTAMP_MAX_MS) {
      throw writer.err(`not a timestamp: ${value}`);
    }
    P.U64LE.encodeStream(writer, BigInt(value));
  },
  decodeStream: (reader) => {
    const value = P.U64LE.decodeStream(reader);
    if (value > BigInt(TIMESTAMP_MAX_MS)) throw reader.err(`not a timestamp: ${value}`);
    return Number(value);
  },
});

/** One byte that must have the value `expected` (a leading version, ENC-1). */
export function constantByte<const N extends number>(expected: N, what: string): Coder<N> {
  return P.wrap({
    size: 1,
    encodeStream: (writer, value: N) => {
      if (value !== expected) throw writer.err(`${what} must be ${expected}, not ${value}`);
      writer.byte(expected);
    },
    decodeStream: (reader) => {
      const value = reader.byte();
      if (value !== expected) throw reader.err(`${what} must be ${expected}, not ${value}`);
      return expected;
    },
  });
}

/** One byte that stands for a name, by the position in `names`. */
export function namedByte<const Name extends string>(names: readonly Name[]): Coder<Name> {
  return P.wrap({
    size: 1,
    encodeStream: (writer, value: Name) => {
      const index = names.indexOf(value);
      if (index < 0) throw writer.err(`unknown name ${value}`);
      writer.byte(index);
    },
    decodeStream: (reader) => {
      const index = reader.byte();
      const name = names[index];
      if (name === undefined) throw reader.err(`unknown tag ${index}`);
      return name;
    },
  });
}

/** Exactly `sizeBytes` bytes; the decoded ones are a copy, so that a record never pins its message. */
export function fixedBytes(sizeBytes: number): Coder<Uint8Array> {
  return P.wrap({
    size: sizeBytes,
    encodeStream: (writer, value: Uint8Array) => {
      if (!P.utils.isBytes(value) || value.length !== sizeBytes) {
        throw writer.err(`expected ${sizeBytes} bytes`);
      }
      writer.bytes(value);
    },
    decodeStream: (reader) => reader.bytes(sizeBytes).slice(),
  });
}

/** A length prefix: a coder of a number, also where the width on the wire needs a bigint. */
const u64Length: Coder<number> = P.wrap({
  size: 8,
  encodeStream: (writer, value: number) => P.U64LE.encodeStream(writer, BigInt(value)),
  decodeStream: (reader) => {
    const value = P.U64LE.decodeStream(reader);
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw reader.err(`length ${value}`);
    return Number(value);
  },
});

/** The widths that a length prefix may have. */
export type LengthWidth = "u8" | "u16" | "u64";

const lengthCoders: Readonly<Record<LengthWidth, Coder<number>>> = { u8, u16, u64: u64Length };

/** Bytes after their length; a length above `maxBytes` is refused before any byte is taken (ENC-2). */
export function prefixedBytes(width: LengthWidth, maxBytes: number): Coder<Uint8Array> {
  const length = lengthCoders[width];
  return P.wrap({
    encodeStream: (writer, value: Uint8Array) => {
      if (!P.utils.isBytes(value)) throw writer.err("expected bytes");
      if (value.length > maxBytes) throw writer.err(`${value.length} bytes, at most ${maxBytes}`);
      length.encodeStream(writer, value.length);
      writer.bytes(value);
    },
    decodeStream: (reader) => {
      const sizeBytes = length.decodeStream(reader);
      if (sizeBytes > maxBytes) throw reader.err(`${sizeBytes} bytes, at most ${maxBytes}`);
      return reader.bytes(sizeBytes).slice();
    },
  });
}

/** Well-formed UTF-8 text after its length in bytes (ENC-5), capped like `prefixedBytes`. */
export function prefixedText(width: LengthWidth, maxBytes: number): Coder<string> {
  return P.apply(prefixedBytes(width, maxBytes), { encode: utf8Decode, decode: utf8Encode });
}

/** An optional value in a box: micro-packed's struct types would make a bare null an absent field. */
export interface Optional<T> {
  readonly value: T | null;
}

/** An absent (tag 0) or present (tag 1) value: the only kind of optional field (ENC-1). */
export function optional<T>(inner: Coder<T>): Coder<Optional<T>> {
  return P.wrap({
    encodeStream: (writer, { value }: Optional<T>) => {
      writer.byte(value === null ? 0 : 1);
      if (value !== null) inner.encodeStream(writer, value);
    },
    decodeStream: (reader) => {
      const tag = reader.byte();
      if (tag > 1) throw reader.err(`unknown tag ${tag}`);
      return { value: tag === 0 ? null : inner.decodeStream(reader) };
    },
  });
}

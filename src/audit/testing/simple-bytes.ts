/**
 * Bytes and hashes for the second implementation of the ledger: nothing from `src/kernel`, so that a
 * mistake there is not made twice. Test-only.
 *
 * @module
 */
import { blake3 } from "@noble/hashes/blake3.js";

/** Reads little-endian values one after the other; throws when the bytes end too early. */
export interface Reader {
  take(sizeBytes: number): Uint8Array;
  u8(): number;
  u16(): number;
  u32(): number;
  u64(): bigint;
  /** As many bytes of UTF-8. */
  text(sizeBytes: number): string;
  /** As many bytes, as hex. */
  hex(sizeBytes: number): string;
  /** Bytes read so far. */
  at(): number;
  /** Throws unless everything was read. */
  end(): void;
}

/** A reader of `bytes` from their start. */
export function readerOf(bytes: Uint8Array): Reader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const skip = (sizeBytes: number): number => {
    if (at + sizeBytes > bytes.length) throw new Error(`bytes end at ${bytes.length}`);
    at += sizeBytes;
    return at - sizeBytes;
  };
  const take = (sizeBytes: number): Uint8Array => {
    const start = skip(sizeBytes);
    return bytes.slice(start, start + sizeBytes);
  };
  return {
    take,
    u8: () => view.getUint8(skip(1)),
    u16: () => view.getUint16(skip(2), true),
    u32: () => view.getUint32(skip(4), true),
    u64: () => view.getBigUint64(skip(8), true),
    text: (sizeBytes) => new TextDecoder("utf-8", { fatal: true }).decode(take(sizeBytes)),
    hex: (sizeBytes) => toHex(take(sizeBytes)),
    at: () => at,
    end: () => {
      if (at !== bytes.length) throw new Error(`${bytes.length - at} bytes left over`);
    },
  };
}

/** Lower-case hex. */
export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

/** Bytes of hex. */
export function fromHex(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex, "hex"));
}

/** Bytes of text. */
export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** All parts in a row. */
export function join(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

/** A number as little-endian bytes. */
export function littleEndian(value: number | bigint, sizeBytes: number): Uint8Array {
  return bigEndian(value, sizeBytes).reverse();
}

/** A number as big-endian bytes. */
export function bigEndian(value: number | bigint, sizeBytes: number): Uint8Array {
  return fromHex(value.toString(16).padStart(2 * sizeBytes, "0"));
}

/** HASH-1: BLAKE3-256 in derive-key mode, context `fabula/1 <use>`. */
export function hashFor(use: string, ...parts: readonly Uint8Array[]): Uint8Array {
  return blake3(join(...parts), { context: utf8(`fabula/1 ${use}`) });
}

/** Plain BLAKE3-256 (HDR-1, TX-3). */
export function plainHash(...parts: readonly Uint8Array[]): Uint8Array {
  return blake3(join(...parts));
}

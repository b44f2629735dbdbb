/**
 * The layout of a record as a tree: numbers, byte strings, things behind a length or a count. Fuzzing
 * changes the tree, so that it reaches what random bytes never do: a length that lies, a list with one
 * item twice, a text that ends within a character. Layouts are written down here from
 * `docs/PROTOCOL.md`, not made by the encoders under test. Test-only.
 *
 * @module
 */
import { concatBytes } from "../../kernel/bytes.ts";
import type { Random } from "./random.ts";

/** Bytes of a number. */
export type Width = 1 | 2 | 4 | 8 | 32;

/** A part of a record; mutable, made anew for each input. */
export type Part =
  | { readonly kind: "number"; bytes: Uint8Array }
  | { readonly kind: "bytes"; bytes: Uint8Array }
  /** `stated` lies about the length (or, in a list, the count). */
  | { readonly kind: "prefixed"; readonly width: Width; readonly parts: Part[]; stated?: bigint }
  | { readonly kind: "list"; readonly width: Width; readonly parts: Part[]; stated?: bigint }
  | { readonly kind: "group"; readonly parts: Part[] };

/** Little-endian bytes of a number, cut to the width. */
export function numberBytes(value: number | bigint, width: Width): Uint8Array {
  const bytes = new Uint8Array(width);
  let rest = BigInt.asUintN(8 * width, BigInt(value));
  for (let index = 0; index < width; index++) {
    bytes[index] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return bytes;
}

/** A number, little-endian. */
export function number(value: number | bigint, width: Width): Part {
  return { kind: "number", bytes: numberBytes(value, width) };
}

/** A number, big-endian. */
export function bigEndianNumber(value: number | bigint, width: Width): Part {
  return { kind: "number", bytes: numberBytes(value, width).reverse() };
}

/** Bytes as they are. */
export function raw(bytes: Uint8Array): Part {
  return { kind: "bytes", bytes };
}

/** Parts behind their length in bytes. */
export function prefixed(width: Width, ...parts: Part[]): Part {
  return { kind: "prefixed", width, parts };
}

/** Items behind their number. */
export function list(width: Width, parts: Part[]): Part {
  return { kind: "list", width, parts };
}

/** Parts one after the other. */
export function group(...parts: Part[]): Part {
  return { kind: "group", parts };
}

/** A text behind its length. */
export function text(width: Width, value: string): Part {
  return prefixed(width, raw(new TextEncoder().encode(value)));
}

/** A copy that shares nothing that a change would touch. */
export function copied(part: Part): Part {
  switch (part.kind) {
    case "number":
    case "bytes":
      return { ...part };
    case "prefixed":
    case "list":
    case "group":
      return { ...part, parts: part.parts.map(copied) };
  }
}

function collect(part: Part, chunks: Uint8Array[]): number {
  if (part.kind === "number" || part.kind === "bytes") {
    chunks.push(part.bytes);
    return part.bytes.length;
  }
  const at = chunks.length;
  let sizeBytes = 0;
  for (const inner of part.parts) sizeBytes += collect(inner, chunks);
  if (part.kind === "group") return sizeBytes;
  const stated = part.stated ?? BigInt(part.kind === "list" ? part.parts.length : sizeBytes);
  chunks.splice(at, 0, numberBytes(stated, part.width));
  return sizeBytes + part.width;
}

/** The record's bytes. */
export function bytesOf(part: Part): Uint8Array {
  const chunks: Uint8Array[] = [];
  collect(part, chunks);
  return concatBytes(...chunks);
}

/** All parts of a tree, itself first. */
function gather(part: Part, parts: Part[]): Part[] {
  parts.push(part);
  if ("parts" in part) for (const inner of part.parts) gather(inner, parts);
  return parts;
}

/** Bytes that are nearly text: cut, overlong, surrogates, beyond Unicode, and what looks like nothing. */
const NASTY_TEXTS: readonly Uint8Array[] = [
  [0xc0, 0x80],
  [0xe2, 0x82],
  [0xed, 0xa0, 0x80],
  [0xf0, 0x80, 0x80, 0xaf],
  [0xf4, 0x90, 0x80, 0x80],
  [0xff],
  [0x80],
  [0xef, 0xbb, 0xbf],
  [0xef, 0xbf, 0xbf],
  [0xe2, 0x80, 0xae],
  [0xcc, 0x81],
  [0],
  [0x20],
  [],
].map((bytes) => Uint8Array.from(bytes));

function edgeNumber(random: Random, before: Uint8Array): Uint8Array {
  const width = before.length;
  const bytes = before.slice();
  switch (random.below(6)) {
    case 0:
      return bytes.fill(0);
    case 1:
      return bytes.fill(0xff);
    case 2:
      return random.bytes(width);
    case 3: {
      // The highest bit: 2^63, a negative compact target, a tag far off.
      const high = bytes.fill(0);
      high[width - 1] = 0x80;
      return high;
    }
    default: {
      const at = random.below(width);
      bytes[at] = ((bytes[at] ?? 0) + (random.chance(2) ? 1 : 255)) & 0xff;
      return bytes;
    }
  }
}

function otherBytes(random: Random, before: Uint8Array): Uint8Array {
  switch (random.below(5)) {
    case 0:
      return random.bytes(before.length);
    case 1:
      return new Uint8Array(before.length).fill(random.chance(2) ? 0 : 0xff);
    case 2:
      return before.slice(0, random.below(before.length + 1));
    case 3:
      return concatBytes(before, random.bytes(1 + random.below(random.chance(20) ? 6_000 : 8)));
    default: {
      const at = random.below(before.length + 1);
      return concatBytes(before.subarray(0, at), random.pick(NASTY_TEXTS), before.subarray(at));
    }
  }
}

function lie(random: Random, truth: number, width: Width): bigint {
  const edges = [truth - 1, truth + 1, 0, truth + 256, truth * 2, 0x7f_ff_ff_ff];
  const value = random.chance(3) ? (1n << BigInt(8 * width)) - 1n : BigInt(random.pick(edges));
  return BigInt.asUintN(8 * width, value);
}

function rearrange(random: Random, parts: Part[]): void {
  if (parts.length === 0) return;
  const at = random.below(parts.length);
  const [part] = parts.splice(at, 1);
  if (part === undefined) return;
  switch (random.below(4)) {
    case 0:
      return;
    case 1:
      parts.splice(random.below(parts.length + 1), 0, part);
      return;
    default: {
      // Twice, or so often that a cap is passed.
      const times = random.chance(16) ? 300 : 2;
      parts.splice(at, 0, ...Array.from({ length: times }, () => copied(part)));
    }
  }
}

/** Changes one place of the tree. */
export function mutatePart(random: Random, root: Part): void {
  const part = random.pick(gather(root, []));
  switch (part.kind) {
    case "number":
      part.bytes = edgeNumber(random, part.bytes);
      return;
    case "bytes":
      part.bytes = otherBytes(random, part.bytes);
      return;
    case "prefixed":
      if (random.chance(2)) rearrange(random, part.parts);
      else part.stated = lie(random, bytesOf(part).length - part.width, part.width);
      return;
    case "list":
      if (random.chance(3)) part.stated = lie(random, part.parts.length, part.width);
      else rearrange(random, part.parts);
      return;
    case "group":
      rearrange(random, part.parts);
  }
}

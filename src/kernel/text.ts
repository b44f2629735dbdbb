/**
 * What text may hold (ENC-5) and how its words are counted (PAR-1). Both are spelled out in code points:
 * an engine's Unicode tables change with its version, and consensus must not (ENC-4).
 *
 * @module
 */
import { CodedError } from "./errors.ts";

/** ENC-5: ranges of forbidden code points, both ends included, in ascending order. */
export const FORBIDDEN: readonly (readonly [first: number, last: number])[] = [
  [0x00_00, 0x00_09],
  [0x00_0b, 0x00_1f],
  [0x00_7f, 0x00_9f],
  [0x06_1c, 0x06_1c],
  [0x20_0b, 0x20_0b],
  [0x20_0e, 0x20_0f],
  [0x20_28, 0x20_2e],
  [0x20_60, 0x20_69],
  [0xfd_d0, 0xfd_ef],
  [0xfe_ff, 0xfe_ff],
  [0xff_f9, 0xff_fb],
  ...Array.from({ length: 14 }, (_, plane): [number, number] => [
    plane * 0x1_00_00 + 0xff_fe,
    plane * 0x1_00_00 + 0xff_ff,
  ]),
  [0x0e_00_00, 0x0e_00_7f],
  [0x0e_ff_fe, 0x0e_ff_ff],
  [0x0f_ff_fe, 0x0f_ff_ff],
  [0x10_ff_fe, 0x10_ff_ff],
];

const SPACES: ReadonlySet<number> = new Set([0x0a, 0x20, 0x30_00]);

function isForbidden(codePoint: number): boolean {
  for (const [first, last] of FORBIDDEN) {
    if (codePoint < first) return false;
    if (codePoint <= last) return true;
  }
  return false;
}

function utf8SizeOf(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x8_00) return 2;
  return codePoint < 0x1_00_00 ? 3 : 4;
}

/** Limits of a text, in UTF-8 bytes; `what` names it in the error. */
export interface TextLimits {
  readonly what: string;
  readonly maxBytes: number;
  readonly minBytes?: number;
}

/**
 * Checks well-formedness, forbidden code points (ENC-5) and size; throws `bad-text {what, reason, at}`
 * with reason `ill-formed`, `forbidden`, `too-long` or `too-short` and `at` in UTF-16 units.
 */
export function checkText(text: string, limits: TextLimits): void {
  const { what, maxBytes, minBytes = 0 } = limits;
  let sizeBytes = 0;
  let at = 0;
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0;
    if (codePoint >= 0xd8_00 && codePoint <= 0xdf_ff) {
      throw new CodedError("bad-text", { what, reason: "ill-formed", at });
    }
    if (isForbidden(codePoint)) {
      throw new CodedError("bad-text", { what, reason: "forbidden", at, codePoint });
    }
    sizeBytes += utf8SizeOf(codePoint);
    if (sizeBytes > maxBytes) {
      throw new CodedError("bad-text", { what, reason: "too-long", at, maxBytes });
    }
    at += character.length;
  }
  if (sizeBytes < minBytes) {
    throw new CodedError("bad-text", { what, reason: "too-short", at, minBytes });
  }
}

/** The number of maximal runs of non-spaces; spaces are U+000A, U+0020 and U+3000 (PAR-1). */
export function countWords(text: string): number {
  let words = 0;
  let inWord = false;
  for (let index = 0; index < text.length; index++) {
    const isSpace = SPACES.has(text.charCodeAt(index));
    if (!isSpace && !inWord) words += 1;
    inWord = !isSpace;
  }
  return words;
}

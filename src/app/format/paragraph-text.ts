/**
 * What the composer counts and cleans, by the protocol's own definitions (PAR-1, ENC-5). The peer
 * checks again; this only tells the writer in time.
 *
 * @module
 */
import { PARAGRAPH_MAX_BYTES } from "../../kernel/limits.ts";
import { countWords, FORBIDDEN } from "../../kernel/text.ts";

const encoder = new TextEncoder();

/** Length in UTF-8. */
export function countBytes(text: string): number {
  return encoder.encode(text).length;
}

function mayStand(codePoint: number): boolean {
  if (codePoint >= 0xd8_00 && codePoint <= 0xdf_ff) return false;
  return !FORBIDDEN.some(([first, last]) => codePoint >= first && codePoint <= last);
}

/**
 * Text as it may stand on the chain: NFC, line feeds only, tabs as spaces, no forbidden code points,
 * no blank ends.
 */
export function cleanText(text: string): string {
  const plain = text
    .normalize("NFC")
    .replace(/\r\n?|[\u2028\u2029]/gu, "\n")
    .replace(/[\t\u00A0]/gu, " ");
  let kept = "";
  for (const character of plain) {
    if (mayStand(character.codePointAt(0) ?? 0)) kept += character;
  }
  return kept.replace(/^[\n \u3000]+|[\n \u3000]+$/gu, "");
}

/** What is wrong with a paragraph, or null. */
export function paragraphProblem(
  text: string,
  maxWords: number,
): "empty" | "too-many-words" | "too-many-bytes" | null {
  const clean = cleanText(text);
  const words = countWords(clean);
  if (words === 0) return "empty";
  if (words > maxWords) return "too-many-words";
  return countBytes(clean) > PARAGRAPH_MAX_BYTES ? "too-many-bytes" : null;
}

/**
 * Changes to texts that people paste and programs send: characters dropped, doubled, replaced by what
 * means something in JSON, links or PEM, and by what no text should have. Test-only.
 *
 * @module
 */
import type { Random } from "./random.ts";

const TOKENS = [
  ...Array.from('{}[]":,\\/#?&=%+-.\n\r\t \0'),
  "%zz",
  "%00",
  "%ud800",
  "%F0%9F%9C%81",
  "&g=",
  "&via=",
  "#/s/",
  "/b/",
  "?g=",
  "//",
  "null",
  "true",
  "1e999",
  "-0",
  "1e-7",
  "\\u0000",
  "\\ud800",
  "__proto__",
  "constructor",
  "[".repeat(20_000),
  "-----BEGIN PRIVATE KEY-----",
  "-----END PRIVATE KEY-----",
  "ENCRYPTED ",
  "=",
  "====",
  "\ud800",
  "\udfff",
  "\ufeff",
  "\u202e",
  "🜁",
  "é",
  "\u2028",
  "\u00a0",
] as const;

function changeOnce(random: Random, text: string): string {
  const at = random.below(text.length + 1);
  const [before, after] = [text.slice(0, at), text.slice(at)];
  switch (random.below(7)) {
    case 0:
      return before;
    case 1:
      return before + after.slice(1 + random.below(4));
    case 2:
      return before + random.pick(TOKENS) + after;
    case 3:
      return before + random.pick(TOKENS) + after.slice(1);
    case 4:
      return before + after.slice(0, random.below(80)) + after;
    case 5:
      return (
        before + String.fromCharCode(random.below(random.chance(4) ? 0x1_00_00 : 0x80)) + after
      );
    default: {
      // One character in the other case: hex and base64 must not be read leniently.
      const [first = ""] = after;
      const other = first === first.toLowerCase() ? first.toUpperCase() : first.toLowerCase();
      return before + other + after.slice(first.length);
    }
  }
}

/** The text with one to four changes. */
export function mutateText(random: Random, text: string): string {
  let changed = text;
  for (let left = 1 + random.below(4); left > 0; left--) changed = changeOnce(random, changed);
  return changed;
}

/**
 * Which names of the codex the built-in writer says in its own prose, and in what form. Strangers choose
 * them, so a name is either a short run of plain words or is not said at all. The letters are listed:
 * engines differ in their Unicode tables (ENC-4), and a list keeps out quotation marks, markup, slots
 * and everything invisible.
 *
 * @module
 */
import { STOP_WORDS } from "./lexicon.ts";
import { wordsOf } from "./plain-text.ts";

/** A name that a sentence can hold. */
export interface SpokenName {
  /** Without an article: `Drowned Mill`, `Mara`. */
  readonly bare: string;
  /** As it stands within a sentence: `the Drowned Mill`, `Mara`. */
  readonly inProse: string;
  /** It was given with an article. */
  readonly hasArticle: boolean;
}

/** The longest name that is said, in words and in UTF-16 units. */
const NAME_MAX = { words: 4, units: 32 } as const;
/** The same for a rule, whose name may be a sentence. */
const RULE_MAX = { words: 12, units: 60 } as const;

/** What names are made of, for a class of a regular expression. */
const LETTER = [
  "A-Za-z",
  // Latin with accents, Greek, Cyrillic, Armenian, Georgian.
  "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff",
  "\u0386\u0388-\u03ce\u0400-\u0481\u048a-\u052f\u0531-\u0556\u0561-\u0587\u10d0-\u10fa",
  // Hebrew, Arabic, Devanagari, Bengali, Tamil, Thai.
  "\u05d0-\u05ea\u0620-\u064a\u0671-\u06d3\u0904-\u094d\u0985-\u09cd\u0b85-\u0bcd\u0e01-\u0e4e",
  // Kana, Han, Hangul.
  "\u3005\u3041-\u3096\u30a1-\u30fc\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3",
].join("");
const WORD = `[${LETTER}0-9]+(?:[-’][${LETTER}0-9]+)*`;
const NAME = new RegExp(`^(?=[${LETTER}])${WORD}(?: ${WORD})*$`);
const RULE = new RegExp(`^(?=[${LETTER}])${WORD}(?:,? ${WORD})*$`);
const ARTICLE = /^(?:the|a|an) /i;
/** The writer gives its retrieved sentences to somebody else by these words; a name must not have one. */
const GENDERED = /\b(?:he|him|his|himself|she|her|hers|herself)\b/i;

/** The name as the writer says it, or null when it is not plain, too long, or no name at all ("It"). */
export function spokenName(name: string): SpokenName | null {
  const plain = plainly(name);
  const bare = plain.replace(ARTICLE, "");
  if (!fits(bare, NAME_MAX) || !NAME.test(bare)) return null;
  const words = wordsOf(bare);
  if (words.length === 1 && STOP_WORDS.has(words[0] ?? "")) return null;
  const hasArticle = bare !== plain;
  return { bare, inProse: hasArticle ? `the ${bare}` : bare, hasArticle };
}

/** As `spokenName`, for people: also null when the name would be taken for a pronoun. */
export function spokenPerson(name: string): SpokenName | null {
  return GENDERED.test(name) ? null : spokenName(name);
}

/** Matches these names as whole words, the longer before the shorter; what stands before one is group 1. */
export function namesPattern(names: readonly SpokenName[]): RegExp {
  const longestFirst = names.map(({ bare }) => bare).toSorted((a, b) => b.length - a.length);
  return new RegExp(`(^|[^${LETTER}0-9])(?:${longestFirst.join("|")})(?![${LETTER}0-9])`, "g");
}

/** A rule's name as a quotation without its full stop, or null when it is not plain words and commas. */
export function spokenRule(name: string): string | null {
  const plain = plainly(name);
  return fits(plain, RULE_MAX) && RULE.test(plain) ? plain : null;
}

/** The house's apostrophes and spaces, and no full stops: "Mr. Fox" is "Mr Fox" here. */
function plainly(name: string): string {
  return curly(name)
    .replaceAll(".", "")
    .split(" ")
    .filter((word) => word !== "")
    .join(" ");
}

/** The text with the house's apostrophes, as names are compared. */
export function curly(text: string): string {
  return text.replaceAll("'", "’");
}

function fits(text: string, most: { readonly words: number; readonly units: number }): boolean {
  return text.length <= most.units && text.split(" ").length <= most.words;
}

/**
 * What the built-in writer takes from the codex: people who may come in, places and things for its
 * sentences, rules to be quoted, and words to look for in the corpus. All of it is bounded, so that a
 * codex filled by strangers does not drown the pages.
 *
 * @module
 */
import type { CodexKind, CodexNote } from "../writing-context.ts";
import { type Person, type Pronoun, pronounOfName } from "./cast-reading.ts";
import {
  curly,
  namesPattern,
  type SpokenName,
  spokenName,
  spokenPerson,
  spokenRule,
} from "./codex-names.ts";
import { FIXTURES, OBJECTS, SCENES, STOP_WORDS } from "./lexicon.ts";
import { lower, stem, wordsOf } from "./plain-text.ts";

/** The pages that the codex is read beside. */
export interface CodexPages {
  readonly pages: readonly string[];
  /** Their words between single spaces. */
  readonly phraseText: string;
  /** The people that pages name, the most present first. */
  readonly castOf: (pages: readonly string[]) => readonly Person[];
}

/** Nouns that take "the", those of the pages apart from those that wait. */
export interface CodexNouns {
  readonly onPage: readonly string[];
  readonly waiting: readonly string[];
}

/** What the codex adds to a reading of the pages; everything is empty for an empty codex. */
export interface CodexReading {
  /** The cast with the codex's word on who is a person and what they are called by. */
  readonly cast: readonly Person[];
  /** Characters who are not on the pages: who may come in next. */
  readonly wings: readonly Person[];
  readonly objects: CodexNouns;
  readonly fixtures: CodexNouns;
  readonly scenes: CodexNouns;
  /** Places by the name they go by, with "the" where they have it. */
  readonly places: readonly string[];
  readonly rules: readonly string[];
  /** Stems of names and texts with their weight, at most `TERM_MAX` each. */
  readonly terms: ReadonlyMap<string, number>;
}

/** The most cast members read from the pages, and the most whom only the codex tells to be people. */
const CAST_MAX = { read: 4, told: 2 } as const;
/** The most nouns of a kind; of those that wait, the newest. */
const NOUNS_MAX = 4;
/** What an entry's word counts for when the entry is on the pages and when it is not, and at most. */
const TERM_ON_PAGE = 4;
const TERM_WAITING = 1;
const TERM_MAX = 8;

interface Character {
  readonly spoken: SpokenName;
  /** null: the entry does not say. */
  readonly pronoun: Pronoun | null;
  readonly isOnPage: boolean;
}

/** Reads the codex beside the pages. */
export function readCodex(
  codex: readonly CodexNote[],
  { pages: written, phraseText, castOf }: CodexPages,
): CodexReading {
  const pages = { text: curly(written.join("\n")), phraseText };
  const characters = readCharacters(codex, pages);
  const places = namesOf(codex, "place");
  const things = namesOf(codex, "thing");
  const nouns = (names: readonly SpokenName[], isOfKind: (name: SpokenName) => boolean) =>
    sortNouns(names.filter(isOfKind), pages);
  const others = [...places, ...things];
  const found = castOf(hideNames(written, characters, others));
  return {
    ...mergeCast(found, characters, others),
    objects: nouns(things, (name) => endsIn(name, OBJECTS)),
    fixtures: nouns(
      things,
      (name) => endsIn(name, FIXTURES) || (name.hasArticle && !endsIn(name, OBJECTS)),
    ),
    scenes: nouns(places, (name) => name.hasArticle || endsIn(name, SCENES)),
    places: places.map(({ inProse }) => inProse),
    rules: codex.flatMap(({ kind, name }) => {
      const rule = kind === "rule" ? spokenRule(name) : null;
      return rule === null ? [] : [rule];
    }),
    terms: readTerms(codex, pages),
  };
}

interface PagesText {
  readonly text: string;
  readonly phraseText: string;
}

/** "The Drowned Mill" must not be read as somebody called Drowned, nor "the Salt Monk" as Salt. */
function hideNames(
  pages: readonly string[],
  characters: readonly Character[],
  others: readonly SpokenName[],
): readonly string[] {
  const hidden = [
    ...characters.map(({ spoken }) => spoken).filter(({ hasArticle }) => hasArticle),
    ...others.filter(({ bare, hasArticle }) => hasArticle || bare.includes(" ")),
  ];
  if (hidden.length === 0) return pages;
  const pattern = namesPattern(hidden);
  return pages.map((page) => curly(page).replace(pattern, "$1something"));
}

function readCharacters(codex: readonly CodexNote[], pages: PagesText): readonly Character[] {
  const characters = new Map<string, Character>();
  for (const { kind, name, text } of codex) {
    const spoken = kind === "character" ? spokenPerson(name) : null;
    // "Mr. Fox" and "Mr Fox" would be two people of one name.
    if (spoken === null || characters.has(lower(spoken.bare))) continue;
    const isOnPage = pages.text.includes(spoken.bare) && isMentioned(spoken.bare, pages);
    characters.set(lower(spoken.bare), { spoken, pronoun: pronounIn(text), isOnPage });
  }
  return [...characters.values()];
}

/** The pronoun that an entry's text uses most; null when there is none, or no telling. */
function pronounIn(text: string): Pronoun | null {
  const words = wordsOf(text);
  const count = (forms: RegExp): number => words.filter((word) => forms.test(word)).length;
  const man = count(/^(?:he|him|his|himself)$/);
  const woman = count(/^(?:she|her|hers|herself)$/);
  if (man !== woman) return man > woman ? "m" : "f";
  return man === 0 && count(/^(?:they|them|their|theirs|themself|themselves)$/) > 0 ? "n" : null;
}

function mergeCast(
  found: readonly Person[],
  characters: readonly Character[],
  others: readonly SpokenName[],
): Pick<CodexReading, "cast" | "wings"> {
  const notPeople = new Set(others.map(({ bare }) => lower(bare)));
  // Who is certainly somebody stays, whatever a stranger has named after them.
  const isSomebody = ({ name, pronoun }: Person): boolean =>
    pronoun !== "n" || !notPeople.has(lower(name));
  const met = new Set<Character>();
  const read = found.flatMap((person) => {
    const character = characters.find((entry) => isSame(entry.spoken, person));
    if (character === undefined) return isSomebody(person) ? [person] : [];
    // Two names of one character, read as two people.
    if (met.has(character)) return [];
    met.add(character);
    return [{ name: person.name, pronoun: character.pronoun ?? person.pronoun }];
  });
  const rest = characters.filter((character) => !met.has(character));
  const told = rest.filter(({ isOnPage }) => isOnPage).map(personOf);
  return {
    cast: [...read.slice(0, CAST_MAX.read), ...told.slice(0, CAST_MAX.told)],
    wings: rest.filter(({ isOnPage }) => !isOnPage).map(personOf),
  };
}

/** "Ines" on the page is "Captain Ines Okoro" of the codex; "the keeper" is "The Keeper". */
function isSame({ bare, inProse, hasArticle }: SpokenName, { name }: Person): boolean {
  if (lower(inProse) === lower(name)) return true;
  return !hasArticle && !name.includes(" ") && wordsOf(bare).includes(wordsOf(name)[0] ?? name);
}

function personOf({ spoken, pronoun }: Character): Person {
  return { name: spoken.inProse, pronoun: pronoun ?? pronounOfName(spoken.bare) };
}

function namesOf(codex: readonly CodexNote[], wanted: CodexKind): readonly SpokenName[] {
  return codex.flatMap(({ kind, name }) => {
    const spoken = kind === wanted ? spokenName(name) : null;
    return spoken === null ? [] : [spoken];
  });
}

function endsIn({ bare }: SpokenName, nouns: readonly string[]): boolean {
  return nouns.includes(wordsOf(bare).at(-1) ?? "");
}

function sortNouns(names: readonly SpokenName[], pages: PagesText): CodexNouns {
  const onPage = names.filter(({ bare }) => isMentioned(bare, pages));
  const waiting = names.filter((name) => !onPage.includes(name));
  return {
    onPage: onPage.slice(0, NOUNS_MAX).map(({ bare }) => bare),
    waiting: waiting.slice(-NOUNS_MAX).map(({ bare }) => bare),
  };
}

/** Whole words, in any case; as it stands when it has no Latin letters. */
function isMentioned(name: string, { text, phraseText }: PagesText): boolean {
  const phrase = wordsOf(name).join(" ");
  if (phrase === "") return name !== "" && text.includes(name);
  return phraseText.includes(` ${phrase} `) || phraseText.includes(` ${phrase}'s `);
}

function readTerms(codex: readonly CodexNote[], pages: PagesText): ReadonlyMap<string, number> {
  // Names of people lead to no sentence: the corpus has its own people.
  const people = new Set(
    codex.flatMap(({ kind, name }) => (kind === "character" ? wordsOf(name) : [])),
  );
  const terms = new Map<string, number>();
  for (const { name, text } of codex) {
    const weight = isMentioned(name, pages) ? TERM_ON_PAGE : TERM_WAITING;
    const words = wordsOf(`${name} ${text}`).filter(
      (word) => !STOP_WORDS.has(word) && !people.has(word),
    );
    for (const term of new Set(words.map(stem)))
      terms.set(term, Math.min(TERM_MAX, (terms.get(term) ?? 0) + weight));
  }
  return terms;
}

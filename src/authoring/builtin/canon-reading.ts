/**
 * What the built-in writer knows of a story: its people, its things, its words and everything it
 * has already said. The premise and the codex always count; of the canon only the last pages do, so
 * that a peer replays a paragraph without the whole book (PAR-2).
 *
 * @module
 */
import type { WritingContext } from "../writing-context.ts";
import { type Person, readCast } from "./cast-reading.ts";
import { type CodexNouns, readCodex } from "./codex-reading.ts";
import {
  FIXTURES,
  OBJECTS,
  OWN_CAST,
  OWN_OBJECTS,
  OWN_SCENES,
  SCENES,
  STOP_WORDS,
} from "./lexicon.ts";
import { shingles, stem, wordsOf } from "./plain-text.ts";
import { mixText } from "./seeded-chance.ts";

/** How many of the newest paragraphs the writer reads. */
export const PAGES_READ = 12;
/** Runs of this many words are never said twice. */
export const REPEAT_WORDS = 5;

/** What a draft is made from. */
export interface CanonReading {
  /** The people the text names, the most present first; may be empty. */
  readonly cast: readonly Person[];
  /** Characters of the codex who are not on the last pages. */
  readonly wings: readonly Person[];
  /** Two people of the writer's own for a story that lacks them. */
  readonly ownCast: readonly [Person, Person];
  readonly objects: readonly [string, ...string[]];
  readonly fixtures: readonly string[];
  readonly scenes: readonly [string, ...string[]];
  /** Places of the codex by their names. */
  readonly places: readonly string[];
  /** Rules of the codex, as they can be quoted. */
  readonly rules: readonly string[];
  /** Stems of the story with their weight. */
  readonly terms: ReadonlyMap<string, number>;
  /** Every run of five words already said. */
  readonly said: ReadonlySet<string>;
  /** The whole text as words between single spaces, for looking up phrases. */
  readonly phraseText: string;
  /** A number of this story, the same for all its pages. */
  readonly storyHash: number;
  /** True until there is a first paragraph. */
  readonly isFirst: boolean;
}

/** Reads title, premise, codex and the last pages. */
export function readCanon(
  context: Omit<WritingContext, "maxWords">,
  isCommonWord: (word: string) => boolean,
): CanonReading {
  const pages = [context.premise, ...context.canon.slice(-PAGES_READ)];
  const phraseText = ` ${pages.flatMap(wordsOf).join(" ")} `;
  const codex = readCodex(context.codex, {
    pages,
    phraseText,
    castOf: (read) => readCast(read, isCommonWord),
  });
  const { cast, wings, places, rules } = codex;
  const storyHash = mixText(context.premise, mixText(context.title)) >>> 0;
  const terms = new Map<string, number>();
  const counts = new Map<string, number>();
  const names = new Set(cast.flatMap((person) => wordsOf(person.name)));
  pages.forEach((page, index) => {
    const weight = index === 0 ? 12 : Math.max(1, 5 - (pages.length - 1 - index));
    const words = wordsOf(page);
    words.forEach((word, at) => {
      if (names.has(word)) return;
      if (isNounPlace(words, at)) counts.set(word, (counts.get(word) ?? 0) + weight);
      if (!STOP_WORDS.has(word)) add(terms, stem(word), weight);
    });
  });
  for (const [term, weight] of codex.terms) add(terms, term, weight);
  const own = OWN_CAST[storyHash % OWN_CAST.length] ?? ["Ilse", "Corin"];
  return {
    cast,
    wings,
    ownCast: [
      { name: own[0], pronoun: "f" },
      { name: own[1], pronoun: "m" },
    ],
    objects: atLeastOne(around(present(OBJECTS, counts), codex.objects), OWN_OBJECTS, storyHash),
    fixtures: around(present(FIXTURES, counts), codex.fixtures),
    scenes: atLeastOne(around(present(SCENES, counts), codex.scenes), OWN_SCENES, storyHash),
    places,
    rules,
    terms,
    said: new Set(pages.flatMap((page) => shingles(page, REPEAT_WORDS))),
    phraseText,
    storyHash,
    isFirst: context.canon.length === 0,
  };
}

const DETERMINERS: ReadonlySet<string> = new Set(
  "a an the his her their its my your our this that these those one two three some every each no any".split(
    " ",
  ),
);

/** "the lamp" and "the old lamp", but not "began to lamp": what follows a determiner is a thing. */
function isNounPlace(words: readonly string[], at: number): boolean {
  const before = words[at - 1] ?? "";
  if (DETERMINERS.has(before)) return true;
  return !STOP_WORDS.has(before) && DETERMINERS.has(words[at - 2] ?? "");
}

function add(terms: Map<string, number>, term: string, weight: number): void {
  terms.set(term, Math.min(24, (terms.get(term) ?? 0) + weight));
}

/** The listed nouns that the story contains, in singular or plural, the weightiest first. */
function present(nouns: readonly string[], counts: ReadonlyMap<string, number>): string[] {
  return nouns
    .map((noun, order) => ({
      noun,
      order,
      weight: (counts.get(noun) ?? 0) + (counts.get(`${noun}s`) ?? 0),
    }))
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight || a.order - b.order)
    .slice(0, 5)
    .map(({ noun }) => noun);
}

/** Nouns of the codex that are on the pages go before the pages' own, those that wait after them. */
function around(found: readonly string[], { onPage, waiting }: CodexNouns): readonly string[] {
  return [...onPage, ...found, ...waiting];
}

function atLeastOne(
  found: readonly string[],
  own: readonly string[],
  hash: number,
): [string, ...string[]] {
  const [first, ...rest] = found;
  return first === undefined ? [own[hash % own.length] ?? "lamp"] : [first, ...rest];
}

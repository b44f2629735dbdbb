/**
 * The corpus in memory: sentences by run, and where each word occurs. Built once for a writer; all
 * counts are integers, so that a score is the same everywhere.
 *
 * @module
 */
import { utf8Decode } from "../../kernel/bytes.ts";
import { CodedError } from "../../kernel/errors.ts";
import { countWords } from "../../kernel/text.ts";
import { FIXTURES, OBJECTS, SCENES, SENSES, STOP_WORDS } from "./lexicon.ts";
import { stem, wordsOf } from "./plain-text.ts";

/** One sentence that can stand in another story; `@m` and `@f` are its man and its woman. */
export interface CorpusSentence {
  readonly text: string;
  readonly run: number;
  /** Leans on the sentence before it. */
  readonly follows: boolean;
  readonly hasMan: boolean;
  readonly hasWoman: boolean;
  readonly hasSpeech: boolean;
  readonly words: number;
  readonly stems: readonly string[];
  /** How many of its words can be seen, heard or touched. */
  readonly vividness: number;
}

/** Sentences in source order, with the places of each stem. */
export interface CorpusIndex {
  readonly sentences: readonly CorpusSentence[];
  readonly places: ReadonlyMap<string, readonly number[]>;
  /** True for a word that the corpus has in lower case. */
  readonly isCommonWord: (word: string) => boolean;
  /** Whole bits of information in a stem: 0 for unknown ones, then more for rarer ones. */
  readonly rarity: (term: string) => number;
}

const HEADER = "fabula-corpus 1";
const VIVID: ReadonlySet<string> = new Set([...OBJECTS, ...FIXTURES, ...SCENES, ...SENSES]);

/** Parses the corpus file; throws `bad-corpus` for anything else. */
export function indexCorpus(corpus: Uint8Array): CorpusIndex {
  const [header, ...runs] = utf8Decode(corpus).trimEnd().split("\n");
  if (header !== HEADER)
    throw new CodedError("bad-corpus", { expected: HEADER, found: (header ?? "").slice(0, 40) });
  const sentences: CorpusSentence[] = [];
  const common = new Set<string>();
  const places = new Map<string, number[]>();
  runs.forEach((line, run) => {
    if (line === "") return;
    for (const marked of line.split("|")) {
      const sentence = readSentence(marked, run);
      for (const word of sentence.text.match(/\b[a-z]+\b/g) ?? []) common.add(word);
      for (const term of sentence.stems) {
        const list = places.get(term);
        if (list === undefined) places.set(term, [sentences.length]);
        else list.push(sentences.length);
      }
      sentences.push(sentence);
    }
  });
  return {
    sentences,
    places,
    isCommonWord: (word) => common.has(word) || STOP_WORDS.has(word) || VIVID.has(word),
    rarity: (term) => {
      const count = places.get(term)?.length ?? 0;
      return count === 0 ? 0 : 32 - Math.clz32(Math.trunc(sentences.length / count));
    },
  };
}

function readSentence(marked: string, run: number): CorpusSentence {
  const follows = marked.startsWith(">");
  const text = follows ? marked.slice(1) : marked;
  const narration = text.replace(/“[^”]*”/g, " ");
  const words = wordsOf(text.replaceAll(/@[mf]/g, " "));
  const content = words.filter((word) => word.length > 1 && !STOP_WORDS.has(word));
  return {
    text,
    run,
    follows,
    hasMan: /@m|\b(?:[Hh]e|[Hh]im|[Hh]is|[Hh]imself)\b/.test(narration),
    hasWoman: /@f|\b(?:[Ss]he|[Hh]er|[Hh]ers|[Hh]erself)\b/.test(narration),
    hasSpeech: text.includes("“"),
    words: countWords(text),
    stems: [...new Set(content.map(stem))],
    vividness: Math.min(4, words.filter((word) => VIVID.has(word)).length),
  };
}

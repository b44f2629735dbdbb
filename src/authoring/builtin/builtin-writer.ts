/**
 * The writer that needs nothing but its corpus: offline, at once, and the same text on every engine
 * for the same canon and seed, so that any peer can replay a paragraph marked `builtin` (PAR-2).
 * Pure: no clock, no chance but the seed, no locale, integers only.
 *
 * @module
 */
import { utf8Encode } from "../../kernel/bytes.ts";
import { hash } from "../../kernel/hash.ts";
import type { WritingContext } from "../writing-context.ts";
import { readCanon } from "./canon-reading.ts";
import { ALL_CODEX_TURNS } from "./codex-turns.ts";
import { compose } from "./composition.ts";
import { indexCorpus } from "./corpus-index.ts";
import { mixText, seededChance } from "./seeded-chance.ts";
import { ALL_TURNS } from "./turns.ts";

/** A writer whose drafts can be replayed. */
export interface BuiltinWriter {
  /** 32 bytes: BLAKE3 of the algorithm's version, its own turns and the corpus bytes. */
  readonly algorithmHash: Uint8Array;
  /** The same for version 1, which knew no codex: this writer told of none (`replayBuiltin`). */
  readonly algorithmHashWithoutCodex: Uint8Array;
  /** The paragraph for this context and 64-bit seed; always valid under PAR-1. */
  draft(context: WritingContext, seed: bigint): string;
}

/** To be raised with any change to this folder's code or word lists that can change a draft. */
const ALGORITHM_VERSION = "fabula builtin writer 2";
/** Its drafts are those of the present version for an empty codex; to be dropped when they are not. */
const VERSION_WITHOUT_CODEX = "fabula builtin writer 1";

/** Makes the writer from the corpus file's bytes; throws `bad-corpus` when they are something else. */
export function createBuiltinWriter(corpus: Uint8Array): BuiltinWriter {
  const index = indexCorpus(corpus);
  const hashOf = (version: string, turns: readonly string[]): Uint8Array =>
    hash("writer-algorithm", utf8Encode(version), utf8Encode(turns.join("\n")), corpus);
  return {
    algorithmHash: hashOf(ALGORITHM_VERSION, [...ALL_TURNS, ...ALL_CODEX_TURNS]),
    algorithmHashWithoutCodex: hashOf(VERSION_WITHOUT_CODEX, ALL_TURNS),
    draft(context, seed) {
      const reading = readCanon(context, index.isCommonWord);
      const salt = mixText(reading.phraseText, mixText(context.title));
      return compose(index, reading, seededChance(seed, salt), context.maxWords);
    },
  };
}

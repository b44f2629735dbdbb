/**
 * A paragraph: text, an optional chapter mark, and where the text came from (PAR-1). Its bytes decide
 * the leaf hash that a body commits to; the text itself never touches the state (HDR-3).
 *
 * @module
 */
import * as P from "micro-packed";
import type { Coder } from "./codec.ts";
import {
  constantByte,
  fixedBytes,
  namedByte,
  optional,
  prefixedText,
  strictDecode,
  strictEncode,
  u64,
} from "./codec.ts";
import { CodedError } from "./errors.ts";
import { hash } from "./hash.ts";
import {
  CHAPTER_MAX_BYTES,
  MODEL_NAME_MAX_BYTES,
  PARAGRAPH_MAX_BYTES,
  PARAGRAPH_RECORD_MAX_BYTES,
} from "./limits.ts";
import { checkText, countWords } from "./text.ts";

/** Who wrote a paragraph: a person, the built-in writer, or a language model. */
export type WriterKind = "human" | "builtin" | "model";

/** Where a text came from (PAR-1); the writer's own claim, except that `builtin` can be replayed (PAR-2). */
export interface Provenance {
  readonly writer: WriterKind;
  /** The model's name; empty unless the writer is a model. */
  readonly model: string;
  /** Hash of algorithm and corpus, 32 bytes; zero if there is none. */
  readonly algorithmHash: Uint8Array;
  /** u64; zero if there is none. */
  readonly seed: bigint;
}

/** What a key block adds to the story. */
export interface Paragraph {
  readonly text: string;
  /** The title of the chapter that starts here, or null. */
  readonly chapter: string | null;
  readonly provenance: Provenance;
}

const recordCoder = P.struct({
  version: constantByte(1, "paragraph version"),
  text: prefixedText("u16", PARAGRAPH_MAX_BYTES),
  chapter: optional(prefixedText("u8", CHAPTER_MAX_BYTES)),
  provenance: P.struct({
    writer: namedByte(["human", "builtin", "model"]),
    model: prefixedText("u8", MODEL_NAME_MAX_BYTES),
    algorithmHash: fixedBytes(32),
    seed: u64,
  }),
});

/** The coder of a paragraph, for the records that contain one. */
export const paragraphCoder: Coder<Paragraph> = P.apply(recordCoder, {
  encode: ({ text, chapter, provenance }): Paragraph => ({
    text,
    chapter: chapter.value,
    provenance,
  }),
  decode: ({ text, chapter, provenance }: Paragraph) => ({
    version: 1 as const,
    text,
    chapter: { value: chapter },
    provenance,
  }),
});

/** The paragraph's bytes (ENC-1); throws `bad-value`. */
export function encodeParagraph(paragraph: Paragraph): Uint8Array {
  return strictEncode(paragraphCoder, paragraph, PARAGRAPH_RECORD_MAX_BYTES, "paragraph");
}

/** The paragraph that has these bytes (ENC-2); throws `too-large` or `bad-encoding`. */
export function decodeParagraph(bytes: Uint8Array): Paragraph {
  return strictDecode(paragraphCoder, bytes, PARAGRAPH_RECORD_MAX_BYTES, "paragraph");
}

/**
 * Checks a paragraph against PAR-1 and ENC-5; throws `bad-text`, `no-words {}`,
 * `too-many-words {words, maxWords}` or `bad-provenance {reason}`.
 */
export function checkParagraph(paragraph: Paragraph, maxWords: number): void {
  const { text, chapter, provenance } = paragraph;
  checkText(text, { what: "paragraph", maxBytes: PARAGRAPH_MAX_BYTES });
  const words = countWords(text);
  if (words === 0) throw new CodedError("no-words", {});
  if (words > maxWords) throw new CodedError("too-many-words", { words, maxWords });
  if (chapter !== null) {
    checkText(chapter, { what: "chapter", maxBytes: CHAPTER_MAX_BYTES, minBytes: 1 });
  }
  checkText(provenance.model, { what: "model", maxBytes: MODEL_NAME_MAX_BYTES });
  if ((provenance.writer === "model") !== (provenance.model !== "")) {
    const reason = provenance.model === "" ? "model-name-missing" : "model-name-without-model";
    throw new CodedError("bad-provenance", { reason });
  }
}

/** A paragraph never changes, and a block asks for its leaf four times on the way. */
const leaves = new WeakMap<Paragraph, Uint8Array>();

/** The leaf hash that stands for the paragraph in a body (HDR-3), 32 bytes; throws `bad-value`. */
export function paragraphLeaf(paragraph: Paragraph): Uint8Array {
  let leaf = leaves.get(paragraph);
  if (leaf === undefined) {
    leaf = hash("paragraph", encodeParagraph(paragraph));
    leaves.set(paragraph, leaf);
  }
  return leaf;
}

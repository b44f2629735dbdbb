/**
 * What every writer is told before it drafts, whether a person's helper, the built-in writer or a model:
 * the story's own terms, its last pages and its codex. Nothing else may decide a text that can be
 * replayed (PAR-2).
 *
 * @module
 */

/** What a codex entry is about. */
export type CodexKind = "character" | "place" | "rule" | "thing";

/** An entry of the story's codex, as strangers wrote it: valid text (ENC-5), otherwise not to be trusted. */
export interface CodexNote {
  readonly kind: CodexKind;
  readonly name: string;
  readonly text: string;
}

/** What a writer may know when it drafts the next paragraph. */
export interface WritingContext {
  readonly title: string;
  readonly premise: string;
  /** The parent canon, oldest first. */
  readonly canon: readonly string[];
  /** The codex in the state after the key block that the paragraph follows, in the order of its entries. */
  readonly codex: readonly CodexNote[];
  /** The story's word limit for a paragraph (GEN-1). */
  readonly maxWords: number;
}

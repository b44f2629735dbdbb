/**
 * One shape for whoever writes: a person at the composer, the built-in writer, later a model in the
 * page or at an endpoint. A draft carries its provenance, which goes into the paragraph (PAR-1).
 *
 * @module
 */
import type { BuiltinWriter, WritingContext } from "./builtin/builtin-writer.ts";

/** Who wrote a text; stored with the paragraph. */
export type WriterKind = "human" | "builtin" | "model";

/** Where a text came from (PAR-1). */
export interface DraftProvenance {
  readonly writer: WriterKind;
  /** Name of the model or the algorithm; empty for a person. */
  readonly model: string;
  /** 32 bytes: hash of algorithm and corpus, zero where there is none. */
  readonly algorithmHash: Uint8Array;
  /** 64-bit seed the draft was made from; 0 where there is none. */
  readonly seed: bigint;
}

/** A proposed paragraph. */
export interface DraftResult {
  readonly text: string;
  readonly provenance: DraftProvenance;
}

/** The part of an `AbortSignal` that writers use, so that this folder needs no DOM types. */
export interface AbortCheck {
  readonly aborted: boolean;
  throwIfAborted(): void;
  addEventListener(type: "abort", listener: () => void): void;
}

/** What a draft depends on besides the story. */
export interface DraftOptions {
  readonly seed: bigint;
  /** Aborts a draft; the promise then rejects with the signal's reason. */
  readonly signal?: AbortCheck;
}

/** A source of drafts. */
export interface Writer {
  readonly kind: WriterKind;
  /** Short name for people. */
  readonly label: string;
  /** Drafts the next paragraph; rejects with the signal's reason when aborted. */
  draft(context: WritingContext, options: DraftOptions): Promise<DraftResult>;
}

/** Name that provenance gives to the built-in writer. */
export const BUILTIN_MODEL = "fabula-builtin-1";

/** The built-in writer behind the common shape. */
export function builtinAsWriter(writer: BuiltinWriter): Writer {
  return {
    kind: "builtin",
    label: "Built-in writer",
    async draft(context, { seed, signal }) {
      signal?.throwIfAborted();
      return {
        text: writer.draft(context, seed),
        provenance: {
          writer: "builtin",
          model: BUILTIN_MODEL,
          algorithmHash: writer.algorithmHash,
          seed,
        },
      };
    },
  };
}

/** Replays a paragraph marked `builtin` from its parent canon and seed (PAR-2). */
export function replayBuiltin(
  writer: BuiltinWriter,
  context: WritingContext,
  seed: bigint,
  text: string,
): "verified" | "differs" {
  return writer.draft(context, seed) === text ? "verified" : "differs";
}

/**
 * One shape for whoever writes: a person at the composer, the built-in writer, later a model in the
 * page or at an endpoint. A draft carries its provenance, which goes into the paragraph (PAR-1).
 *
 * @module
 */
import type { Provenance, WriterKind } from "../kernel/paragraph.ts";
import type { BuiltinWriter, WritingContext } from "./builtin/builtin-writer.ts";

/** A proposed paragraph. */
export interface DraftResult {
  readonly text: string;
  readonly provenance: Provenance;
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
          // Only a model has a name (PAR-1); the built-in writer is known by its hash.
          model: "",
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

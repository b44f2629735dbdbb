/**
 * One shape for whoever writes: a person at the composer, the built-in writer, later a model in the
 * page or at an endpoint. A draft carries its provenance, which goes into the paragraph (PAR-1).
 *
 * @module
 */
import { equalBytes } from "../kernel/bytes.ts";
import type { Provenance, WriterKind } from "../kernel/paragraph.ts";
import type { BuiltinWriter } from "./builtin/builtin-writer.ts";
import type { WritingContext } from "./writing-context.ts";

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

/** What a replay comes to; `not-checked`: another algorithm or corpus than this writer's. */
export type Replay = "verified" | "differs" | "not-checked";

/** True when this writer can write again what the algorithm of that hash wrote. */
export function canReplay(writer: BuiltinWriter, algorithmHash: Uint8Array): boolean {
  return (
    equalBytes(algorithmHash, writer.algorithmHash) ||
    equalBytes(algorithmHash, writer.algorithmHashWithoutCodex)
  );
}

/** Replays a text marked `builtin` from its context and seed, by the algorithm that it names (PAR-2). */
export function replayBuiltin(
  writer: BuiltinWriter,
  context: WritingContext,
  { algorithmHash, seed }: Provenance,
  text: string,
): Replay {
  if (!canReplay(writer, algorithmHash)) return "not-checked";
  const told = equalBytes(algorithmHash, writer.algorithmHash)
    ? context
    : { ...context, codex: [] };
  return writer.draft(told, seed) === text ? "verified" : "differs";
}

/**
 * Named results of the one door (FRK-2). A refusal says whether the id or only the copy is condemned
 * (SIG-2), because remembering the wrong one would let a stranger ban an honest block.
 *
 * @module
 */
import type { BlockId } from "../kernel/brand.ts";
import type { ErrorData } from "../kernel/errors.ts";
import { isCoded } from "../kernel/errors.ts";
import type { HeaderEntry } from "./header-entry.ts";

/** Why a header or block is refused, and whether every copy under its id is as bad (SIG-2). */
export interface Refusal {
  readonly kind: "invalid";
  readonly code: string;
  readonly data: ErrorData;
  readonly blame: "id" | "copy";
}

/** The header's parent is not known here; ask for it. */
export interface Orphan {
  readonly kind: "orphan";
  readonly missing: BlockId;
}

/** Too far ahead of the local clock (HDR-6); valid as far as seen, try again at `untilMs`. */
export interface Future {
  readonly kind: "future";
  readonly untilMs: number;
}

/** The block was connected before. */
export interface Known {
  readonly kind: "known";
  readonly entry: HeaderEntry;
}

/** What became of a block (FRK-2). */
export type Outcome =
  | { readonly kind: "extended"; readonly entry: HeaderEntry }
  | {
      readonly kind: "reorganised";
      readonly entry: HeaderEntry;
      readonly from: BlockId;
      readonly to: BlockId;
      /** Oldest first, without the common ancestor; microblocks among them. */
      readonly lost: readonly HeaderEntry[];
      /** Oldest first, without the common ancestor; ends with `entry`. */
      readonly gained: readonly HeaderEntry[];
    }
  | { readonly kind: "side-branch"; readonly entry: HeaderEntry }
  | Known
  | Orphan
  | Future
  | Refusal;

/** What a header alone says (NET-1): everything but body, state root, coinbase and fees was checked when it is `new`. */
export type HeaderVerdict =
  | {
      readonly kind: "new";
      readonly id: BlockId;
      /** Its keyParent is `entry.keyParent`; a key block's direct parent may still be unknown (NET-4). */
      readonly entry: HeaderEntry;
      /** True when its chain would become the best one (FRK-1). */
      readonly wins: boolean;
    }
  | Known
  | Orphan
  | Future
  | Refusal;

/** A record or body on disk that was found damaged; it was not believed. */
export interface ChainFault {
  readonly code:
    | "record-corrupted"
    | "record-orphaned"
    | "tip-corrupted"
    | "body-corrupted"
    | "body-missing";
  readonly id: BlockId;
  readonly height: number | null;
  /** Code of the check that failed. */
  readonly reason: string;
}

/** A refusal under which no copy of the id can be valid. */
export function refuseId(code: string, data: ErrorData = {}): Refusal {
  return { kind: "invalid", code, data, blame: "id" };
}

/** A refusal of this copy and its sender; another copy under the id may be valid (SIG-2). */
export function refuseCopy(code: string, data: ErrorData = {}): Refusal {
  return { kind: "invalid", code, data, blame: "copy" };
}

/** Turns an expected failure into a refusal; anything else (a defect of ours, a failing disk) is thrown on. */
export function refusalOf(error: unknown, blame: "id" | "copy"): Refusal {
  if (!isCoded(error)) throw error;
  return { kind: "invalid", code: error.code, data: error.data, blame };
}

/**
 * Which history wins (FRK-1): most cumulative work, then the lower tie hash. The tie must not be
 * "first seen", or a burst of equal blocks would split the tabs for good; length is never used.
 *
 * @module
 */
import { bytesFromHex, compareBytes } from "../kernel/bytes.ts";
import { CodedError } from "../kernel/errors.ts";
import { hash } from "../kernel/hash.ts";
import type { HeaderEntry } from "./header-entry.ts";

/** The two sides of a change of branch, both oldest first, without their common ancestor. */
export interface BranchChange {
  readonly ancestor: HeaderEntry;
  readonly lost: readonly HeaderEntry[];
  readonly gained: readonly HeaderEntry[];
}

/** What fork choice reads of a chain's last key block. */
type ChainEnd = Pick<HeaderEntry, "id" | "totalWork">;

/** True when the chain that ends in `a` is better than the one that ends in `b` (FRK-1); a strict total order. */
export function isBetter(a: ChainEnd, b: ChainEnd): boolean {
  if (a.totalWork !== b.totalWork) return a.totalWork > b.totalWork;
  return a.id !== b.id && compareBytes(tieHash(a), tieHash(b)) < 0;
}

function tieHash(entry: ChainEnd): Uint8Array {
  return hash("tie", bytesFromHex(entry.id));
}

/** What is lost and gained when the best block changes from `from` to `to`. */
export function branchChange(from: HeaderEntry, to: HeaderEntry): BranchChange {
  const lost: HeaderEntry[] = [];
  const gained: HeaderEntry[] = [];
  let a = from;
  let b = to;
  while (a.id !== b.id) {
    if (a.height >= b.height) {
      lost.push(a);
      a = parentOf(a);
    } else {
      gained.push(b);
      b = parentOf(b);
    }
  }
  return { ancestor: a, lost: lost.reverse(), gained: gained.reverse() };
}

function parentOf(entry: HeaderEntry): HeaderEntry {
  if (entry.parent === null) throw new CodedError("no-common-ancestor", { id: entry.id });
  return entry.parent;
}

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
import { keyBlockOf, microblocksUpTo } from "./header-entry.ts";

/** The two sides of a change of branch, both oldest first, without their common ancestor. */
export interface BranchChange {
  readonly ancestor: HeaderEntry;
  readonly lost: readonly HeaderEntry[];
  readonly gained: readonly HeaderEntry[];
}

/** What fork choice reads of a chain's last key block. */
export type ChainEnd = Pick<HeaderEntry, "id" | "totalWork">;

/** True when the chain whose last key block is `a` is better than that of `b` (FRK-1); a strict total order. */
export function isBetterKeyBlock(a: ChainEnd, b: ChainEnd): boolean {
  if (a.totalWork !== b.totalWork) return a.totalWork > b.totalWork;
  return a.id !== b.id && compareBytes(tieHash(a), tieHash(b)) < 0;
}

/**
 * True when the chain that ends in block `a`, microblocks included, is better than the one that ends in `b`
 * (FRK-1): by the last key block; on the same one a descendant beats its ancestor, else the lower tie hash
 * of the first microblock that differs. A strict total order.
 */
export function isBetter(a: HeaderEntry, b: HeaderEntry): boolean {
  const [keyA, keyB] = [keyBlockOf(a), keyBlockOf(b)];
  if (keyA.id !== keyB.id) return isBetterKeyBlock(keyA, keyB);
  const [lineA, lineB] = [microblocksUpTo(a), microblocksUpTo(b)];
  const shorter = Math.min(lineA.length, lineB.length);
  for (let index = 0; index < shorter; index++) {
    const [mine, other] = [lineA[index], lineB[index]];
    if (mine === undefined || other === undefined || mine.id === other.id) continue;
    return compareBytes(tieHash(mine), tieHash(other)) < 0;
  }
  return lineA.length > lineB.length;
}

function tieHash(entry: Pick<HeaderEntry, "id">): Uint8Array {
  return hash("tie", bytesFromHex(entry.id));
}

/** What is lost and gained when the best block changes from `from` to `to`. */
export function branchChange(from: HeaderEntry, to: HeaderEntry): BranchChange {
  const lost: HeaderEntry[] = [];
  const gained: HeaderEntry[] = [];
  let a = from;
  let b = to;
  while (a.id !== b.id) {
    if (a.height > b.height || (a.height === b.height && a.microIndex >= b.microIndex)) {
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

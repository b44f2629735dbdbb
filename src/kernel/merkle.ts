/**
 * An RFC 6962-shaped tree over leaf hashes (HDR-3), with its own node context: a leaf's hash has another
 * context, so a node can never pass for a leaf, and a tree of one leaf is that leaf.
 *
 * @module
 */
import { equalBytes } from "./bytes.ts";
import { CodedError } from "./errors.ts";
import { hash } from "./hash.ts";

/** The size of the left subtree of `count` ≥ 2 leaves: the greatest power of two below `count`. */
function splitOf(count: number): number {
  let split = 1;
  while (split * 2 < count) split *= 2;
  return split;
}

/** The root over `leaves` (32 bytes each); no leaves have the hash of nothing (HDR-3). */
export function merkleRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (only === undefined) return hash("merkle-node");
  if (leaves.length === 1) return only;
  const split = splitOf(leaves.length);
  return hash("merkle-node", merkleRoot(leaves.slice(0, split)), merkleRoot(leaves.slice(split)));
}

/** The siblings of leaf `index`, lowest first; throws `out-of-range` when there is no such leaf. */
export function merklePath(leaves: readonly Uint8Array[], index: number): Uint8Array[] {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length) {
    throw new CodedError("out-of-range", { index, count: leaves.length });
  }
  if (leaves.length === 1) return [];
  const split = splitOf(leaves.length);
  const left = leaves.slice(0, split);
  const right = leaves.slice(split);
  return index < split
    ? [...merklePath(left, index), merkleRoot(right)]
    : [...merklePath(right, index - split), merkleRoot(left)];
}

/** The root to which `path` leads from `leaf` at `index` of `count` leaves; `undefined` where none has this shape (HDR-3). */
export function foldMerklePath(
  leaf: Uint8Array,
  index: number,
  count: number,
  path: readonly Uint8Array[],
): Uint8Array | undefined {
  if (!Number.isInteger(index) || !Number.isInteger(count) || index < 0 || index >= count) {
    return undefined;
  }
  // From the top down: on which side of each split the leaf lies. The path is lowest first.
  const sides: ("left" | "right")[] = [];
  let position = index;
  let size = count;
  while (size > 1) {
    const split = splitOf(size);
    const isLeft = position < split;
    sides.push(isLeft ? "left" : "right");
    if (!isLeft) position -= split;
    size = isLeft ? split : size - split;
  }
  if (path.length !== sides.length) return undefined;
  let node = leaf;
  for (const sibling of path) {
    const side = sides.pop();
    node =
      side === "left" ? hash("merkle-node", node, sibling) : hash("merkle-node", sibling, node);
  }
  return node;
}

/** True when `path` leads from `leaf` at `index` of `count` leaves to `root` (HDR-3). */
export function verifyMerklePath(
  leaf: Uint8Array,
  index: number,
  count: number,
  path: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  const folded = foldMerklePath(leaf, index, count, path);
  return folded !== undefined && equalBytes(folded, root);
}

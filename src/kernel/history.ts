/**
 * The Merkle mountain range over key headers (HDR-5): each header commits to all before it, with the
 * summed work and the first and last time and target of every subtree (as in ZIP-221), so that a
 * logarithmic proof can stand for the whole chain. A history is its peaks, and is never changed in place.
 *
 * @module
 */
import * as P from "micro-packed";
import type { Coder } from "./codec.ts";
import { fixedBytes, strictEncode, timestamp, u32, u256 } from "./codec.ts";
import { hash } from "./hash.ts";

/** What the range records of one key header; the id and the author's key have 32 bytes. */
export interface HistoryLeaf {
  readonly blockId: Uint8Array;
  readonly work: bigint;
  readonly timestampMs: number;
  /** Compact target. */
  readonly target: number;
  readonly author: Uint8Array;
}

/** A subtree: its hash and what it sums up. */
export interface HistoryNode {
  readonly hash: Uint8Array;
  /** Key headers below; a power of two for a peak. */
  readonly count: number;
  /** Σ work below. */
  readonly work: bigint;
  readonly firstTimestampMs: number;
  readonly lastTimestampMs: number;
  /** Compact targets. */
  readonly firstTarget: number;
  readonly lastTarget: number;
}

/** The peaks, greatest first: one for each bit that is set in the number of headers. */
export type History = readonly HistoryNode[];

const leafCoder: Coder<HistoryLeaf> = P.struct({
  blockId: fixedBytes(32),
  work: u256,
  timestampMs: timestamp,
  target: u32,
  author: fixedBytes(32),
});

const nodeCoder: Coder<HistoryNode> = P.struct({
  hash: fixedBytes(32),
  count: u32,
  work: u256,
  firstTimestampMs: timestamp,
  lastTimestampMs: timestamp,
  firstTarget: u32,
  lastTarget: u32,
});

const NODE_BYTES = 92;
const LEAF_BYTES = 108;

/** The history before the first key block. */
export const emptyHistory: History = [];

function nodeBytes(node: HistoryNode): Uint8Array {
  return strictEncode(nodeCoder, node, NODE_BYTES, "history node");
}

function nodeFromLeaf(leaf: HistoryLeaf): HistoryNode {
  return {
    hash: hash("history-leaf", strictEncode(leafCoder, leaf, LEAF_BYTES, "history leaf")),
    count: 1,
    work: leaf.work,
    firstTimestampMs: leaf.timestampMs,
    lastTimestampMs: leaf.timestampMs,
    firstTarget: leaf.target,
    lastTarget: leaf.target,
  };
}

/** The parent of two neighbours; its hash covers everything they state, not their hashes alone. */
function joinNodes(left: HistoryNode, right: HistoryNode): HistoryNode {
  return {
    hash: hash("history-node", nodeBytes(left), nodeBytes(right)),
    count: left.count + right.count,
    work: left.work + right.work,
    firstTimestampMs: left.firstTimestampMs,
    lastTimestampMs: right.lastTimestampMs,
    firstTarget: left.firstTarget,
    lastTarget: right.lastTarget,
  };
}

/** A new history with `leaf` after all others (HDR-5); throws `bad-value`. */
export function appendHistory(history: History, leaf: HistoryLeaf): History {
  const peaks = [...history];
  let node = nodeFromLeaf(leaf);
  let last = peaks.at(-1);
  while (last !== undefined && last.count === node.count) {
    peaks.pop();
    node = joinNodes(last, node);
    last = peaks.at(-1);
  }
  peaks.push(node);
  return peaks;
}

/** The root of the peaks, joined from the smallest up (HDR-5), 32 bytes; zeros for no header. */
export function historyRoot(history: History): Uint8Array {
  const [first, ...others] = history.toReversed();
  if (first === undefined) return new Uint8Array(32);
  const top = others.reduce((right, left) => joinNodes(left, right), first);
  return hash("history-root", nodeBytes(top));
}

/**
 * The log of a run: every event in order, kept only as a running hash. Two runs that agree in it agree in
 * everything that happened, whatever engine they ran on.
 *
 * @module
 */
import { hexFromBytes } from "../kernel/bytes.ts";
import { hash } from "../kernel/hash.ts";

/** Events that the engines log, and what `a` and `b` of each are. */
export const LogKind = {
  /** A block was found: agent, number of the block in the order of finding. */
  found: 1,
  /** A peer took a block as its new best one: peer, block. */
  adopted: 2,
  /** A peer took a block off its best chain: peer, how many it gave up. */
  reorganised: 3,
  /** A peer kept a block beside its best chain: peer, block. */
  sideBranch: 4,
  /** A block was refused: peer, block. */
  refused: 5,
  joined: 6,
  left: 7,
  /** A phase began: its number, 0. */
  phase: 8,
  /** A payment was made: from agent, to agent. */
  paid: 9,
  /** A payment stands in a block: from agent, its nonce. */
  included: 10,
  /** The id of a block: its number, the first four bytes. */
  blockId: 11,
  /** A find of a trace was not allowed: agent, its place in the trace. */
  refusedFind: 12,
} as const;

/** A log under way. */
export interface EventLog {
  /** `kind` fits a byte, `a` and `b` 32 bits. */
  add(kind: number, atMs: number, a: number, b: number): void;
  /** Hash of all events so far, hex. */
  digest(): string;
  count(): number;
}

const RECORD_BYTES = 17;
const CHUNK_RECORDS = 60;

/** An empty log. */
export function createEventLog(): EventLog {
  const chunk = new Uint8Array(RECORD_BYTES * CHUNK_RECORDS);
  const view = new DataView(chunk.buffer);
  let previous: Uint8Array = new Uint8Array(32);
  let used = 0;
  let count = 0;
  return {
    add(kind, atMs, a, b) {
      view.setUint8(used, kind);
      view.setFloat64(used + 1, atMs, true);
      view.setUint32(used + 9, a, true);
      view.setUint32(used + 13, b, true);
      used += RECORD_BYTES;
      count++;
      if (used < chunk.length) return;
      previous = hash("lab-log", previous, chunk);
      used = 0;
    },
    digest: () =>
      hexFromBytes(used === 0 ? previous : hash("lab-log", previous, chunk.subarray(0, used))),
    count: () => count,
  };
}

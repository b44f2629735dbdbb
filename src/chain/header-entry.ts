/**
 * A block's place in the tree: the one thing that is kept in memory for every header. The header itself
 * stays encoded (366 bytes) and is decoded when asked for; a decoded one costs several times as much.
 *
 * @module
 */

import type { Address, BlockId } from "../kernel/brand.ts";
import { addressFromHex, blockIdFromHex } from "../kernel/brand.ts";
import { hexFromBytes } from "../kernel/bytes.ts";
import type { Genesis } from "../kernel/genesis.ts";
import { storyIdOf } from "../kernel/genesis.ts";
import type { Header } from "../kernel/header.ts";
import { decodeHeader, encodeHeader } from "../kernel/header.ts";
import { targetFromCompact, workOfTarget } from "../kernel/target.ts";
import type { KeyParentFacts } from "../ledger/retarget.ts";

/** A key block (or the genesis) in the tree of headers. */
export interface HeaderEntry {
  readonly id: BlockId;
  /** `null` for the genesis. Decoded anew at each access: keep it in a variable. */
  readonly header: Header | null;
  readonly height: number;
  /** Work of this block alone: ⌊2^256 / (target + 1)⌋; 0 for the genesis. */
  readonly work: bigint;
  /** Work of the chain that ends here. */
  readonly totalWork: bigint;
  readonly parent: HeaderEntry | null;
  readonly timestampMs: number;
  /** Compact target that it states; the genesis' initial target. */
  readonly target: number;
  /** `null` for the genesis. */
  readonly author: Address | null;
  /** Local clock when it was connected; shown, never used by a rule. */
  readonly receivedMs: number;
}

class Entry implements HeaderEntry {
  readonly id: BlockId;
  readonly height: number;
  readonly work: bigint;
  readonly totalWork: bigint;
  readonly parent: HeaderEntry;
  readonly timestampMs: number;
  readonly target: number;
  readonly author: Address;
  readonly receivedMs: number;
  readonly #encoded: Uint8Array;

  constructor(header: Header, id: BlockId, parent: HeaderEntry, receivedMs: number) {
    this.id = id;
    this.height = header.height;
    this.work = workOfTarget(targetFromCompact(header.target));
    this.totalWork = parent.totalWork + this.work;
    this.parent = parent;
    this.timestampMs = header.timestampMs;
    this.target = header.target;
    this.author = addressFromHex(hexFromBytes(header.author));
    this.receivedMs = receivedMs;
    this.#encoded = encodeHeader(header);
  }

  get header(): Header {
    return decodeHeader(this.#encoded);
  }
}

/** The entry of a key block on its parent. The caller has checked the header (or its id, when it was stored). */
export function headerEntry(
  header: Header,
  id: BlockId,
  parent: HeaderEntry,
  receivedMs: number,
): HeaderEntry {
  return new Entry(header, id, parent, receivedMs);
}

/** The root of the tree: height 0, the story's id, no work and no author. */
export function genesisEntry(genesis: Genesis): HeaderEntry {
  return {
    id: blockIdFromHex(storyIdOf(genesis)),
    header: null,
    height: 0,
    work: 0n,
    totalWork: 0n,
    parent: null,
    timestampMs: genesis.createdMs,
    target: genesis.initialTarget,
    author: null,
    receivedMs: genesis.createdMs,
  };
}

/** What the ledger's rules of time, rest and target read of an entry. */
export function keyParentFacts(entry: HeaderEntry): KeyParentFacts {
  return {
    timestampMs: entry.timestampMs,
    target: entry.target,
    author: entry.author,
    solveTimeMs: entry.parent === null ? null : entry.timestampMs - entry.parent.timestampMs,
    sameAuthor: entry.author !== null && entry.author === entry.parent?.author,
  };
}

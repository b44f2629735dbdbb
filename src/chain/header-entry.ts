/**
 * A block's place in the tree: the one thing that is kept in memory for every header. The header itself
 * stays encoded (366 bytes) and is decoded when asked for; a decoded one costs several times as much.
 *
 * @module
 */

import type { Address, BlockId } from "../kernel/brand.ts";
import { addressOfKey, blockIdFromHex } from "../kernel/brand.ts";
import type { Genesis } from "../kernel/genesis.ts";
import { storyIdOf } from "../kernel/genesis.ts";
import type { BlockKind, Header } from "../kernel/header.ts";
import { decodeHeader, encodeHeader } from "../kernel/header.ts";
import { targetFromCompact, workOfTarget } from "../kernel/target.ts";
import type { KeyParentFacts } from "../ledger/retarget.ts";

/** A block in the tree of headers: key block, microblock, or the genesis, which counts as a key block. */
export interface HeaderEntry {
  readonly id: BlockId;
  readonly kind: BlockKind;
  /** `null` for the genesis, and in a simulation. Decoded anew at each access: keep it in a variable. */
  readonly header: Header | null;
  /** A microblock has its key block's. */
  readonly height: number;
  /** 0 for a key block; microblocks of a round count from 1. */
  readonly microIndex: number;
  /** Work of this block alone: ⌊2^256 / (target + 1)⌋; 0 for the genesis and for microblocks. */
  readonly work: bigint;
  /** Work of the chain that ends here. */
  readonly totalWork: bigint;
  /** The last key block below; `null` for the genesis. Key blocks alone form a chain by it (PROTOCOL §4). */
  readonly keyParent: HeaderEntry | null;
  /**
   * The block directly below, a microblock perhaps; `null` for the genesis. In a branch of key headers
   * alone (NET-4), where the microblocks between are not known, it is the keyParent.
   */
  readonly parent: HeaderEntry | null;
  readonly timestampMs: number;
  /** Compact target that it states; the genesis' initial target; 0 for a microblock. */
  readonly target: number;
  /** `null` for the genesis. */
  readonly author: Address | null;
  /** Encoded bodies of the round's microblocks up to and with this one, in bytes (BODY-1b); 0 for key blocks. */
  readonly roundBytes: number;
  /** Local clock when it was connected; shown, never used by a rule. */
  readonly receivedMs: number;
}

/** Where a block stands, and what the tree must know beside its header. */
export interface EntryPlace {
  readonly keyParent: HeaderEntry;
  /** The block directly below; the keyParent unless said. */
  readonly parent?: HeaderEntry;
  /** Bytes of its encoded body; asked for microblocks only. */
  readonly bodyBytes?: number;
  readonly receivedMs: number;
  /** False where nobody will ever ask for the header: a simulation of a million blocks (default: true). */
  readonly keepsHeader?: boolean;
}

class Entry implements HeaderEntry {
  readonly id: BlockId;
  readonly kind: BlockKind;
  readonly height: number;
  readonly microIndex: number;
  readonly work: bigint;
  readonly totalWork: bigint;
  readonly keyParent: HeaderEntry;
  readonly parent: HeaderEntry;
  readonly timestampMs: number;
  readonly target: number;
  readonly author: Address;
  readonly roundBytes: number;
  readonly receivedMs: number;
  readonly #encoded: Uint8Array | null;

  constructor(header: Header, id: BlockId, place: EntryPlace) {
    const { keyParent, parent = keyParent, bodyBytes = 0, receivedMs, keepsHeader = true } = place;
    this.id = id;
    this.kind = header.kind;
    this.height = header.height;
    this.microIndex = header.microIndex;
    this.work = header.kind === "key" ? workOfTarget(targetFromCompact(header.target)) : 0n;
    this.totalWork = keyParent.totalWork + this.work;
    this.keyParent = keyParent;
    this.parent = parent;
    this.timestampMs = header.timestampMs;
    this.target = header.target;
    this.author = addressOfKey(header.author);
    this.roundBytes = header.kind === "key" ? 0 : parent.roundBytes + bodyBytes;
    this.receivedMs = receivedMs;
    this.#encoded = keepsHeader ? encodeHeader(header) : null;
  }

  get header(): Header | null {
    return this.#encoded === null ? null : decodeHeader(this.#encoded);
  }
}

/** The entry of a block in its place. The caller has checked the header (or its id, when it was stored). */
export function headerEntry(header: Header, id: BlockId, place: EntryPlace): HeaderEntry {
  return new Entry(header, id, place);
}

/** The key block of the round that a block belongs to: itself, or a microblock's keyParent. */
export function keyBlockOf(entry: HeaderEntry): HeaderEntry {
  return entry.kind === "micro" && entry.keyParent !== null ? entry.keyParent : entry;
}

/** The microblocks between a block's round's key block and the block, itself included, oldest first. */
export function microblocksUpTo(entry: HeaderEntry): readonly HeaderEntry[] {
  const found: HeaderEntry[] = [];
  for (let at: HeaderEntry | null = entry; at?.kind === "micro"; at = at.parent) found.push(at);
  return found.reverse();
}

/** The root of the tree: height 0, the story's id, no work and no author. */
export function genesisEntry(genesis: Genesis): HeaderEntry {
  return {
    id: blockIdFromHex(storyIdOf(genesis)),
    kind: "key",
    header: null,
    height: 0,
    microIndex: 0,
    work: 0n,
    totalWork: 0n,
    keyParent: null,
    parent: null,
    timestampMs: genesis.createdMs,
    target: genesis.initialTarget,
    author: null,
    roundBytes: 0,
    receivedMs: genesis.createdMs,
  };
}

/** What the ledger's rules of time, rest and target read of a key block. */
export function keyParentFacts(entry: HeaderEntry): KeyParentFacts {
  return {
    timestampMs: entry.timestampMs,
    target: entry.target,
    author: entry.author,
    solveTimeMs: entry.keyParent === null ? null : entry.timestampMs - entry.keyParent.timestampMs,
    sameAuthor: entry.author !== null && entry.author === entry.keyParent?.author,
  };
}

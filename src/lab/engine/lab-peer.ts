/**
 * One peer's own view of the chain: which blocks it has, which of them is its best, and what waits until
 * its clock or an ancestor lets it in. The rules of what is better are the chain's (FRK-1); a bit for
 * each block makes ten thousand trees fit into memory.
 *
 * @module
 */
import { branchChange, isBetterKeyBlock } from "../../chain/fork-choice.ts";
import type { BlockBook } from "./block-book.ts";
import type { BlockNumber } from "./block-number.ts";

/** What became of a block that was handed to a peer (the outcomes of FRK-2). */
export type LabOutcome =
  | { readonly kind: "known" }
  | { readonly kind: "orphan" }
  | { readonly kind: "refused" }
  | { readonly kind: "side-branch" }
  /** `lost`: blocks that were given up for it; 0 when it extends the best chain. */
  | { readonly kind: "adopted"; readonly lost: number };

/** A peer's blocks. */
export interface LabPeer {
  readonly index: number;
  /** Best block. */
  readonly head: BlockNumber;
  online: boolean;
  /** False from its return until it has heard what it missed: it does not mine before. */
  ready: boolean;
  knows(number: BlockNumber): boolean;
  /** Judges a block that arrived and keeps it if it is good and its parent is here. */
  connect(number: BlockNumber): LabOutcome;
}

const KNOWN: LabOutcome = { kind: "known" };
const ORPHAN: LabOutcome = { kind: "orphan" };
const REFUSED: LabOutcome = { kind: "refused" };
const SIDE_BRANCH: LabOutcome = { kind: "side-branch" };
const EXTENDED: LabOutcome = { kind: "adopted", lost: 0 };

const WORD_BITS = 32;

class Peer implements LabPeer {
  readonly index: number;
  head: BlockNumber = 0;
  online = true;
  ready = true;
  readonly #book: BlockBook;
  /** One bit for each block of the book. */
  #known = new Uint32Array(1);

  constructor(index: number, book: BlockBook) {
    this.index = index;
    this.#book = book;
    this.#add(0);
  }

  knows(number: BlockNumber): boolean {
    return ((this.#known[number >>> 5] ?? 0) & (1 << (number & 31))) !== 0;
  }

  #add(number: BlockNumber): void {
    const word = number >>> 5;
    if (word >= this.#known.length) {
      const grown = new Uint32Array(Math.max(word + 1, Math.ceil(this.#known.length * 1.5)));
      grown.set(this.#known);
      this.#known = grown;
    }
    this.#known[word] = (this.#known[word] ?? 0) | (1 << (number & (WORD_BITS - 1)));
  }

  connect(number: BlockNumber): LabOutcome {
    if (this.knows(number)) return KNOWN;
    const { entry, parent, refusal } = this.#book.block(number);
    if (refusal !== null) return REFUSED;
    if (!this.knows(parent)) return ORPHAN;
    this.#add(number);
    const before = this.#book.block(this.head).entry;
    if (!isBetterKeyBlock(entry, before)) return SIDE_BRANCH;
    const extends_ = parent === this.head;
    this.head = number;
    return extends_ ? EXTENDED : { kind: "adopted", lost: branchChange(before, entry).lost.length };
  }
}

/** A peer that has the genesis only. */
export function createLabPeer(index: number, book: BlockBook): LabPeer {
  return new Peer(index, book);
}

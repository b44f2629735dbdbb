/**
 * How an agent mines: on which block, under which key, with which timestamp, and when it shows what it
 * found. An honest miner works on its best block and shows a block at once; each attack departs from that
 * in what its name says. Many-keys, selfish, majority and cheat use a fresh key for each block, because rest
 * (TRK-1) costs nothing to evade; hopper and time-shift keep their key and rest like everybody, so that what
 * they gain is told apart from that.
 *
 * @module
 */
import type { Address } from "../../kernel/brand.ts";
import { concatBytes } from "../../kernel/bytes.ts";
import { hash } from "../../kernel/hash.ts";
import type { Header } from "../../kernel/header.ts";
import type { Attack } from "../scenario/scenario.ts";
import type { BlockBook } from "./block-book.ts";
import type { BlockNumber } from "./block-number.ts";
import type { LabPeer } from "./lab-peer.ts";

/** A way to mine. */
export interface Strategy {
  /** Block that it works on. */
  miningOn(): BlockNumber;
  /** Public key of its next block, 32 bytes. */
  author(): Uint8Array;
  /** Address under which it has to rest (TRK-1); `null` when it uses each key once. */
  readonly restsAs: Address | null;
  /** False when it would rather not work at this price, in expected hashes. */
  accepts(work: number): boolean;
  /** How far ahead of the clock it stamps a block, in ms. */
  readonly aheadMs: number;
  /** Makes its block lie. */
  readonly alter?: (header: Header) => Header;
  /** It found a valid block; which blocks are shown now, oldest first. */
  onFound(number: BlockNumber): readonly BlockNumber[];
  /** Its peer took a block of somebody else in; which blocks are shown now. */
  onBlock(): readonly BlockNumber[];
}

/** What an honest miner is made from. */
export interface HonestParts {
  readonly peer: LabPeer;
  /** Its own public key, and the address of it. */
  readonly key: Uint8Array;
  readonly address: Address;
}

/** What an attacker is made from. */
export interface AttackParts extends HonestParts {
  readonly attack: Attack;
  readonly book: BlockBook;
  /** Expected hashes of a block at the start. */
  readonly firstWork: number;
  /** Farthest ahead of the clock that a timestamp may be (HDR-6), in ms. */
  readonly maxAheadMs: number;
}

const NONE: readonly BlockNumber[] = [];

/** Works on the best block and shows at once. */
export function honest({ peer, key, address }: HonestParts): Strategy {
  return {
    miningOn: () => peer.head,
    author: () => key,
    restsAs: address,
    accepts: () => true,
    aheadMs: 0,
    onFound: (number) => [number],
    onBlock: () => NONE,
  };
}

/** The strategy of an attack. */
export function attackOf(parts: AttackParts): Strategy {
  const base = { ...honest(parts), author: freshKeys(parts.key), restsAs: null };
  switch (parts.attack.kind) {
    case "many-keys":
      return base;
    case "hopper":
      return { ...honest(parts), accepts: (work) => work < parts.firstWork };
    case "time-shift":
      return { ...honest(parts), aheadMs: parts.maxAheadMs };
    case "cheat":
      return { ...base, alter: claimTwice };
    case "selfish":
      return { ...base, ...selfish(parts) };
    case "majority":
      return { ...base, ...majority(parts, parts.attack.depth) };
  }
}

/**
 * Keys that are different each time, and from all agents': digests, for which nobody has a secret. No signature
 * is made or checked here, and a digest has 32 bytes like a key. The use "lab-log" is the lab's own; nothing that
 * is checked in a story has it, and what the log hashes with it is never taken for a key.
 */
function freshKeys(key: Uint8Array): () => Uint8Array {
  let counter = 0;
  return () => {
    const number = new Uint8Array(4);
    new DataView(number.buffer).setUint32(0, counter++, true);
    return hash("lab-log", concatBytes(key, number));
  };
}

function claimTwice(header: Header): Header {
  const { consumer, industrial } = header.coinbase;
  return { ...header, coinbase: { consumer: 2n * consumer, industrial: 2n * industrial } };
}

/**
 * Selfish mining as in Eyal and Sirer, "Majority is not enough" (2014), algorithm 1: what it finds stays
 * secret; when the others come within one block everything is shown and wins; at equal length everything
 * is shown and the lower tie hash (FRK-1) decides, which stands for their γ = 1/2.
 */
function selfish({ peer, book }: AttackParts): Pick<Strategy, "miningOn" | "onFound" | "onBlock"> {
  /** Its own branch, oldest first, and how much of it was shown. */
  let branch: BlockNumber[] = [];
  let shown = 0;

  const heightOf = (number: BlockNumber): number => book.block(number).entry.height;
  const tip = (): BlockNumber => branch.at(-1) ?? peer.head;
  const show = (count: number): readonly BlockNumber[] => {
    const now = branch.slice(shown, count);
    shown = Math.max(shown, count);
    return now;
  };
  const give = (): readonly BlockNumber[] => {
    const now = show(branch.length);
    branch = [];
    shown = 0;
    return now;
  };

  return {
    miningOn: tip,
    onFound(number) {
      // All shown and not yet beaten: a race of equals, which this block wins.
      const isRace = branch.length > 0 && shown === branch.length;
      branch.push(number);
      return isRace ? give() : NONE;
    },
    onBlock() {
      if (branch.length === 0) return NONE;
      const lead = heightOf(tip()) - heightOf(peer.head);
      if (lead < 0) {
        branch = [];
        shown = 0;
        return NONE;
      }
      if (lead === 0) return show(branch.length);
      if (lead === 1) return give();
      const publicHeight = heightOf(peer.head);
      return show(branch.filter((number) => heightOf(number) <= publicHeight).length);
    },
  };
}

/**
 * A majority that rewrites: from its start it builds a secret branch, and shows it once the public one has
 * `depth` blocks on the fork and less work. It then begins again.
 */
function majority(
  { peer, book }: AttackParts,
  depth: number,
): Pick<Strategy, "miningOn" | "onFound" | "onBlock"> {
  let fork = peer.head;
  let branch: BlockNumber[] = [];

  const tip = (): BlockNumber => branch.at(-1) ?? fork;
  const showIfHeavier = (): readonly BlockNumber[] => {
    const [mine, theirs] = [book.block(tip()).entry, book.block(peer.head).entry];
    const buried = theirs.height - book.block(fork).entry.height;
    if (buried < depth || mine.totalWork <= theirs.totalWork) return NONE;
    const now = branch;
    fork = tip();
    branch = [];
    return now;
  };

  return {
    miningOn: tip,
    onFound(number) {
      branch.push(number);
      return showIfHeavier();
    },
    onBlock: showIfHeavier,
  };
}

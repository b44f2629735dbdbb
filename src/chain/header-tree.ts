/**
 * All connected headers and which of them are the canon (FRK-1, FRK-3). Changed only after a commit.
 *
 * @module
 */
import type { BlockId } from "../kernel/brand.ts";
import { branchChange } from "./fork-choice.ts";
import type { HeaderEntry } from "./header-entry.ts";
import { keyBlockOf } from "./header-entry.ts";
import { CONFIRMATION_WINDOW, LOCATOR_DENSE_IDS } from "./limits.ts";

/** The tree of headers of one story. */
export interface HeaderTree {
  /** Best key block. */
  tip(): HeaderEntry;
  /** Best block: the last microblock of the tip's round, or the tip itself. */
  head(): HeaderEntry;
  entry(id: BlockId): HeaderEntry | undefined;
  /** Key block of the canon at a height. */
  canonAt(height: number): HeaderEntry | undefined;
  /** Microblocks of the canon in the round of the key block at a height, oldest first. */
  microblocksAt(height: number): readonly HeaderEntry[];
  isCanon(id: BlockId): boolean;
  /** Key blocks that are not on the canon, newest first (FRK-3). */
  apocrypha(): readonly HeaderEntry[];
  /** Known microblocks at one place of a key block's round, on any branch; two of them prove equivocation (TRK-2). */
  microblocksAtPlace(keyBlock: BlockId, microIndex: number): readonly HeaderEntry[];
  /** Two different microblocks at one place of a key block's round, if its tracker sealed such (TRK-2). */
  equivocation(keyBlock: BlockId): readonly [HeaderEntry, HeaderEntry] | undefined;
  /** Work above the block ÷ the greatest work of one block among the last 144, floored (FRK-4); 0 off the canon. */
  confirmations(id: BlockId): number;
  /** Ids of the canon from the tip down: ten one by one, then in doubling steps, ending with the genesis. */
  locator(): BlockId[];
  /** Canon entries above the highest block that both sides have, oldest first. */
  after(locator: readonly BlockId[], limit: number): readonly HeaderEntry[];
  add(entry: HeaderEntry): void;
  /** Makes a block of the tree, key or micro, the best one. */
  setHead(entry: HeaderEntry): void;
  size(): number;
}

/** A tree that holds the genesis only. */
export function createHeaderTree(genesis: HeaderEntry): HeaderTree {
  const entries = new Map<BlockId, HeaderEntry>([[genesis.id, genesis]]);
  const canon: HeaderEntry[] = [genesis];
  /** Microblocks of the canon by height. */
  const sealed = new Map<number, HeaderEntry[]>();
  /** Microblocks of all branches by `<key block>/<micro index>`. */
  const places = new Map<string, HeaderEntry[]>();
  const equivocations = new Map<BlockId, readonly [HeaderEntry, HeaderEntry]>();
  const side = new Map<BlockId, HeaderEntry>();
  let head = genesis;
  let greatestWork: { readonly tip: BlockId; readonly work: bigint } | undefined;

  const tip = (): HeaderEntry => keyBlockOf(head);
  const isCanon = (id: BlockId): boolean => {
    const entry = entries.get(id);
    if (entry === undefined) return false;
    const standing =
      entry.kind === "key" ? canon[entry.height] : sealed.get(entry.height)?.[entry.microIndex - 1];
    return standing?.id === id;
  };
  const placeOf = (keyBlock: BlockId, microIndex: number): string => `${keyBlock}/${microIndex}`;
  const addMicroblock = (entry: HeaderEntry): void => {
    const keyBlock = keyBlockOf(entry).id;
    const place = placeOf(keyBlock, entry.microIndex);
    const [sibling] = places.get(place) ?? [];
    places.set(place, [...(places.get(place) ?? []), entry]);
    if (sibling !== undefined && !equivocations.has(keyBlock)) {
      equivocations.set(keyBlock, [sibling, entry]);
    }
  };
  const greatestRecentWork = (): bigint => {
    if (greatestWork?.tip !== tip().id) {
      const recent = canon.slice(Math.max(1, canon.length - CONFIRMATION_WINDOW));
      const work = recent.reduce((most, entry) => (entry.work > most ? entry.work : most), 1n);
      greatestWork = { tip: tip().id, work };
    }
    return greatestWork.work;
  };

  return {
    tip,
    head: () => head,
    entry: (id) => entries.get(id),
    canonAt: (height) => canon[height],
    microblocksAt: (height) => sealed.get(height) ?? [],
    microblocksAtPlace: (keyBlock, microIndex) => places.get(placeOf(keyBlock, microIndex)) ?? [],
    equivocation: (keyBlock) => equivocations.get(keyBlock),
    isCanon,
    apocrypha: () =>
      [...side.values()].toSorted((a, b) => b.height - a.height || b.receivedMs - a.receivedMs),
    confirmations(id) {
      const entry = entries.get(id);
      if (entry === undefined || !isCanon(id)) return 0;
      return Number((head.totalWork - entry.totalWork) / greatestRecentWork());
    },
    locator() {
      const ids: BlockId[] = [];
      let step = 1;
      for (let height = tip().height; height > 0; height -= step) {
        const entry = canon[height];
        if (entry !== undefined) ids.push(entry.id);
        if (ids.length >= LOCATOR_DENSE_IDS) step *= 2;
      }
      ids.push(genesis.id);
      return ids;
    },
    after(locator, limit) {
      const common = locator.find((id) => isCanon(id));
      const from = common === undefined ? 1 : (entries.get(common)?.height ?? 0) + 1;
      return canon.slice(from, from + Math.max(0, limit));
    },
    add(entry) {
      entries.set(entry.id, entry);
      if (entry.kind === "micro") addMicroblock(entry);
      else side.set(entry.id, entry);
    },
    setHead(entry) {
      const { lost, gained } = branchChange(head, entry);
      for (const old of lost.toReversed()) {
        if (old.kind === "micro") {
          sealed.get(old.height)?.pop();
          continue;
        }
        canon.pop();
        sealed.delete(old.height);
        side.set(old.id, old);
      }
      for (const next of gained) {
        if (next.kind === "micro") {
          const round = sealed.get(next.height);
          if (round === undefined) sealed.set(next.height, [next]);
          else round.push(next);
          continue;
        }
        canon.push(next);
        side.delete(next.id);
      }
      head = entry;
    },
    size: () => entries.size,
  };
}

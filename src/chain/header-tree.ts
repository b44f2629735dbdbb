/**
 * All connected headers and which of them are the canon (FRK-1, FRK-3). Changed only after a commit.
 *
 * @module
 */
import type { BlockId } from "../kernel/brand.ts";
import { branchChange } from "./fork-choice.ts";
import type { HeaderEntry } from "./header-entry.ts";
import { CONFIRMATION_WINDOW, LOCATOR_DENSE_IDS } from "./limits.ts";

/** The tree of headers of one story. */
export interface HeaderTree {
  tip(): HeaderEntry;
  entry(id: BlockId): HeaderEntry | undefined;
  canonAt(height: number): HeaderEntry | undefined;
  isCanon(id: BlockId): boolean;
  /** Blocks that are not on the canon, newest first (FRK-3). */
  apocrypha(): readonly HeaderEntry[];
  /** Work above the block ÷ the greatest work of one block among the last 144, floored (FRK-4); 0 off the canon. */
  confirmations(id: BlockId): number;
  /** Ids of the canon from the tip down: ten one by one, then in doubling steps, ending with the genesis. */
  locator(): BlockId[];
  /** Canon entries above the highest block that both sides have, oldest first. */
  after(locator: readonly BlockId[], limit: number): readonly HeaderEntry[];
  add(entry: HeaderEntry): void;
  /** Makes a block of the tree the best one. */
  setTip(entry: HeaderEntry): void;
  size(): number;
}

/** A tree that holds the genesis only. */
export function createHeaderTree(genesis: HeaderEntry): HeaderTree {
  const entries = new Map<BlockId, HeaderEntry>([[genesis.id, genesis]]);
  const canon: HeaderEntry[] = [genesis];
  const side = new Map<BlockId, HeaderEntry>();
  let tip = genesis;
  let greatestWork: { readonly tip: BlockId; readonly work: bigint } | undefined;

  const isCanon = (id: BlockId): boolean => {
    const entry = entries.get(id);
    return entry !== undefined && canon[entry.height]?.id === id;
  };
  const greatestRecentWork = (): bigint => {
    if (greatestWork?.tip !== tip.id) {
      const recent = canon.slice(Math.max(1, canon.length - CONFIRMATION_WINDOW));
      const work = recent.reduce((most, entry) => (entry.work > most ? entry.work : most), 1n);
      greatestWork = { tip: tip.id, work };
    }
    return greatestWork.work;
  };

  return {
    tip: () => tip,
    entry: (id) => entries.get(id),
    canonAt: (height) => canon[height],
    isCanon,
    apocrypha: () =>
      [...side.values()].toSorted((a, b) => b.height - a.height || b.receivedMs - a.receivedMs),
    confirmations(id) {
      const entry = entries.get(id);
      if (entry === undefined || !isCanon(id)) return 0;
      return Number((tip.totalWork - entry.totalWork) / greatestRecentWork());
    },
    locator() {
      const ids: BlockId[] = [];
      let step = 1;
      for (let height = tip.height; height > 0; height -= step) {
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
      side.set(entry.id, entry);
    },
    setTip(entry) {
      const { ancestor, lost, gained } = branchChange(tip, entry);
      canon.length = ancestor.height + 1;
      for (const old of lost) side.set(old.id, old);
      for (const next of gained) {
        canon.push(next);
        side.delete(next.id);
      }
      tip = entry;
    },
    size: () => entries.size,
  };
}

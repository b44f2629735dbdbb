/**
 * The state after any block of the tree. Recent ones are kept (they share structure); an older one is
 * walked to from the nearest kept state by stored deltas, and believed only if its root is the one in
 * that block's header.
 *
 * @module
 */
import type { BlockId } from "../kernel/brand.ts";
import { equalBytes } from "../kernel/bytes.ts";
import { CodedError, isCoded } from "../kernel/errors.ts";
import type { StateDelta } from "../ledger/state-delta.ts";
import { applyDelta, undoDelta } from "../ledger/state-delta.ts";
import type { StateMap } from "../ledger/state-map.ts";
import { stateRoot } from "../ledger/state-map.ts";
import { branchChange } from "./fork-choice.ts";
import type { HeaderEntry } from "./header-entry.ts";
import { STATE_CACHE_ENTRIES } from "./limits.ts";
import { createLru } from "./lru.ts";
import type { Store } from "./ports/store.ts";
import { deltaOfRecord, headerOfRecord } from "./stored-record.ts";

/** States by the block they stand after. */
export interface States {
  /** State after the best block, microblocks included; always at hand. */
  head(): StateMap;
  setHead(entry: HeaderEntry, state: StateMap): void;
  /** Keeps a state that was computed. */
  keep(entry: HeaderEntry, state: StateMap): void;
  /** State after a connected block; rejects with `state-unavailable` {id, reason} when stored deltas do not lead to its root. */
  at(entry: HeaderEntry): Promise<StateMap>;
}

/** States of a tree, starting with the genesis as its best block. */
export function createStates(input: {
  readonly store: Pick<Store, "records">;
  readonly genesis: HeaderEntry;
  readonly genesisState: StateMap;
  /** Kept states; the tests make it small. */
  readonly cacheEntries?: number;
}): States {
  const cacheEntries = input.cacheEntries ?? STATE_CACHE_ENTRIES;
  // One for each kind: rival key blocks stand on key blocks, and a lively round has hundreds of microblocks.
  const caches = {
    key: createLru<BlockId, StateMap>(cacheEntries),
    micro: createLru<BlockId, StateMap>(cacheEntries),
  };
  let head = { entry: input.genesis, state: input.genesisState };

  const kept = (entry: HeaderEntry): StateMap | undefined => {
    if (entry.id === head.entry.id) return head.state;
    return entry.parent === null ? input.genesisState : caches[entry.kind].get(entry.id);
  };

  const rebuild = async (entry: HeaderEntry): Promise<StateMap> => {
    // The best block may change while the store is read.
    const best = head;
    const redo: HeaderEntry[] = [];
    let base = entry;
    let state = kept(base);
    while (state === undefined && base.parent !== null) {
      redo.push(base);
      base = base.parent;
      state = kept(base);
    }
    const fromHead = branchChange(best.entry, entry);
    if (fromHead.lost.length + fromHead.gained.length < redo.length) {
      const deltas = await readDeltas(input.store, [...fromHead.lost, ...fromHead.gained]);
      const ancestor = fromHead.lost.reduceRight(
        (map, lost) => undoDelta(map, deltaOf(deltas, lost)),
        best.state,
      );
      return fromHead.gained.reduce(
        (map, next) => applyDelta(map, deltaOf(deltas, next)),
        ancestor,
      );
    }
    const deltas = await readDeltas(input.store, redo);
    return redo.reduceRight(
      (map, next) => applyDelta(map, deltaOf(deltas, next)),
      state ?? input.genesisState,
    );
  };

  return {
    head: () => head.state,
    setHead(entry, state) {
      caches[head.entry.kind].set(head.entry.id, head.state);
      head = { entry, state };
    },
    keep(entry, state) {
      caches[entry.kind].set(entry.id, state);
    },
    async at(entry) {
      const ready = kept(entry);
      if (ready !== undefined) return ready;
      try {
        const state = await rebuild(entry);
        checkRoot(entry, state);
        caches[entry.kind].set(entry.id, state);
        return state;
      } catch (error) {
        if (!isCoded(error) || !LOCAL_DAMAGE.has(error.code)) throw error;
        throw new CodedError(
          "state-unavailable",
          { id: entry.id, reason: error.code },
          { cause: error },
        );
      }
    },
  };
}

const LOCAL_DAMAGE: ReadonlySet<string> = new Set([
  "delta-missing",
  "delta-mismatch",
  "bad-encoding",
  "bad-state-root",
  "record-id-mismatch",
  "record-seal-mismatch",
]);

/** Throws `bad-state-root` unless the state is the one that the entry's header commits to (HDR-4). */
export function checkRoot(entry: HeaderEntry, state: StateMap): void {
  const { header } = entry;
  if (header !== null && !equalBytes(header.stateRoot, stateRoot(state))) {
    throw new CodedError("bad-state-root", { id: entry.id });
  }
}

/**
 * The port reads records in ascending height only, so this scans them up to the highest wanted one.
 * It is met only by forks older than the kept states; a batch is dropped as soon as it is looked through.
 */
async function readDeltas(
  store: Pick<Store, "records">,
  entries: readonly HeaderEntry[],
): Promise<ReadonlyMap<BlockId, StateDelta>> {
  const wanted = new Set(entries.map((entry) => entry.id));
  const found = new Map<BlockId, StateDelta>();
  if (wanted.size === 0) return found;
  for await (const batch of store.records()) {
    for (const record of batch) {
      if (!wanted.has(record.id)) continue;
      headerOfRecord(record);
      found.set(record.id, deltaOfRecord(record));
    }
    if (found.size === wanted.size) break;
  }
  return found;
}

function deltaOf(deltas: ReadonlyMap<BlockId, StateDelta>, entry: HeaderEntry): StateDelta {
  const delta = deltas.get(entry.id);
  if (delta === undefined) throw new CodedError("delta-missing", { id: entry.id });
  return delta;
}

/**
 * Building the tree from a store (STO-1, STO-4). Nothing read is believed: ids and seals are computed
 * again, parents must be there, and the deltas along the best branch must lead to the state root in the
 * best header. What does not fit is discarded with its descendants and reported; the best block is
 * always chosen anew by FRK-1, so the stored tip is only compared, never trusted.
 *
 * @module
 */

import type { BlockId } from "../kernel/brand.ts";
import { blockIdFromHex } from "../kernel/brand.ts";
import { hexFromBytes } from "../kernel/bytes.ts";
import { isCoded } from "../kernel/errors.ts";
import type { Header } from "../kernel/header.ts";
import { applyDelta } from "../ledger/state-delta.ts";
import type { StateMap } from "../ledger/state-map.ts";
import { isBetter } from "./fork-choice.ts";
import type { EntryPlace, HeaderEntry } from "./header-entry.ts";
import { headerEntry, keyBlockOf } from "./header-entry.ts";
import { STATE_CACHE_ENTRIES } from "./limits.ts";
import type { ChainFault } from "./outcome.ts";
import type { BlockRecord, Store } from "./ports/store.ts";
import { checkRoot } from "./states.ts";
import { bodyBytesOfRecord, deltaOfRecord, headerOfRecord } from "./stored-record.ts";

/** What a store holds that can be believed. */
export interface LoadedChain {
  /** Intact blocks without the genesis, parents first. */
  readonly entries: readonly HeaderEntry[];
  /** Best block, a microblock perhaps. */
  readonly head: HeaderEntry;
  readonly headState: StateMap;
  readonly faults: readonly ChainFault[];
}

/** Reads and checks a store, and discards from it what was not believed. `onState` sees the checked states after the newest blocks of the canon, in order. */
export async function loadChain(
  store: Store,
  genesis: HeaderEntry,
  genesisState: StateMap,
  onState: (entry: HeaderEntry, state: StateMap) => void,
): Promise<LoadedChain> {
  const faults: ChainFault[] = [];
  const entries = new Map<BlockId, HeaderEntry>([[genesis.id, genesis]]);
  for await (const batch of store.records()) {
    for (const record of batch) addRecord(entries, faults, record);
  }
  let head = bestOf(entries.values(), genesis);
  let headState: StateMap | undefined;
  while (headState === undefined) {
    const result = await redo(store, head, genesis, genesisState, onState);
    if ("state" in result) {
      headState = result.state;
    } else {
      discardBranch(entries, faults, result.bad, result.reason);
      head = bestOf(entries.values(), genesis);
    }
  }
  const storedTip = await store.tip();
  if (storedTip !== undefined && storedTip !== head.id && entries.has(storedTip)) {
    const height = entries.get(storedTip)?.height ?? null;
    faults.push({ code: "tip-corrupted", id: storedTip, height, reason: "not-the-best-block" });
  }
  const discarded = [...new Set(faults.map((fault) => fault.id))].filter((id) => !entries.has(id));
  const headId = head.parent === null ? undefined : head.id;
  if (discarded.length > 0 || storedTip !== headId) await store.discard(discarded, headId);
  entries.delete(genesis.id);
  return { entries: [...entries.values()], head, headState, faults };
}

function addRecord(
  entries: Map<BlockId, HeaderEntry>,
  faults: ChainFault[],
  record: BlockRecord,
): void {
  const { id, height } = record;
  try {
    const header = headerOfRecord(record);
    const place = placeOf(entries, header, record);
    if (place === undefined) {
      faults.push({ code: "record-orphaned", id, height, reason: "parent-missing" });
      return;
    }
    entries.set(id, headerEntry(header, id, place));
  } catch (error) {
    if (!isCoded(error)) throw error;
    faults.push({ code: "record-corrupted", id, height, reason: error.code });
  }
}

/** Where the block stands among those read before it; `undefined` when what it stands on is not there. */
function placeOf(
  entries: ReadonlyMap<BlockId, HeaderEntry>,
  header: Header,
  record: BlockRecord,
): EntryPlace | undefined {
  const find = (id: Uint8Array): HeaderEntry | undefined =>
    entries.get(blockIdFromHex(hexFromBytes(id)));
  const keyParent = find(header.keyParent);
  const parent = find(header.parent);
  if (keyParent?.kind !== "key" || parent === undefined) return undefined;
  if (keyBlockOf(parent).id !== keyParent.id) return undefined;
  const { receivedMs } = record;
  if (header.kind === "key") {
    return keyParent.height + 1 === header.height ? { keyParent, parent, receivedMs } : undefined;
  }
  const follows = keyParent.height === header.height && parent.microIndex + 1 === header.microIndex;
  return follows
    ? { keyParent, parent, bodyBytes: bodyBytesOfRecord(record), receivedMs }
    : undefined;
}

type Redone = { readonly state: StateMap } | { readonly bad: HeaderEntry; readonly reason: string };

/**
 * Redoes the deltas along the branch of `tip`. Roots are compared for the newest blocks, whose states are
 * kept: that hashes each node once. If one fails, everything is redone with a comparison at every block,
 * to find the first bad one.
 */
async function redo(
  store: Store,
  tip: HeaderEntry,
  genesis: HeaderEntry,
  genesisState: StateMap,
  onState: (entry: HeaderEntry, state: StateMap) => void,
): Promise<Redone> {
  if (tip.parent === null) return { state: genesisState };
  const fast = await walk(store, tip, genesis, genesisState, onState, false);
  return "state" in fast ? fast : walk(store, tip, genesis, genesisState, onState, true);
}

async function walk(
  store: Store,
  tip: HeaderEntry,
  genesis: HeaderEntry,
  genesisState: StateMap,
  onState: (entry: HeaderEntry, state: StateMap) => void,
  everyRoot: boolean,
): Promise<Redone> {
  const branch = new Map<BlockId, HeaderEntry>();
  const recent = new Set<BlockId>();
  const counts = { key: 0, micro: 0 };
  for (let at = tip; at.parent !== null; at = at.parent) {
    branch.set(at.id, at);
    if (++counts[at.kind] <= STATE_CACHE_ENTRIES) recent.add(at.id);
  }
  let state = genesisState;
  let last = genesis;
  for await (const batch of store.records()) {
    for (const record of batch) {
      const entry = branch.get(record.id);
      if (entry === undefined) continue;
      try {
        state = applyDelta(state, deltaOfRecord(record));
        const isRecent = recent.has(entry.id);
        if (everyRoot || isRecent) checkRoot(entry, state);
        if (isRecent) onState(entry, state);
      } catch (error) {
        if (!isCoded(error)) throw error;
        return { bad: entry, reason: error.code };
      }
      last = entry;
    }
  }
  return last === tip ? { state } : { bad: tip, reason: "delta-missing" };
}

function discardBranch(
  entries: Map<BlockId, HeaderEntry>,
  faults: ChainFault[],
  bad: HeaderEntry,
  reason: string,
): void {
  entries.delete(bad.id);
  faults.push({ code: "record-corrupted", id: bad.id, height: bad.height, reason });
  for (const entry of entries.values()) {
    // Parents come first in the map, so a removed parent is seen before its children.
    if (entry.parent === null || entries.has(entry.parent.id)) continue;
    entries.delete(entry.id);
    const { id, height } = entry;
    faults.push({ code: "record-orphaned", id, height, reason: "parent-missing" });
  }
}

function bestOf(entries: Iterable<HeaderEntry>, genesis: HeaderEntry): HeaderEntry {
  let best = genesis;
  for (const entry of entries) if (isBetter(entry, best)) best = entry;
  return best;
}

/**
 * The Merkle mountain range over each block's ancestors (HDR-5), at hand for any block of the tree:
 * recently used ones, checkpoints at fixed heights, and the few appends between.
 *
 * @module
 */
import type { BlockId } from "../kernel/brand.ts";
import { bytesFromHex } from "../kernel/bytes.ts";
import type { History } from "../kernel/history.ts";
import { appendHistory, emptyHistory } from "../kernel/history.ts";
import type { HeaderEntry } from "./header-entry.ts";
import { HISTORY_CACHE_ENTRIES, HISTORY_CHECKPOINT_HEIGHTS } from "./limits.ts";
import { createLru } from "./lru.ts";

/** Histories by the block they end with. */
export interface Histories {
  /** Range over all key headers up to and including the key block `entry`; its root is what a child's historyRoot must be. */
  through(entry: HeaderEntry): History;
}

/** Histories of a tree; entries that are not connected yet may be asked for as well. */
export function createHistories(): Histories {
  const recent = createLru<BlockId, History>(HISTORY_CACHE_ENTRIES);
  const checkpoints = new Map<BlockId, History>();
  return {
    through(entry) {
      const missing: HeaderEntry[] = [];
      let history: History = emptyHistory;
      for (let at = entry; at.keyParent !== null; at = at.keyParent) {
        const cached = recent.get(at.id) ?? checkpoints.get(at.id);
        if (cached !== undefined) {
          history = cached;
          break;
        }
        missing.push(at);
      }
      for (const at of missing.reverse()) {
        history = historyWith(history, at);
        recent.set(at.id, history);
        if (at.height % HISTORY_CHECKPOINT_HEIGHTS === 0) checkpoints.set(at.id, history);
      }
      return history;
    },
  };
}

/** The history with one more key header (HDR-5). */
export function historyWith(history: History, entry: HeaderEntry): History {
  return appendHistory(history, {
    blockId: bytesFromHex(entry.id),
    work: entry.work,
    timestampMs: entry.timestampMs,
    target: entry.target,
    author: bytesFromHex(entry.author ?? ""),
  });
}

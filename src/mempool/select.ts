/**
 * What a block would take of the mempool (MEM-7).
 *
 * @module
 */
import type { Address } from "../kernel/brand.ts";
import type { MempoolEntry } from "./entry.ts";
import type { Place } from "./queues.ts";

/** The room in a body. */
export interface BodyRoom {
  /** Sum of `sizeBytes` at most. */
  readonly maxBytes: number;
  readonly maxCount: number;
}

/**
 * The first of the order that fit. One that is too large is left out, and those of its sender behind it
 * as well; others may still fit. Orphans are never taken.
 */
export function selectForBlock(order: readonly Place[], room: BodyRoom): readonly MempoolEntry[] {
  const taken: MempoolEntry[] = [];
  const passedOver = new Set<Address>();
  let bytes = 0;
  for (const { entry, isOrphan } of order) {
    if (taken.length >= room.maxCount) break;
    if (isOrphan || passedOver.has(entry.sender)) continue;
    if (bytes + entry.sizeBytes > room.maxBytes) {
      passedOver.add(entry.sender);
      continue;
    }
    taken.push(entry);
    bytes += entry.sizeBytes;
  }
  return taken;
}

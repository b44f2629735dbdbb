/**
 * What one run may take of the machine that simulates; `docs/LIMITS.md` lists it with its tests.
 *
 * @module
 */

/** Blocks found in one run: each stays in memory with some two kilobytes. */
export const MAX_FOUND_BLOCKS = 1_000_000;
/** Peers × blocks: each peer has a bit for each block, a quarter of a gigabyte. */
export const MAX_PEER_BLOCKS = 2_000_000_000;
/** Events planned at one time, 33 bytes each: as many messages may be under way, a quarter of a gigabyte. */
export const MAX_PLANNED_EVENTS = 8_388_608;
/** Payments under way × peers, a byte each: beyond it the oldest go no further. */
export const MAX_TRAVELLING_BYTES = 268_435_456;

/** Blocks that a run of so many peers may find: stale ones come on top of those that were reckoned with. */
export function mostFoundBlocks(peers: number, maxFoundBlocks: number = MAX_FOUND_BLOCKS): number {
  return Math.min(maxFoundBlocks, Math.floor((2 * MAX_PEER_BLOCKS) / peers));
}

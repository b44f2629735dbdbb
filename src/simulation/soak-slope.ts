/**
 * How fast memory grows with the chain: a line through many checkpoints by least squares, because two
 * points measure mostly when the collector ran.
 *
 * What a block is expected to leave in each peer for good, besides its stored bytes: its header entry
 * (366 bytes encoded, two ids, work, place in the tree), which fork choice and answers need; its leaf and
 * branch in the state map (HDR-4: one paragraph key for each block); and here, where the disk is memory,
 * the objects that hold the stored bytes. In V8 each `Uint8Array` of 32 bytes alone takes about 290, and a
 * block leaves eight (header, stored header, delta and body, three in its leaf, one in its branch).
 *
 * @module
 */

/** Blocks after which every bounded cache is full: 256 states and histories, 500 log lines, 20 reorganisations. */
export const FULL_CACHES_BLOCKS = 600;
/** Fewer points make no line. */
const MIN_POINTS = 6;

/** What one checkpoint knows of memory, all peers together. */
export interface MemoryPoint {
  readonly blocks: number;
  readonly usedBytes: number;
  readonly storeBytes: number;
}

/** Slope of the line through (x, y) by least squares; NaN where all x are the same. */
export function leastSquaresSlope(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (pick: 0 | 1): number =>
    points.reduce((sum, point) => sum + point[pick], 0) / points.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  let covariance = 0;
  let variance = 0;
  for (const [x, y] of points) {
    covariance += (x - meanX) * (y - meanY);
    variance += (x - meanX) ** 2;
  }
  return covariance / variance;
}

/** Bytes for each block and peer once the caches are full; `null` with fewer than six such checkpoints. */
export function growthOf(
  checkpoints: readonly MemoryPoint[],
  peers: number,
): { readonly usedBytes: number; readonly storeBytes: number } | null {
  const full = checkpoints.filter(({ blocks }) => blocks >= FULL_CACHES_BLOCKS);
  if (full.length < MIN_POINTS) return null;
  const slopeOf = (pick: "usedBytes" | "storeBytes"): number =>
    leastSquaresSlope(full.map((point) => [point.blocks * peers, point[pick]]));
  return { usedBytes: slopeOf("usedBytes"), storeBytes: slopeOf("storeBytes") };
}

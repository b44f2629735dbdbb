/**
 * Made-up ids, bytes and blocks for tests of stores, which never interpret what they keep.
 *
 * @module
 */
import type { BlockRecord, Commit, IndexRow, Store, StoredBlock } from "../../chain/ports/store.ts";
import { type BlockId, blockIdFromHex } from "../../kernel/brand.ts";

/** A made-up id that depends on `seed` only, and does not sort as the seeds do. */
export function madeUpId(seed: number): BlockId {
  const digits = Math.imul(seed + 1, 0x9e3779b1) >>> 0;
  return blockIdFromHex(digits.toString(16).padStart(8, "0").repeat(8));
}

/** Made-up bytes, all 256 values of a byte among them from 256 on. */
export function madeUpBytes(seed: number, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (seed * 31 + index * 7) & 0xff);
}

/** A made-up block. */
export function madeUpBlock(seed: number, height: number = seed, microIndex = 0): StoredBlock {
  return {
    record: {
      id: madeUpId(seed),
      height,
      microIndex,
      header: madeUpBytes(seed, 300),
      delta: madeUpBytes(seed + 1, seed % 40),
      receivedMs: 1_700_000_000_000 + seed,
    },
    body: madeUpBytes(seed + 2, 700),
  };
}

/** A commit. */
export function changeOf(
  blocks: readonly StoredBlock[],
  tip: BlockId,
  index: readonly IndexRow[] = [],
): Commit {
  return { blocks, index, tip };
}

/** A commit of the made-up blocks of these seeds, the last one the tip. */
export function commitOf(...seeds: readonly number[]): Commit {
  return changeOf(
    seeds.map((seed) => madeUpBlock(seed)),
    madeUpId(seeds.at(-1) ?? 0),
  );
}

/** All records of a store, and the sizes of the batches in which they came. */
export async function readAll(store: Store): Promise<{ records: BlockRecord[]; sizes: number[] }> {
  const records: BlockRecord[] = [];
  const sizes: number[] = [];
  for await (const batch of store.records()) {
    sizes.push(batch.length);
    records.push(...batch);
  }
  return { records, sizes };
}

/**
 * What share of a stretch of the live chain a tab should have, from its measured hash rate, and what it has.
 *
 * @module
 */
import { type Band, expectedBand } from "../statistics/proportions.ts";
import { type LiveBlock, searchMs } from "./live-block.ts";

/** With fewer blocks, luck says more about a rate than the rate itself. */
export const LEAST_BLOCKS = 10;

/** A tab's share of a stretch. */
export interface MyShare {
  readonly blocks: number;
  /** Blocks of the stretch that are this tab's. */
  readonly found: number;
  /** Hashes a second of everybody, from the work and the times of the stretch. */
  readonly networkRate: number;
  /** 0…1, and so are the next two. */
  readonly expected: number;
  readonly share: number;
  /** Where the share lies in 95 of 100 such stretches. */
  readonly band: Band;
}

/** A stretch and who looks at it. */
export interface MyShareInput {
  /** Oldest first. */
  readonly blocks: readonly LiveBlock[];
  /** Address of this tab. */
  readonly me: string;
  readonly paceMs: number;
  /** Measured rate of this tab, hashes a second. */
  readonly myRate: number;
}

/**
 * Expected and actual share, if the tab had mined through the whole stretch at its present rate. The chance
 * of a block is my rate ÷ the rate of all that looked for it, and 0 while I rested (TRK-1); the band is that
 * of the sum of those chances, and takes the network's rate, itself an estimate, for exact. `null` for fewer
 * than 10 blocks, a stretch without any time, and a tab without a rate.
 */
export function myShare({ blocks, me, paceMs, myRate }: MyShareInput): MyShare | null {
  if (blocks.length < LEAST_BLOCKS || !(myRate > 0)) return null;
  const open = blocks.filter((block) => searchMs(block, me, paceMs) > 0);
  const seconds = open.reduce((sum, block) => sum + searchMs(block, me, paceMs), 0) / 1_000;
  if (seconds === 0) return null;
  const networkRate = open.reduce((sum, { work }) => sum + work, 0) / seconds;
  const chance = Math.min(1, myRate / networkRate);
  const mayFind = open.length / blocks.length;
  const found = blocks.filter(({ author }) => author === me).length;
  const expected = chance * mayFind;
  return {
    blocks: blocks.length,
    found,
    networkRate,
    expected,
    share: found / blocks.length,
    band: expectedBand(blocks.length, expected, chance * (1 - chance) * mayFind),
  };
}

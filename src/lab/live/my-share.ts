/**
 * What share of a stretch of the live chain a tab should have, from its measured hash rate, and what it has.
 *
 * @module
 */
import { type Band, NORMAL_95 } from "../statistics/proportions.ts";
import { type LiveBlock, searchMs } from "./live-block.ts";

/** With fewer blocks, luck says more about a rate than the rate itself. */
export const LEAST_BLOCKS = 10;

/** A tab's share of a stretch. */
export interface MyShare {
  readonly blocks: number;
  /** Blocks of the stretch that are this tab's. */
  readonly found: number;
  /** Hashes a second of all that looked for blocks which this tab could find, from their work and times. */
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

/** From so many expected blocks on the normal band is used. */
const NORMAL_FROM = 20;
const TAIL = 0.025;

/** The least count that a Poisson variable of mean `mean` does not exceed with this chance. */
function poissonQuantile(chance: number, mean: number): number {
  let count = 0;
  let term = Math.exp(-mean);
  for (let below = term; below < chance; below += term) {
    count += 1;
    term *= mean / count;
  }
  return count;
}

/**
 * Where the number of my blocks lies in 95 of 100 stretches. Given the time that passed, it is a Poisson
 * variable; its variance is that of the lots, and that of the rate of the others, which is only estimated.
 */
function countBand(expected: number): Band {
  const reach = NORMAL_95 * Math.sqrt(expected);
  return expected < NORMAL_FROM
    ? { low: poissonQuantile(TAIL, expected), high: poissonQuantile(1 - TAIL, expected) }
    : { low: expected - reach, high: expected + reach };
}

/**
 * Expected and actual share, if the tab had mined through the whole stretch at its present rate. The chance
 * of a block is my rate ÷ the rate of all that looked for it, and 0 while I rested (TRK-1). `null` for fewer
 * than 10 blocks, a stretch without any time, and a tab without a rate.
 */
export function myShare({ blocks, me, paceMs, myRate }: MyShareInput): MyShare | null {
  if (blocks.length < LEAST_BLOCKS || !(myRate > 0)) return null;
  const open = blocks.filter((block) => searchMs(block, me, paceMs) > 0);
  const seconds = open.reduce((sum, block) => sum + searchMs(block, me, paceMs), 0) / 1_000;
  if (seconds === 0) return null;
  const networkRate = open.reduce((sum, { work }) => sum + work, 0) / seconds;
  const expected = Math.min(1, myRate / networkRate) * open.length;
  const found = blocks.filter(({ author }) => author === me).length;
  const { low, high } = countBand(expected);
  return {
    blocks: blocks.length,
    found,
    networkRate,
    expected: expected / blocks.length,
    share: found / blocks.length,
    band: { low: low / blocks.length, high: Math.min(1, high / blocks.length) },
  };
}

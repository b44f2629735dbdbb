/**
 * Do the miners find blocks in proportion to their hash rates? One chi-square test over all of them.
 *
 * @module
 */
import { chiSquareTail } from "./tails.ts";

/** Cells with fewer expected blocks are put together (Cochran's rule). */
const LEAST_EXPECTED = 5;

/** What a miner found, and what it was expected to; see `AgentRecord`. */
export interface FoundBlocks {
  readonly found: number;
  readonly expected: number;
  readonly variance: number;
}

/** Outcome of the test. */
export interface ShareTest {
  readonly statistic: number;
  /** Cells − 1. */
  readonly df: number;
  /** How often chance alone gives shares that are off by at least this much. */
  readonly pValue: number;
  /** Miners in a cell of their own. */
  readonly cells: number;
  /** Miners that had to be put together because too few blocks were expected of each. */
  readonly pooled: number;
}

interface Cell {
  readonly found: number;
  readonly expected: number;
  /** Variance ÷ that of unchanging probabilities, times `expected`. */
  readonly scaled: number;
}

function cellOf({ found, expected, variance }: FoundBlocks, total: number): Cell {
  const unchanging = expected * (1 - expected / total);
  return { found, expected, scaled: unchanging > 0 ? (variance / unchanging) * expected : 0 };
}

function together(cells: readonly Cell[]): Cell {
  const sum = (of: (cell: Cell) => number): number => cells.reduce((to, cell) => to + of(cell), 0);
  return {
    found: sum((cell) => cell.found),
    expected: sum((cell) => cell.expected),
    scaled: sum((cell) => cell.scaled),
  };
}

/**
 * Pearson's Σ (found − expected)² ÷ expected with cells − 1 degrees of freedom. Where the probabilities
 * change from block to block, as with rest, each term is divided by its variance's ratio to that of
 * unchanging probabilities, so that the sum keeps its mean; without change the ratio is 1. `null` when
 * there are fewer than two cells.
 */
export function testShares(miners: readonly FoundBlocks[]): ShareTest | null {
  const active = miners.filter(({ expected }) => expected > 0);
  const total = active.reduce((sum, { expected }) => sum + expected, 0);
  const own = active.filter(({ expected }) => expected >= LEAST_EXPECTED);
  const rest = active.filter(({ expected }) => expected < LEAST_EXPECTED);
  const cells = own.map((miner) => cellOf(miner, total));
  const pool = together(rest.map((miner) => cellOf(miner, total)));
  // A pool that is still too small goes to the smallest of the others.
  if (pool.expected >= LEAST_EXPECTED) cells.push(pool);
  else if (pool.expected > 0 && cells.length > 0) {
    cells.sort((a, b) => b.expected - a.expected);
    cells.push(together([...cells.splice(-1), pool]));
  }
  if (cells.length < 2) return null;
  const statistic = cells.reduce(
    (sum, { found, expected, scaled }) =>
      scaled > 0 ? sum + (found - expected) ** 2 / scaled : sum,
    0,
  );
  const df = cells.length - 1;
  const pValue = chiSquareTail(statistic, df);
  return { statistic, df, pValue, cells: own.length, pooled: rest.length };
}

/**
 * What several runs of one scenario come to together.
 *
 * @module
 */
import { mean, sampleStandardDeviation } from "simple-statistics";
import { withShortFigures } from "./figures.ts";
import { type Band, NORMAL_95, wilsonInterval } from "./proportions.ts";
import type { RunSummary } from "./summary.ts";
import { studentPoint95 } from "./tails.ts";

/** Share of the best chain of one miner, one value a run. */
export interface ShareOverSeeds {
  readonly id: string;
  readonly mean: number;
  readonly deviation: number;
  /**
   * 95 % interval of the mean: by Student's t, and never narrower than for as many independent blocks, for two seeds
   * may agree by chance.
   */
  readonly interval: Band;
}

/** Lost blocks of all runs together. */
export interface StaleOverSeeds {
  readonly stale: number;
  readonly found: number;
  /** stale ÷ found. */
  readonly rate: number;
  /** 95 % interval of the rate. */
  readonly interval: Band;
}

/** Figures over all seeds, six digits each. */
export interface OverSeeds {
  /** In the configuration's order. */
  readonly shares: readonly ShareOverSeeds[];
  readonly stale: StaleOverSeeds;
}

function total(runs: readonly RunSummary[], of: (run: RunSummary) => number): number {
  return runs.reduce((sum, run) => sum + of(run), 0);
}

/** Puts two runs or more together, which differ in their seeds alone. */
export function overSeeds(runs: readonly [RunSummary, ...RunSummary[]]): OverSeeds {
  const blocks = total(runs, (run) => run.blocks);
  const shares = runs[0].miners.map(({ id }, index): ShareOverSeeds => {
    const values = runs.map(({ miners }) => miners[index]?.share ?? 0);
    const deviation = sampleStandardDeviation(values);
    const middle = mean(values);
    const byRuns = (studentPoint95(runs.length - 1) * deviation) / Math.sqrt(runs.length);
    const byBlocks = NORMAL_95 * Math.sqrt((middle * (1 - middle)) / Math.max(1, blocks));
    const reach = Math.max(byRuns, byBlocks);
    const interval = { low: Math.max(0, middle - reach), high: Math.min(1, middle + reach) };
    return { id, mean: middle, deviation, interval };
  });
  const stale = total(runs, ({ forks }) => forks.stale);
  const found = total(runs, (run) => run.found);
  return withShortFigures<OverSeeds>({
    shares,
    stale: {
      stale,
      found,
      rate: found === 0 ? 0 : stale / found,
      interval: wilsonInterval(stale, found),
    },
  });
}

/**
 * A stretch of the live chain beside the simulation of its scenario.
 *
 * @module
 */
import { type Sample, sampleOf } from "../statistics/sample.ts";
import type { RunSummary } from "../statistics/summary.ts";
import type { LiveBlock } from "./live-block.ts";

/** One author. */
export interface ReplayedAuthor {
  readonly id: string;
  /** Blocks of the stretch, and of the simulation. */
  readonly real: number;
  readonly simulated: number;
  readonly realShare: number;
  readonly simulatedShare: number;
}

/** One bar of block times; shares of all blocks. */
export interface ReplayedBin {
  readonly fromMs: number;
  /** `null` for the last one, which holds all that is longer. */
  readonly toMs: number | null;
  readonly real: number;
  readonly simulated: number;
}

/** Both sides. */
export interface ReplayComparison {
  readonly authors: readonly ReplayedAuthor[];
  /** Block times; `null` without a block. */
  readonly real: Sample | null;
  readonly simulated: Sample | null;
  readonly bins: readonly ReplayedBin[];
}

/** Sets `blocks` beside the run `summary`; `ids` says which miner stands for which author. */
export function compareReplay(
  blocks: readonly LiveBlock[],
  ids: ReadonlyMap<string, string>,
  summary: RunSummary,
): ReplayComparison {
  const { histogram, sample } = summary.blockTimes;
  const share = (count: number, of: number): number => (of === 0 ? 0 : count / of);
  const authors = [...ids].map(([address, id]) => {
    const real = blocks.filter(({ author }) => author === address).length;
    const simulated = summary.miners.find((miner) => miner.id === id)?.blocks ?? 0;
    return {
      id,
      real,
      simulated,
      realShare: share(real, blocks.length),
      simulatedShare: share(simulated, summary.blocks),
    };
  });
  const bins = histogram.map(({ fromMs, toMs, count }) => ({
    fromMs,
    toMs,
    real: share(
      blocks.filter(({ solveMs }) => solveMs >= fromMs && (toMs === null || solveMs < toMs)).length,
      blocks.length,
    ),
    simulated: share(count, summary.blocks),
  }));
  return { authors, real: sampleOf(blocks.map(({ solveMs }) => solveMs)), simulated: sample, bins };
}

/**
 * Figures of a run that answers quote.
 *
 * @module
 */
import type { RunView } from "../host/protocol.ts";
import type { MinerSummary } from "../statistics/summary.ts";

/** The miner of an id; a blank one where the scenario has none. */
export function minerOf({ summary }: RunView, id: string): MinerSummary | undefined {
  return summary.miners.find((miner) => miner.id === id);
}

/** Its share of the best chain, 0…1. */
export function shareOf(view: RunView, id: string): number {
  return minerOf(view, id)?.share ?? 0;
}

function indexAt(atMs: ArrayLike<number>, timeMs: number): number {
  let index = 0;
  while (index + 1 < atMs.length && (atMs[index + 1] ?? 0) <= timeMs) index += 1;
  return index;
}

/** Mean expected hashes of a block between two times of the run, of its samples. */
export function meanWorkBetween({ series }: RunView, fromMs: number, toMs: number): number {
  const [from, to] = [indexAt(series.atMs, fromMs), indexAt(series.atMs, toMs)];
  const works = series.work.subarray(from, to + 1);
  return works.reduce((sum, work) => sum + work, 0) / Math.max(1, works.length);
}

/** Blocks by which the chain grew between two times of the run, by the heights of its samples. */
export function blocksBetween({ series }: RunView, fromMs: number, toMs: number): number {
  const [from, to] = [indexAt(series.atMs, fromMs), indexAt(series.atMs, toMs)];
  return (series.height[to] ?? 0) - (series.height[from] ?? 0);
}

/** Mean time of the blocks that were found between two times of the run. */
export function meanTimeBetween(view: RunView, fromMs: number, toMs: number): number {
  const { atMs } = view.series;
  const [from, to] = [indexAt(atMs, fromMs), indexAt(atMs, toMs)];
  const blocks = blocksBetween(view, fromMs, toMs);
  return ((atMs[to] ?? 0) - (atMs[from] ?? 0)) / Math.max(1, blocks);
}

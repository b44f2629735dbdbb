/**
 * Makes what a page shows of a run: figures, and courses thinned to what a chart can draw.
 *
 * @module
 */
import { quantileSorted } from "simple-statistics";
import type { CanonRecord, RunRecord } from "../run.ts";
import { summarise } from "../statistics/summarise.ts";
import type { Course, RunView } from "./protocol.ts";

/** Blocks of one mean in the course of block times. */
const WINDOW = 20;
const COURSE_POINTS = 400;
const SHARE_POINTS = 100;
const QUANTILES = 100;

/** Mean time of the last 20 blocks (fewer at first), at evenly chosen blocks. */
function meanTimesOf({ foundMs }: CanonRecord): Course {
  const blocks = foundMs.length;
  const points = Math.min(blocks, COURSE_POINTS);
  const atMs = new Float64Array(points);
  const value = new Float64Array(points);
  for (let point = 0; point < points; point += 1) {
    const last = Math.ceil(((point + 1) * blocks) / points) - 1;
    const before = last - WINDOW;
    const fromMs = before < 0 ? 0 : (foundMs[before] ?? 0);
    atMs[point] = foundMs[last] ?? 0;
    value[point] = ((foundMs[last] ?? 0) - fromMs) / Math.min(WINDOW, last + 1);
  }
  return { atMs, value };
}

function firstShareOf({ canon, scenario }: RunRecord): RunView["firstShare"] {
  const first = scenario.agents.findIndex(({ isMiner }) => isMiner);
  const blocks = canon.miner.length;
  const points = Math.min(blocks, SHARE_POINTS);
  const height = new Float64Array(points);
  const value = new Float64Array(points);
  let own = 0;
  let point = 0;
  canon.miner.forEach((miner, index) => {
    if (miner === first) own += 1;
    if (index + 1 < Math.ceil(((point + 1) * blocks) / points)) return;
    height[point] = index + 1;
    value[point] = own / (index + 1);
    point += 1;
  });
  return { height, value };
}

function quantilesOf(values: Float64Array): Float64Array {
  if (values.length === 0) return new Float64Array(0);
  const sorted = Array.from(values.toSorted());
  return Float64Array.from({ length: QUANTILES + 1 }, (_, index) =>
    quantileSorted(sorted, index / QUANTILES),
  );
}

/** The view of a run, also of one that is still under way. */
export function runViewOf(record: RunRecord): RunView {
  return {
    summary: summarise(record),
    series: record.series,
    meanTimes: meanTimesOf(record.canon),
    firstShare: firstShareOf(record),
    propagationMs: quantilesOf(record.propagationMs),
    phases: record.scenario.phases.map(({ atMs, label }) => ({ atMs, label })),
  };
}

/**
 * The times between blocks of the best chain: what they were, what they would be if chance alone made
 * them, and how steady the story's pace was.
 *
 * @module
 */
import { acceptableFrom, earliestTimestamp } from "../../ledger/times.ts";
import type { CanonRecord, RunRecord } from "../run.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { type FitTest, testExponential } from "./exponential.ts";
import { type Bin, binWidth, histogramOf } from "./histogram.ts";
import { type Sample, sampleOf } from "./sample.ts";

/** A bar of the histogram and how many blocks chance alone would put there. */
export interface BlockTimeBin extends Bin {
  /** `null` for the controller, whose blocks come by the clock. */
  readonly expected: number | null;
}

/** Times between blocks, in ms. */
export interface BlockTimes {
  /** `null` without a block. */
  readonly sample: Sample | null;
  /** The least time between two blocks that state the time they were found at (HDR-6). */
  readonly deadTimeMs: number;
  readonly histogram: readonly BlockTimeBin[];
  /** `null` where the times need not be exponential: the controller, a trace, a moving difficulty or hash rate, rest, attacks. */
  readonly fit: FitTest | null;
}

/** How steady the pace was. */
export interface Stability {
  /** Mean time between blocks ÷ pace; `null` without a block, and so are `variation` and `burst`. */
  readonly meanToPace: number | null;
  /** Standard deviation ÷ mean; 1 for exponential times. */
  readonly variation: number | null;
  /** Longest time without a block, in ms; the run's end counts. */
  readonly worstGapMs: number;
  /** Share (0…1) of the run during which the newest block was older than four paces. */
  readonly silentShare: number;
  /**
   * Blocks of the best chain in the 60 paces that had the most of them ÷ 60: 1 is the pace, and about 4 the
   * most that the least time between two blocks (HDR-6) lets pass. `null` for a run of fewer than 60 paces too.
   */
  readonly burst: number | null;
}

/** A page is silent when its newest block is older than this. */
const SILENT_PACES = 4;
/** Long enough that chance alone does not make a rush, short enough to see one: an hour at a pace of a minute. */
const BURST_PACES = 60;

/** Time from each block of the best chain to the next; the first from the start of the run. */
export function intervalsOf({ foundMs }: CanonRecord): Float64Array {
  return foundMs.map((at, index) => at - (foundMs[index - 1] ?? 0));
}

/** Time after a block found at `foundMs` in which none on it can be valid: it states at least P/4 more, and at most min(10 s, P) ahead of the clock. */
export function deadTime(paceMs: number, timestampMs: number, foundMs: number): number {
  return Math.max(0, acceptableFrom(paceMs, earliestTimestamp(paceMs, timestampMs)) - foundMs);
}

/** The dead time before each block of the best chain. */
function deadTimes({ foundMs, timestampMs }: CanonRecord, paceMs: number): Float64Array {
  return foundMs.map((_, index) =>
    deadTime(paceMs, timestampMs[index - 1] ?? 0, foundMs[index - 1] ?? 0),
  );
}

/** Whether theory says that waiting times are exponential with one mean. */
function isSteady(scenario: Scenario): boolean {
  const { engine, retarget, rest, churn, phases, agents, trace } = scenario;
  return (
    engine === "autonomous" &&
    retarget === "fixed" &&
    !rest &&
    trace === null &&
    churn === null &&
    agents.every(({ attack }) => attack === null) &&
    phases.every(
      ({ hashrateFactor, hashrates, online, groups }) =>
        hashrateFactor === undefined &&
        hashrates === undefined &&
        online === undefined &&
        groups === undefined,
    )
  );
}

/** Blocks that exponential waits of a mean, each after its dead time, put into each bin. */
function expectedCounts(
  bins: readonly Bin[],
  dead: ArrayLike<number>,
  meanWaitMs: number,
): readonly number[] {
  // Honest miners share one dead time, so that a million blocks take no exponential each.
  const blocksByDeadTime = new Map<number, number>();
  for (let index = 0; index < dead.length; index += 1) {
    const deadMs = dead[index] ?? 0;
    blocksByDeadTime.set(deadMs, (blocksByDeadTime.get(deadMs) ?? 0) + 1);
  }
  const longerThan = (ms: number): number => {
    let sum = 0;
    for (const [deadMs, blocks] of blocksByDeadTime) {
      const wait = ms - deadMs;
      sum += blocks * (wait <= 0 ? 1 : Math.exp(-wait / meanWaitMs));
    }
    return sum;
  };
  const beyond = bins.map(({ fromMs }) => longerThan(fromMs));
  return beyond.map((count, index) => count - (beyond[index + 1] ?? 0));
}

/** Describes the times between the blocks of a run. */
export function blockTimesOf({ scenario, canon }: RunRecord): BlockTimes {
  const { paceMs, engine } = scenario;
  const intervals = intervalsOf(canon);
  const sample = sampleOf(intervals);
  const deadTimeMs = engine === "autonomous" ? deadTime(paceMs, 0, 0) : 0;
  if (sample === null) return { sample, deadTimeMs, histogram: [], fit: null };
  const bins = histogramOf(intervals, binWidth(sample.mean));
  if (engine === "controller") {
    return {
      sample,
      deadTimeMs,
      fit: null,
      histogram: bins.map((bin) => ({ ...bin, expected: null })),
    };
  }
  const dead = deadTimes(canon, paceMs);
  const waits = intervals.map((interval, index) => interval - (dead[index] ?? 0));
  const meanWaitMs = waits.reduce((sum, wait) => sum + wait, 0) / waits.length;
  const expected = expectedCounts(bins, dead, meanWaitMs);
  const predictedMs = ((canon.work[0] ?? 0) / scenario.totalHashesPerSecond) * 1_000;
  return {
    sample,
    deadTimeMs,
    histogram: bins.map((bin, index) => ({ ...bin, expected: expected[index] ?? 0 })),
    fit: isSteady(scenario) ? testExponential(waits, predictedMs) : null,
  };
}

/** Most blocks within any stretch of this length, its end left out; `foundMs` must ascend. */
function mostWithin(foundMs: Float64Array, lengthMs: number): number {
  let most = 0;
  let first = 0;
  for (let last = 0; last < foundMs.length; last += 1) {
    while ((foundMs[last] ?? 0) - (foundMs[first] ?? 0) >= lengthMs) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

/** Says how steady the pace was. */
export function stabilityOf({ scenario, canon, endMs }: RunRecord, times: BlockTimes): Stability {
  const { paceMs } = scenario;
  const lastMs = canon.foundMs.at(-1) ?? 0;
  const gaps = [...intervalsOf(canon), Math.max(0, endMs - lastMs)];
  const silentMs = gaps.reduce((sum, gap) => sum + Math.max(0, gap - SILENT_PACES * paceMs), 0);
  const { sample } = times;
  const burstMs = BURST_PACES * paceMs;
  return {
    meanToPace: sample === null ? null : sample.mean / paceMs,
    variation: sample === null || sample.mean === 0 ? null : sample.deviation / sample.mean,
    worstGapMs: gaps.reduce((worst, gap) => Math.max(worst, gap), 0),
    silentShare: endMs === 0 ? 0 : silentMs / endMs,
    burst:
      sample === null || endMs < burstMs ? null : mostWithin(canon.foundMs, burstMs) / BURST_PACES,
  };
}

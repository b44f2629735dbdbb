/**
 * Two runs, or two sets of runs, side by side: what differs, and would chance alone do as much?
 *
 * @module
 */
import { withShortFigures } from "./figures.ts";
import { proportionsTest } from "./proportions.ts";
import { pooledMoments, type SampleMoments, type WelchTest, welchTest } from "./welch.ts";

/** What a comparison needs of a run; a `RunSummary` has it. */
export interface ComparableRun {
  readonly scenario: { readonly name: string };
  readonly seed: number;
  readonly blocks: number;
  readonly found: number;
  readonly miners: readonly { readonly id: string; readonly blocks: number }[];
  readonly blockTimes: { readonly sample: SampleMoments | null };
  readonly work: SampleMoments | null;
  readonly propagation: SampleMoments | null;
  readonly forks: { readonly stale: number };
}

/** One set of runs in a comparison. */
export interface ComparedSide {
  readonly name: string;
  readonly seeds: readonly number[];
  readonly blocks: number;
}

/** Two means. */
export interface MeanComparison {
  readonly a: number | null;
  readonly b: number | null;
  /** `null` when a side has fewer than two values; a value is a block, or for `propagation` a run. */
  readonly test: WelchTest | null;
  readonly verdict: string;
}

/** Two means of what is not by chance. */
export interface WorkComparison {
  readonly a: number | null;
  readonly b: number | null;
  readonly verdict: string;
}

/** Two shares. */
export interface ShareComparison {
  readonly a: number;
  readonly b: number;
  readonly pValue: number | null;
  readonly verdict: string;
}

/** The whole; JSON-safe, figures as in `RunSummary`. */
export interface Comparison {
  readonly format: "fabula-lab-comparison/1";
  readonly a: ComparedSide;
  readonly b: ComparedSide;
  readonly blockTimes: MeanComparison;
  /** Expected hashes of a block. */
  readonly work: WorkComparison;
  readonly propagation: MeanComparison;
  readonly staleRate: ShareComparison;
  /** Share of the best chain of each miner that both have, by id. */
  readonly shares: readonly (ShareComparison & { readonly id: string })[];
}

/** Above this chance a difference is not called one. */
const SIGNIFICANT = 0.05;

/** How often chance does as much, as a person would say it. */
export function chanceText(pValue: number): string {
  if (pValue < 0.000_001) return "fewer than 1 in 1,000,000 comparisons";
  if (pValue < 0.001) return `${Math.max(1, Math.round(pValue * 1e6))} in 1,000,000 comparisons`;
  return `${Math.round(pValue * 1_000)} in 1,000 comparisons`;
}

/** By how many per cent a ratio is off 1, with two digits; what is below a hundredth is none. */
function percentOf(ratio: number): number {
  const percent = Math.abs(ratio - 1) * 100;
  return percent < 0.01 ? 0 : Number(percent.toPrecision(2));
}

function verdictOf(
  what: string,
  more: string,
  less: string,
  a: number,
  b: number,
  p: number,
): string {
  if (p >= SIGNIFICANT) return `${what}: no difference that these runs could show.`;
  const percent = a === 0 ? 0 : percentOf(b / a);
  const by = percent === 0 ? "" : ` by ${percent} %`;
  const change = `${what} of B ${b > a ? more : less}${by}`;
  return `${change}; a difference this large arises by chance in ${chanceText(p)}.`;
}

function compareMeans(
  what: string,
  a: SampleMoments | null,
  b: SampleMoments | null,
): MeanComparison {
  const means = { a: a?.mean ?? null, b: b?.mean ?? null };
  const test = a && b ? welchTest(a, b) : null;
  if (!a || !b || test === null) {
    return { ...means, test, verdict: `${what}: too few values to compare.` };
  }
  if (test.t === null && test.difference !== 0) {
    const change = `${what} of B are ${test.difference > 0 ? "longer" : "shorter"}`;
    return { ...means, test, verdict: `${change}; neither run varies, so that this is no chance.` };
  }
  const verdict = verdictOf(what, "are longer", "are shorter", a.mean, b.mean, test.pValue);
  return { ...means, test, verdict };
}

/**
 * One value a run, its mean: all blocks of a run cross the same links, whose delays were drawn once, so that
 * the single times are not independent.
 */
function momentsOfMeans(samples: readonly (SampleMoments | null)[]): SampleMoments | null {
  const known = samples.filter((sample) => sample !== null);
  return pooledMoments(known.map(({ mean }) => ({ count: 1, mean, variance: 0 })));
}

function momentsOfAll(samples: readonly (SampleMoments | null)[]): SampleMoments | null {
  return pooledMoments(samples.filter((sample) => sample !== null));
}

function comparePropagation(
  a: readonly ComparableRun[],
  b: readonly ComparableRun[],
): MeanComparison {
  const what = "The times from finding to acceptance";
  const [before, after] = [a, b].map((runs) =>
    momentsOfMeans(runs.map(({ propagation }) => propagation)),
  );
  const compared = compareMeans(what, before ?? null, after ?? null);
  if (compared.test !== null || !before || !after || before.mean === 0) return compared;
  const percent = percentOf(after.mean / before.mean);
  const verdict =
    percent === 0
      ? `${what} are the same in both on average.`
      : `${what} of B are ${percent} % ${after.mean < before.mean ? "shorter" : "longer"}; whether by chance, two seeds or more on each side would tell.`;
  return { ...compared, verdict };
}

/** Without a test: each block's target follows from those before it. */
function compareWork(a: SampleMoments | null, b: SampleMoments | null): WorkComparison {
  const what = "The expected hashes of a block";
  if (!a || !b) return { a: null, b: null, verdict: `${what}: nothing to compare.` };
  const percent = percentOf(b.mean / a.mean);
  const verdict =
    percent === 0
      ? `${what} are the same on average.`
      : `${what} are ${percent} % ${b.mean > a.mean ? "more" : "fewer"} in B on average.`;
  return { a: a.mean, b: b.mean, verdict };
}

function compareShares(
  what: string,
  a: { readonly count: number; readonly of: number },
  b: { readonly count: number; readonly of: number },
): ShareComparison {
  const test = proportionsTest(a, b);
  const shares = { a: a.of === 0 ? 0 : a.count / a.of, b: b.of === 0 ? 0 : b.count / b.of };
  if (test === null) return { ...shares, pValue: null, verdict: `${what}: nothing to compare.` };
  const verdict = verdictOf(what, "is larger", "is smaller", shares.a, shares.b, test.pValue);
  return { ...shares, pValue: test.pValue, verdict };
}

function total(runs: readonly ComparableRun[], of: (run: ComparableRun) => number): number {
  return runs.reduce((sum, run) => sum + of(run), 0);
}

function sideOf(runs: readonly ComparableRun[]): ComparedSide {
  return {
    name: runs[0]?.scenario.name ?? "",
    seeds: runs.map(({ seed }) => seed),
    blocks: total(runs, ({ blocks }) => blocks),
  };
}

function blocksOf(id: string): (run: ComparableRun) => number {
  return ({ miners }) => miners.find((miner) => miner.id === id)?.blocks ?? 0;
}

/**
 * Compares two sides, each of one run or of several with other seeds, which are put together. Means by
 * Welch's t-test, shares by the z-test; below 1 in 20 by chance a difference is called one. With several
 * miners expect one false alarm in twenty.
 */
export function compareRuns(
  a: ComparableRun | readonly ComparableRun[],
  b: ComparableRun | readonly ComparableRun[],
): Comparison {
  const before = [a].flat();
  const after = [b].flat();
  const sides = { a: sideOf(before), b: sideOf(after) };
  const ids = (before[0]?.miners ?? [])
    .map(({ id }) => id)
    .filter((id) => after.some(({ miners }) => miners.some((miner) => miner.id === id)));
  return withShortFigures<Comparison>({
    format: "fabula-lab-comparison/1",
    ...sides,
    blockTimes: compareMeans(
      "The block times",
      momentsOfAll(before.map(({ blockTimes }) => blockTimes.sample)),
      momentsOfAll(after.map(({ blockTimes }) => blockTimes.sample)),
    ),
    work: compareWork(
      momentsOfAll(before.map(({ work }) => work)),
      momentsOfAll(after.map(({ work }) => work)),
    ),
    propagation: comparePropagation(before, after),
    staleRate: compareShares(
      "The stale rate",
      { count: total(before, ({ forks }) => forks.stale), of: total(before, ({ found }) => found) },
      { count: total(after, ({ forks }) => forks.stale), of: total(after, ({ found }) => found) },
    ),
    shares: ids.map((id) => ({
      id,
      ...compareShares(
        `The share of ${id}`,
        { count: total(before, blocksOf(id)), of: sides.a.blocks },
        { count: total(after, blocksOf(id)), of: sides.b.blocks },
      ),
    })),
  });
}

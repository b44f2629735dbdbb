/**
 * The times between blocks, their course, and the difficulty behind them.
 *
 * @module
 */
import type { CanonRecord, RunRecord } from "../run.ts";
import type { RunSummary } from "../statistics/summary.ts";
import { countText, durationText, figureText, percentText } from "./format.ts";
import { bar, level, line, moments } from "./marks.ts";
import { html, type Markup } from "./markup.ts";
import { figure, plot } from "./plot-frame.ts";
import { timeAxis } from "./scale.ts";
import { facts } from "./table.ts";
import { blockTimesVerdict, stabilityVerdict } from "./verdicts.ts";

/** Blocks of one mean in the curve of block times: a hundredth of the run, at least so many. */
const LEAST_WINDOW = 20;

function histogramPlot({ blockTimes }: RunSummary): Markup {
  const bins = blockTimes.histogram.filter(({ toMs }) => toMs !== null);
  const tallest = blockTimes.histogram.reduce(
    (most, { count, expected }) => Math.max(most, count, expected ?? 0),
    1,
  );
  const expected = bins.filter((bin) => bin.expected !== null);
  const edges = expected.flatMap(({ fromMs, toMs }) => [fromMs, toMs ?? fromMs]);
  const steps = expected.flatMap((bin) => [bin.expected ?? 0, bin.expected ?? 0]);
  return plot({
    title: "Histogram of block times",
    x: timeAxis("time since the block before", bins.at(-1)?.toMs ?? 1),
    y: { label: "blocks", max: tallest, text: countText },
    draw: (x, y) => [
      ...bins.map(({ fromMs, toMs, count }) =>
        bar({ from: fromMs, to: toMs ?? fromMs, value: count }, x, y),
      ),
      line("line-b", edges, steps, x, y),
    ],
  });
}

/** Block times in the run. */
export function blockTimeSection(summary: RunSummary): Markup {
  const { blockTimes, engine } = summary;
  const { sample, fit, histogram, deadTimeMs } = blockTimes;
  if (sample === null) {
    return html`<section><h2>Block times</h2><p>${blockTimesVerdict(summary)}</p></section>`;
  }
  const longer = histogram.at(-1)?.count ?? 0;
  const dead =
    deadTimeMs > 0
      ? ` No block can be valid sooner than ${durationText(deadTimeMs)} after the one below it.`
      : "";
  const beyond = longer > 0 ? ` ${countText(longer)} were longer than the axis.` : "";
  return html`<section><h2>Block times</h2><p class="verdict">${blockTimesVerdict(summary)}</p>
<div class="pair">${figure(
    histogramPlot(summary),
    `How long blocks of the best chain took.${dead}${beyond}`,
    engine === "controller"
      ? [{ mark: "bar", text: "measured" }]
      : [
          { mark: "bar", text: "measured" },
          { mark: "line-b", text: "exponential, same mean" },
        ],
  )}<div>${facts([
    ["Blocks", countText(sample.count)],
    ["Mean", durationText(sample.mean)],
    ["Median", durationText(sample.median)],
    ["Standard deviation", durationText(sample.deviation)],
    ["Shortest", durationText(sample.min)],
    ["Longest", durationText(sample.max)],
    ["5 % to 95 %", `${durationText(sample.p5)} to ${durationText(sample.p95)}`],
    ...(fit === null
      ? []
      : [
          [
            "Kolmogorov–Smirnov",
            `D = ${figureText(fit.statistic)}, p = ${figureText(fit.pValue)}`,
          ] as const,
        ]),
  ])}</div></div></section>`;
}

interface MeanTimes {
  readonly window: number;
  readonly atMs: Float64Array;
  readonly means: Float64Array;
}

/** Mean block time of each stretch of `window` blocks, at its end. */
function meanTimes({ foundMs }: CanonRecord): MeanTimes {
  const blocks = foundMs.length;
  const window = Math.min(blocks, Math.max(LEAST_WINDOW, Math.round(blocks / 100)));
  const atMs = foundMs.subarray(window - 1);
  const means = atMs.map((end, index) => (end - (foundMs[index - 1] ?? 0)) / window);
  return { window, atMs, means };
}

function coursePlots(record: RunRecord): readonly Markup[] {
  const { scenario, series, endMs } = record;
  const time = timeAxis("time of the run", endMs);
  const phases = scenario.phases.map(({ atMs }) => atMs);
  const { window, atMs, means } = meanTimes(record.canon);
  const longest = means.reduce((most, mean) => Math.max(most, mean), scenario.paceMs);
  const labels = scenario.phases.map(({ label }, index) => `${index + 1}: ${label}`).join("; ");
  const legend = labels === "" ? "" : ` ${labels}.`;
  const times = figure(
    plot({
      title: "Mean block time in the course of the run",
      x: time,
      y: timeAxis("mean block time", longest),
      draw: (x, y) => [
        ...moments(phases, x, y),
        line("line", atMs, means, x, y),
        level(scenario.paceMs, x, y),
      ],
    }),
    `Mean time of the last ${window} blocks.${legend}`,
    [
      { mark: "line", text: "block time" },
      { mark: "dash", text: "pace" },
    ],
  );
  const work0 = series.work[0] ?? 1;
  const rate0 = series.hashrate.find((rate) => rate > 0) ?? 1;
  const work = series.work.map((hashes) => hashes / work0);
  const rate = series.hashrate.map((hashes) => hashes / rate0);
  const highest = Math.max(
    1,
    ...[work, rate].map((values) => values.reduce((a, b) => Math.max(a, b), 0)),
  );
  const difficulty = figure(
    plot({
      title: "Difficulty and hash rate in the course of the run",
      x: time,
      y: { label: "times the start", max: highest, text: figureText },
      draw: (x, y) => [
        ...moments(phases, x, y),
        line("line-b", series.atMs, rate, x, y),
        line("line", series.atMs, work, x, y),
      ],
    }),
    `How hard a block was, and how much was hashed, both in relation to the start.${legend}`,
    [
      { mark: "line", text: "difficulty" },
      { mark: "line-b", text: "hash rate" },
    ],
  );
  return [times, difficulty];
}

/** The course of pace and difficulty. */
export function courseSection(summary: RunSummary, record: RunRecord): Markup | null {
  if (record.canon.miner.length === 0) return null;
  const { stability, work } = summary;
  const orDash = (value: number | null): string => (value === null ? "–" : figureText(value));
  return html`<section><h2>Pace and difficulty</h2><p class="verdict">${stabilityVerdict(summary)}</p>
<div class="pair even">${coursePlots(record)}</div>${facts([
    ["Mean block time ÷ pace", orDash(stability.meanToPace)],
    ["Deviation ÷ mean (exponential: 1)", orDash(stability.variation)],
    ["Longest wait", durationText(stability.worstGapMs)],
    ["Time with no block for four paces", percentText(stability.silentShare)],
    ["Blocks in the busiest 60 paces ÷ 60", orDash(stability.burst)],
    ...(work === null
      ? []
      : ([
          ["Expected hashes of a block, mean", countText(work.mean)],
          ["Easiest to hardest", `${countText(work.min)} to ${countText(work.max)}`],
        ] as const)),
  ])}</section>`;
}

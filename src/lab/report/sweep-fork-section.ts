/**
 * Lost blocks and deep reorganisations over the first axis of a sweep, beside the theory.
 *
 * @module
 */
import type { SweepAxis } from "../sweep/expand-sweep.ts";
import type { SweepResult, SweepRow } from "../sweep/sweep-result.ts";
import { axisTitle, valuesText } from "../sweep/sweep-text.ts";
import { countText, figureText } from "./format.ts";
import { html, type Markup } from "./markup.ts";
import { figure, plot } from "./plot-frame.ts";
import { type SeriesPoint, seriesLines, seriesPoints } from "./series-marks.ts";
import { acrossAxis, legendOf, omittedText, seriesOf } from "./sweep-series.ts";
import { staleSweepVerdict } from "./sweep-verdicts.ts";
import { FORK_THEORY_TEXT } from "./verdicts.ts";

interface Measure {
  readonly title: string;
  readonly label: string;
  readonly text: (value: number) => string;
  readonly point: (row: SweepRow, across: number) => SeriesPoint;
}

const STALE: Measure = {
  title: "Stale rate",
  label: "lost blocks, %",
  text: figureText,
  point: ({ staleRate, staleBand, theory }, x) => ({
    x,
    y: staleRate * 100,
    low: staleBand.low * 100,
    high: staleBand.high * 100,
    theory: theory === null ? null : theory.staleRate * 100,
  }),
};

const DEEPEST: Measure = {
  title: "Deepest reorganisation",
  label: "blocks given up at once",
  // Steps of half a block have no name.
  text: (count) => (Number.isInteger(count) ? countText(count) : ""),
  point: ({ deepest }, x) => ({ x, y: deepest, low: null, high: null, theory: null }),
};

/** A plot of something over the first axis, a line for each value of the second. */
function overAxis(result: SweepResult, axis: SweepAxis, measure: Measure): Markup {
  const { title, label, text, point } = measure;
  const series = seriesOf(result, axis.name).map(({ rows }) =>
    rows.map((row) => ({ row, at: point(row, row.values[axis.name] ?? 0) })),
  );
  const most = series
    .flat()
    .reduce((highest, { at }) => Math.max(highest, at.y, at.high ?? 0, at.theory ?? 0), 0);
  return plot({
    title: `${title} by ${axisTitle(axis.name)}`,
    x: acrossAxis(axis),
    y: { label, max: most > 0 ? most : 1, text },
    draw: (x, y) => [
      ...series.map((points, index) =>
        seriesLines(
          index,
          points.map(({ at }) => at),
          x,
          y,
        ),
      ),
      ...series.map((points, index) =>
        seriesPoints(
          index,
          points.map(({ at, row }) => ({
            ...at,
            title: `${valuesText(row.values)}: ${text(at.y)}`,
          })),
          x,
          y,
        ),
      ),
    ],
  });
}

/** Forks by the first axis, a line for each value of the second. */
export function sweepForkSection(result: SweepResult): Markup | null {
  const [axis] = result.axes;
  if (axis === undefined) return null;
  const legend = legendOf(seriesOf(result, axis.name));
  const omitted = omittedText(result, axis.name);
  const hasTheory = result.rows.some(({ theory }) => theory !== null);
  return html`<section><h2>Forks</h2><p class="verdict">${staleSweepVerdict(result)}</p>
<div class="pair even">${figure(
    overAxis(result, axis, STALE),
    `Share of all blocks found that are not on the best chain, with 95 % intervals.${omitted}`,
    hasTheory ? [...legend, { mark: "dash", text: "theory" }] : legend,
  )}${figure(
    overAxis(result, axis, DEEPEST),
    `Most blocks of its best chain that one peer gave up at once for a heavier one.${omitted}`,
    legend,
  )}</div>${hasTheory ? html`<p class="note">${FORK_THEORY_TEXT}</p>` : null}</section>`;
}

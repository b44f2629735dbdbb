/**
 * Selfish mining at several hash rates, beside the curve of Eyal and Sirer.
 *
 * @module
 */
import type { SweepResult, SweepRow } from "../sweep/sweep-result.ts";
import { valuesText } from "../sweep/sweep-text.ts";
import { deviationText, percentText } from "./format.ts";
import { html, type Markup } from "./markup.ts";
import { figure } from "./plot-frame.ts";
import { SELFISH_LEGEND, selfishPlot, sharePoint } from "./selfish-plot.ts";
import { seriesPoints, type TitledPoint } from "./series-marks.ts";
import { axisCells, axisColumns, legendOf, omittedText, orDash, seriesOf } from "./sweep-series.ts";
import { selfishSweepVerdict } from "./sweep-verdicts.ts";
import { table } from "./table.ts";

function titledShare({ attacker, values }: SweepRow): readonly TitledPoint[] {
  if (attacker === null) return [];
  const title = `${valuesText(values)}: ${percentText(attacker.share)} of the blocks`;
  return [{ ...sharePoint(attacker), title }];
}

/** The curve of Eyal and Sirer, when the hash rate of a selfish miner was varied. */
export function sweepSelfishSection(result: SweepResult): Markup | null {
  const axis = result.axes.find(({ name }) => name === "attacker");
  if (axis === undefined || !result.rows.some(({ attacker }) => attacker?.kind === "selfish")) {
    return null;
  }
  const series = seriesOf(result, axis.name);
  // Points of several lines lie upon each other: an outline leaves the others to be seen.
  const look = series.length > 1 ? "hollow" : "solid";
  const drawing = selfishPlot(Math.ceil(axis.values.at(-1) ?? 0), (x, y) => [
    html`<g class="${look}">${series.map(({ rows }, index) =>
      seriesPoints(index, rows.flatMap(titledShare), x, y),
    )}</g>`,
  ]);
  return html`<section><h2>Selfish mining</h2><p class="verdict">${selfishSweepVerdict(result)}</p>
<div class="pair">${figure(
    drawing,
    `What withholding blocks gains. Above the dashed line it pays; theory says from one quarter on, when ties go by hash. Whiskers: two standard errors.${omittedText(result, axis.name)}`,
    [...legendOf(series), ...SELFISH_LEGEND],
  )}<div>${table(
    [
      ...axisColumns(result),
      { name: "Blocks" },
      { name: "Theory" },
      { name: "Standard error" },
      { name: "Off by" },
    ],
    result.rows.map((row) => [
      ...axisCells(result, row),
      orDash(row.attacker?.share, percentText),
      orDash(row.attacker?.theory, percentText),
      orDash(row.attacker?.standardError, percentText),
      orDash(row.attacker?.deviation, deviationText),
    ]),
  )}</div></div></section>`;
}

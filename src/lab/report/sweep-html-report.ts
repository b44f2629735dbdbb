/**
 * A sweep as one HTML page that stands on its own: no script, no other file, the same bytes for the same sweep.
 *
 * @module
 */
import type { SweepResult, SweepRow } from "../sweep/sweep-result.ts";
import {
  countText,
  durationText,
  figureText,
  percentFigure,
  percentText,
  plural,
} from "./format.ts";
import { type Fragment, html, type Markup } from "./markup.ts";
import { page, pageHeader, yamlSection } from "./page.ts";
import { sweepForkSection } from "./sweep-fork-section.ts";
import { sweepSelfishSection } from "./sweep-selfish-section.ts";
import { axisCells, axisColumns, orDash } from "./sweep-series.ts";
import { table } from "./table.ts";

/** A plot has one axis across, and lines for the values of another. */
export const SWEEP_AXES_SHOWN = 2;

function header({ scenario, seeds, axes, rows }: SweepResult): Markup {
  const { name, description, engine, paceMs, retarget, rest, peers } = scenario;
  const varied = new Set(axes.map((axis) => axis.name));
  const blocks = rows.map((row) => row.blocks / seeds.length);
  const facts: readonly (readonly [string, string])[] = [
    ["Points", countText(rows.length)],
    [seeds.length === 1 ? "Seed" : "Seeds", seeds.join(", ")],
    ["Blocks of a run", countText(blocks.reduce((sum, count) => sum + count, 0) / rows.length)],
    ["Engine", engine === "controller" ? "block controller" : "autonomous miners"],
    ...(varied.has("pace") ? [] : [["Pace", durationText(paceMs)] as const]),
    ["Difficulty rule", retarget],
    ["Rest after a block", rest ? "yes" : "no"],
    ...(varied.has("peers") ? [] : [["Peers", countText(peers)] as const]),
  ];
  return pageHeader(name, description, facts);
}

function pointRow(result: SweepResult, row: SweepRow): readonly Fragment[] {
  const { low, high } = row.staleBand;
  return [
    ...axisCells(result, row),
    countText(row.blocks),
    percentText(row.staleRate),
    `${percentFigure(low)}–${percentText(high)}`,
    orDash(row.theory?.staleRate, percentText),
    orDash(row.forkRate, percentText),
    orDash(row.theory?.forkRate, percentText),
    countText(row.deepest),
    orDash(row.meanDepth, figureText),
    orDash(row.propagationP50Ms, durationText),
    orDash(row.propagationP95Ms, durationText),
    orDash(row.meanBlockTimeMs, durationText),
  ];
}

function pointSection(result: SweepResult): Markup {
  const over =
    result.seeds.length === 1
      ? "One run each."
      : `${plural(result.seeds.length, "run")} each, put together.`;
  return html`<section><h2>All points</h2><p class="verdict">${over}</p>${table(
    [
      ...axisColumns(result),
      { name: "Blocks" },
      { name: "Stale" },
      { name: "95 % interval" },
      { name: "In theory" },
      { name: "Forks" },
      { name: "In theory" },
      { name: "Deepest" },
      { name: "Mean depth" },
      { name: "Half within" },
      { name: "95 % within" },
      { name: "Block time" },
    ],
    result.rows.map((row) => pointRow(result, row)),
  )}<p class="note">Stale: of all blocks found. Forks: of all heights. Within: time from finding to acceptance by another peer.</p></section>`;
}

/**
 * The report of a sweep of one or two axes.
 *
 * @param yaml - the scenario as it was written, which the report repeats
 */
export function sweepHtmlReport(yaml: string, result: SweepResult): string {
  return page(`${result.scenario.name}: sweep`, [
    header(result),
    sweepForkSection(result),
    sweepSelfishSection(result),
    pointSection(result),
    yamlSection(yaml),
  ]);
}

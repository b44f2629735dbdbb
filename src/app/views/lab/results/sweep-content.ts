/**
 * The points of a sweep as charts: the first axis across, a line for each value of the other.
 *
 * @module
 */
import { countText, percentText } from "../../../../lab/report/format.ts";
import type { SweepAxis } from "../../../../lab/sweep/expand-sweep.ts";
import type { SweepResult, SweepRow } from "../../../../lab/sweep/sweep-result.ts";
import { axisTitle, axisValueText } from "../../../../lab/sweep/sweep-text.ts";
import { LINE_ORDER, type LineName } from "../plots/looks.ts";
import type { PlotContent } from "../plots/plot-options.ts";
import { selfishContent } from "../plots/selfish-content.ts";

interface Line {
  readonly name: string;
  readonly look: LineName;
  readonly rows: readonly SweepRow[];
}

/** The lines over an axis; those beyond what a chart tells apart are in the table only. */
function linesOver({ axes, rows }: SweepResult, across: SweepAxis): readonly Line[] {
  const other = axes.find(({ name }) => name !== across.name);
  if (other === undefined) return [{ name: "measured", look: "main", rows }];
  return LINE_ORDER.flatMap((look, index) => {
    const value = other.values[index];
    if (value === undefined) return [];
    const name = `${axisTitle(other.name)} ${axisValueText(other.name, value)}`;
    return [{ name, look, rows: rows.filter(({ values }) => values[other.name] === value) }];
  });
}

/** The values of an axis side by side: they often span decades. */
function categories({ name, values }: SweepAxis): PlotContent["x"] {
  const text = (place: number): string => {
    const value = values[place];
    return value === undefined ? "" : axisValueText(name, value);
  };
  const places = values.map((_, index) => index);
  return {
    name: axisTitle(name),
    text,
    isWhole: true,
    startsAtData: true,
    pad: 0.25,
    values: places,
  };
}

/** Stale rate with its bands, and what theory says. */
export function staleContent(result: SweepResult, axis: SweepAxis): PlotContent {
  const lines = linesOver(result, axis);
  return {
    x: categories(axis),
    y: {
      name: "share of all blocks that were lost",
      text: percentText,
      atLeast: result.rows.reduce((most, { staleBand }) => Math.max(most, staleBand.high), 0),
    },
    series: [
      ...lines
        .filter(({ rows }) => rows.some(({ theory }) => theory !== null))
        .map(({ name, rows }, index) => ({
          name: lines.length === 1 ? "theory" : `theory, ${name}`,
          legend: index === 0 ? "theory" : "",
          look: "dashed" as const,
          values: rows.map(({ theory }) => theory?.staleRate ?? null),
        })),
      ...lines.map(({ name, look, rows }) => ({
        name,
        look,
        hasPoints: true,
        values: rows.map(({ staleRate }) => staleRate),
        reach: {
          low: rows.map(({ staleBand }) => staleBand.low),
          high: rows.map(({ staleBand }) => staleBand.high),
        },
      })),
    ],
  };
}

/** The deepest reorganisation. */
export function deepestContent(result: SweepResult, axis: SweepAxis): PlotContent {
  return {
    x: categories(axis),
    y: { name: "blocks that a peer gave up at once", text: countText, isWhole: true, atLeast: 2 },
    series: linesOver(result, axis).map(({ name, look, rows }) => ({
      name,
      look,
      hasPoints: true,
      values: rows.map(({ deepest }) => deepest),
    })),
  };
}

/** The curve of Eyal and Sirer with the points, where the hash rate of a selfish miner was varied; else `null`. */
export function attackerContent(result: SweepResult): PlotContent | null {
  const axis = result.axes.find(({ name }) => name === "attacker");
  if (axis === undefined || !result.rows.some(({ attacker }) => attacker?.kind === "selfish")) {
    return null;
  }
  return selfishContent(
    linesOver(result, axis).map(({ name, look, rows }) => ({
      name,
      look,
      points: rows.flatMap(({ attacker }) => attacker ?? []),
    })),
  );
}

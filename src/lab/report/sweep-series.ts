/**
 * The rows of a sweep as lines of a plot, an axis across and a line for each value of the other, and as rows of a table.
 *
 * @module
 */
import type { SweepAxis } from "../sweep/expand-sweep.ts";
import type { AxisName } from "../sweep/sweep-axes.ts";
import type { SweepResult, SweepRow } from "../sweep/sweep-result.ts";
import { axisTitle, axisValueText } from "../sweep/sweep-text.ts";
import { countText } from "./format.ts";
import type { LegendEntry } from "./plot-frame.ts";
import type { Axis } from "./scale.ts";
import { SERIES_SHOWN, seriesKey } from "./series-marks.ts";
import type { Column } from "./table.ts";

/** One line. */
export interface SweepSeries {
  readonly name: string;
  readonly rows: readonly SweepRow[];
}

/** Values that span such a factor are shown at equal factors, else the small ones fall together. */
const LOGARITHMIC_FROM = 10;
/** Room beside the outermost points, as a factor and as a share. */
const OUTSIDE = 1.2;
const BESIDE = 1.05;

/** The lines over `across`: one for each value of the other axis, or one without another. */
export function seriesOf({ axes, rows }: SweepResult, across: AxisName): readonly SweepSeries[] {
  const other = axes.find(({ name }) => name !== across);
  if (other === undefined) return [{ name: "measured", rows }];
  return other.values.slice(0, SERIES_SHOWN).map((value) => ({
    name: `${axisTitle(other.name)} ${axisValueText(other.name, value)}`,
    rows: rows.filter(({ values }) => values[other.name] === value),
  }));
}

/** The legend of these lines. */
export function legendOf(series: readonly SweepSeries[]): readonly LegendEntry[] {
  return series.map(({ name }, index) => ({ mark: seriesKey(index), text: name }));
}

/** Says which lines a plot leaves out; empty when it shows all. */
export function omittedText({ axes }: SweepResult, across: AxisName): string {
  const count = axes.find(({ name }) => name !== across)?.values.length ?? 1;
  return count > SERIES_SHOWN
    ? ` The first ${SERIES_SHOWN} of ${countText(count)} lines; the table has all.`
    : "";
}

const LABELS: Readonly<Record<AxisName, string>> = {
  latency: "latency",
  pace: "pace",
  attacker: "attacker's share of the hash rate",
  peers: "peers",
  degree: "links that a peer chooses",
};

/** The horizontal axis of a plot over the values of an axis. */
export function acrossAxis({ name, values }: SweepAxis): Axis {
  const [first = 0, last = 0] = [values[0], values.at(-1)];
  const isLogarithmic = first > 0 && last / first >= LOGARITHMIC_FROM;
  const bounds = isLogarithmic
    ? { min: first / OUTSIDE, max: last * OUTSIDE }
    : { min: 0, max: last * BESIDE };
  return {
    label: LABELS[name],
    text: (value) => axisValueText(name, value),
    steps: values,
    isLogarithmic,
    ...bounds,
  };
}

/** A column for each axis of a table of points. */
export function axisColumns({ axes }: SweepResult): readonly Column[] {
  return axes.map(({ name }) => {
    const title = axisTitle(name);
    return { name: `${title.slice(0, 1).toUpperCase()}${title.slice(1)}` };
  });
}

/** The cells of these columns. */
export function axisCells({ axes }: SweepResult, { values }: SweepRow): readonly string[] {
  return axes.map(({ name }) => axisValueText(name, values[name] ?? 0));
}

/** The figure as text, or a dash where there is none. */
export function orDash(value: number | null | undefined, text: (value: number) => string): string {
  return value == null ? "–" : text(value);
}

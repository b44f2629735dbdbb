/**
 * The cases of an experiment as lines of one chart.
 *
 * @module
 */
import type { CaseChart } from "../../../lab/experiments/experiment.ts";
import type { RunView } from "../../../lab/host/protocol.ts";
import { countText, figureText, percentText } from "../../../lab/report/format.ts";
import { blockRates, onGrid } from "./plots/courses.ts";
import { LINE_ORDER } from "./plots/looks.ts";
import type { PlotContent, PlotSeries } from "./plots/plot-options.ts";
import { momentsOf, timeAxis } from "./results/axes.ts";

/** A case and what was measured of it so far. */
export interface Case {
  readonly label: string;
  readonly view: RunView;
}

const POINTS = 120;

/** Even steps up to the greatest value. */
function gridTo(most: number): readonly number[] {
  return Array.from({ length: POINTS + 1 }, (_, index) => (index / POINTS) * most);
}

function lines(
  cases: readonly Case[],
  values: (view: RunView) => readonly (number | null)[],
): readonly PlotSeries[] {
  return cases.map(({ label, view }, index) => ({
    name: label,
    look: LINE_ORDER[index % LINE_ORDER.length] ?? "main",
    values: values(view),
  }));
}

/** Share of the blocks found that were lost, at each sample. */
function staleRates({ series }: RunView): Float64Array {
  return series.stale.map((stale, index) => {
    const found = stale + (series.height[index] ?? 0);
    return found === 0 ? 0 : stale / found;
  });
}

function paceContent(cases: readonly Case[]): PlotContent {
  const grid = gridTo(cases.reduce((most, { view }) => Math.max(most, view.summary.endMs), 0));
  return {
    x: timeAxis(grid),
    y: { name: "blocks a pace, over the last 30 paces", text: figureText, atLeast: 1.2 },
    series: [
      ...lines(cases, ({ series, summary }) =>
        onGrid(series.atMs, blockRates(series, summary.scenario.paceMs), grid),
      ),
      { name: "the pace", look: "dashed", values: grid.map(() => 1) },
    ],
    moments: cases[0] === undefined ? [] : momentsOf(cases[0].view),
  };
}

function heightContent(
  cases: readonly Case[],
  name: string,
  course: (view: RunView) => {
    readonly height: ArrayLike<number>;
    readonly value: ArrayLike<number>;
  },
): PlotContent {
  const grid = gridTo(cases.reduce((most, { view }) => Math.max(most, view.summary.blocks), 0));
  return {
    x: { name: "blocks of the story", text: countText, isWhole: true, values: grid },
    y: { name, text: percentText },
    series: lines(cases, (view) => {
      const { height, value } = course(view);
      return onGrid(height, value, grid);
    }),
  };
}

/** The chart; `null` before there are figures. */
export function caseContent(kind: CaseChart["kind"], cases: readonly Case[]): PlotContent | null {
  if (cases.length === 0) return null;
  switch (kind) {
    case "pace":
      return paceContent(cases);
    case "stale":
      return heightContent(cases, "share of all blocks found until then", (view) => ({
        height: view.series.height,
        value: staleRates(view),
      }));
    case "share":
      return heightContent(cases, "share of the story up to there", ({ firstShare }) => firstShare);
  }
}

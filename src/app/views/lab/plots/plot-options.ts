/**
 * From what a plot shows to what uPlot wants: quiet axes, our colours, no decoration.
 *
 * @module
 */
import uPlot from "uplot";
import { isLine, LINE_LOOKS, type SeriesLook } from "./looks.ts";
import type { Ink } from "./use-ink.ts";

/** Where each value of a series may lie; `null` where that is not known. */
export interface PlotReach {
  readonly low: ArrayLike<number | null>;
  readonly high: ArrayLike<number | null>;
}

/** One series. */
export interface PlotSeries {
  readonly name: string;
  readonly look: SeriesLook;
  readonly values: ArrayLike<number | null>;
  /** What the legend says in place of the name; empty where another series stands for it. */
  readonly legend?: string;
  /** A line shows its points too. */
  readonly hasPoints?: boolean;
  /** Drawn as whiskers. */
  readonly reach?: PlotReach;
}

/** One axis. `isTime`: in ms, with steps of minutes and hours. */
export interface PlotAxis {
  readonly name: string;
  readonly text: (value: number) => string;
  readonly isTime?: boolean;
  /** Counts: no steps between two whole numbers. */
  readonly isWhole?: boolean;
  /** The axis reaches at least so far. */
  readonly atLeast?: number;
  /** A y axis with equal factors at equal distances, for values above 0. */
  readonly isLogarithmic?: boolean;
  /** An x axis begins with its first value, however far from zero. */
  readonly startsAtData?: boolean;
  /** Room on both sides, for an x axis whose points stand for categories. */
  readonly pad?: number;
}

/** A moment that is marked on the x axis. */
export interface PlotMoment {
  readonly at: number;
  readonly label: string;
}

const S = 1_000;
const MIN = 60 * S;
const H = 60 * MIN;
const DAY = 24 * H;
const TIME_STEPS = [
  [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500],
  [S, 2 * S, 5 * S, 10 * S, 15 * S, 30 * S],
  [MIN, 2 * MIN, 5 * MIN, 10 * MIN, 15 * MIN, 30 * MIN],
  [H, 2 * H, 3 * H, 6 * H, 12 * H],
  [DAY, 2 * DAY, 5 * DAY, 10 * DAY, 30 * DAY, 100 * DAY, 365 * DAY, 1_000 * DAY],
].flat();

const WHOLE_STEPS = [1, 1_000, 1_000_000, 1_000_000_000].flatMap((unit) =>
  [1, 2, 5, 10, 20, 50, 100, 200, 500].map((step) => step * unit),
);

/** Powers of ten between two values, and their twofold and fivefold where these are few. */
function decadeSplits(min: number, max: number): number[] {
  const first = Math.floor(Math.log10(min));
  const decades = Array.from(
    { length: Math.floor(Math.log10(max)) - first + 1 },
    (_, index) => 10 ** (first + index),
  );
  const steps = decades.length > 3 ? [1] : [1, 2, 5];
  return decades
    .flatMap((decade) => steps.map((step) => step * decade))
    .filter((value) => value >= min && value <= max);
}

function axisOptions(axis: PlotAxis, ink: Ink, isSide: boolean): uPlot.Axis {
  const { text, isTime = false, isWhole = false, isLogarithmic = false } = axis;
  return {
    stroke: ink.soft,
    font: ink.font,
    grid: { stroke: ink.line, width: 1, show: isSide },
    ticks: { stroke: ink.line, width: 1, size: 4, show: !isSide },
    gap: 4,
    size: isSide ? sideSize : 26,
    space: isSide ? 34 : 70,
    values: (_plot, splits) => splits.map((value) => (value === null ? "" : text(value))),
    ...(isLogarithmic ? { splits: (_plot, _axis, min, max) => decadeSplits(min, max) } : {}),
    ...(isTime ? { incrs: TIME_STEPS } : isWhole ? { incrs: WHOLE_STEPS } : {}),
  };
}

/** As wide as the widest figure. */
function sideSize(plot: uPlot, values: string[] | null): number {
  if (values === null || values.length === 0) return 40;
  const widest = Math.max(...values.map((value) => plot.ctx.measureText(value).width));
  return Math.ceil(widest / devicePixelRatio) + 12;
}

function seriesOptions(series: PlotSeries, ink: Ink): uPlot.Series {
  const { name: label, look, hasPoints = false } = series;
  if (isLine(look)) {
    const { ink: colour, width, dash } = LINE_LOOKS[look];
    const stroke = ink[colour];
    return {
      label,
      stroke,
      width,
      dash: [...dash],
      points: hasPoints ? { show: true, size: 6, stroke, fill: stroke, width: 1 } : { show: false },
    };
  }
  if (look === "points") {
    return {
      label,
      stroke: ink.accent,
      paths: () => null,
      points: { show: true, size: 7, stroke: ink.accent, fill: ink.fill, width: 1.5 },
    };
  }
  const paths = uPlot.paths.bars?.({ size: [0.94, 60] });
  return {
    label,
    points: { show: false },
    stroke: ink.accent,
    fill: ink.fill,
    width: 1,
    ...(paths === undefined ? {} : { paths }),
  };
}

/** Half a whisker's cap, in CSS pixels. */
const CAP = 3;

function drawReach(plot: uPlot, { x, series }: PlotContent, ink: Ink): void {
  const { ctx } = plot;
  ctx.save();
  ctx.lineWidth = 1.25 * devicePixelRatio;
  for (const { reach, look } of series) {
    if (reach === undefined) continue;
    ctx.strokeStyle = isLine(look) ? ink[LINE_LOOKS[look].ink] : ink.accent;
    Array.from(x.values).forEach((value, index) => {
      const [low, high] = [reach.low[index], reach.high[index]];
      if (low == null || high == null) return;
      const across = plot.valToPos(value, "x", true);
      const [bottom, top] = [plot.valToPos(low, "y", true), plot.valToPos(high, "y", true)];
      const cap = CAP * devicePixelRatio;
      ctx.beginPath();
      ctx.moveTo(across, bottom);
      ctx.lineTo(across, top);
      for (const end of [bottom, top]) {
        ctx.moveTo(across - cap, end);
        ctx.lineTo(across + cap, end);
      }
      ctx.stroke();
    });
  }
  ctx.restore();
}

function drawMoments(plot: uPlot, moments: readonly PlotMoment[], ink: Ink): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.strokeStyle = ink.edge;
  ctx.fillStyle = ink.soft;
  ctx.font = `${11 * devicePixelRatio}px ${ink.font.slice(ink.font.indexOf(" ") + 1)}`;
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([2 * devicePixelRatio, 3 * devicePixelRatio]);
  moments.forEach(({ at }, index) => {
    const x = Math.round(plot.valToPos(at, "x", true));
    if (x < bbox.left || x > bbox.left + bbox.width) return;
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.fillText(String(index + 1), x + 4 * devicePixelRatio, bbox.top + 11 * devicePixelRatio);
  });
  ctx.restore();
}

/** What a plot shows. */
export interface PlotContent {
  readonly x: PlotAxis & { readonly values: ArrayLike<number> };
  readonly y: PlotAxis;
  readonly series: readonly PlotSeries[];
  readonly moments?: readonly PlotMoment[];
}

const LOGARITHMIC: uPlot.Scale = {
  // oxlint-disable-next-line typescript/no-unsafe-enum-assignment -- its const enum does not exist at run time
  distr: 3,
  log: 10,
  range: (_plot, min, max) => (min > 0 ? [min / 1.3, max * 1.3] : [1, 10]),
};

function linearScale(atLeast: () => number): uPlot.Scale {
  return {
    range: (_plot, _min, max) => {
      const most = Math.max(max ?? 0, atLeast());
      return [0, most > 0 ? most * 1.08 : 1];
    },
  };
}

/** Options for a plot of this size; `onPoint` hears which point the pointer is nearest to. */
export function plotOptions(
  content: () => PlotContent,
  ink: Ink,
  size: { readonly width: number; readonly height: number },
  onPoint: (index: number | null) => void,
): uPlot.Options {
  const { x, y, series } = content();
  return {
    ...size,
    padding: [10, 20, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 } },
    scales: {
      x: {
        time: false,
        range: (_plot, min, max) => {
          const { pad = 0, startsAtData = false } = content().x;
          return [
            (startsAtData ? min : Math.min(0, min)) - pad,
            (max > min || pad > 0 ? max : min + 1) + pad,
          ];
        },
      },
      y: y.isLogarithmic === true ? LOGARITHMIC : linearScale(() => content().y.atLeast ?? 0),
    },
    axes: [axisOptions(x, ink, false), axisOptions(y, ink, true)],
    series: [{}, ...series.map((one) => seriesOptions(one, ink))],
    hooks: {
      setCursor: [(plot) => onPoint(plot.cursor.idx ?? null)],
      draw: [
        (plot) => {
          drawMoments(plot, content().moments ?? [], ink);
          drawReach(plot, content(), ink);
        },
      ],
    },
  };
}

/** The columns as uPlot wants them. */
export function plotData({ x, series }: PlotContent): uPlot.AlignedData {
  const columns = [x.values, ...series.map(({ values }) => values)].map((values) =>
    Array.from(values),
  );
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a tuple type that no array method keeps
  return columns as unknown as uPlot.AlignedData;
}

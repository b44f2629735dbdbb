/**
 * Several measured lines in one plot, told apart by colour and by the shape of their points.
 *
 * @module
 */
import { line } from "./marks.ts";
import { html, type Markup } from "./markup.ts";
import { at } from "./plot-frame.ts";
import type { Scale } from "./scale.ts";

/** Lines that one plot shows; more cannot be told apart. `report-style.ts` has a colour for each. */
export const SERIES_SHOWN = 6;

/** A measured value, and where it may lie. */
export interface SeriesPoint {
  readonly x: number;
  readonly y: number;
  /** `null` without a known scatter. */
  readonly low: number | null;
  readonly high: number | null;
  /** What theory says; `null` where it says nothing. */
  readonly theory: number | null;
}

/** The same with what a pointer reads. */
export interface TitledPoint extends SeriesPoint {
  readonly title: string;
}

/** Outlines around the origin: circle, square, diamond, triangle. */
const SHAPES = [
  "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z",
  "M-3.5 -3.5h7v7h-7z",
  "M0 -5l5 5l-5 5l-5 -5z",
  "M0 -4.5l4.6 8h-9.2z",
] as const;

/** The point of series `index` at a place of the drawing. */
function shape(index: number, across: number, up: number, title: Markup | null): Markup {
  const outline = SHAPES[index % SHAPES.length] ?? SHAPES[0];
  return html`<path class="shape" d="${outline}" transform="translate(${at(across)} ${at(up)})">${title}</path>`;
}

/** What stands for a series in a legend. */
export function seriesKey(index: number): Markup {
  return html`<svg class="key-svg s${index}" viewBox="0 0 24 12" aria-hidden="true"><path class="own" d="M0 6h24"/>${shape(index, 12, 6, null)}</svg>`;
}

/** Points with whiskers. */
export function seriesPoints(
  index: number,
  points: readonly TitledPoint[],
  x: Scale,
  y: Scale,
): Markup {
  return html`<g class="s${index}">${points.map((point) => {
    const across = x.at(point.x);
    const { low, high } = point;
    const whisker =
      low === null || high === null
        ? null
        : html`<path class="whisker" d="M${at(across)} ${at(y.at(low))}V${at(y.at(high))}M${at(across - 3)} ${at(y.at(low))}h6M${at(across - 3)} ${at(y.at(high))}h6"/>`;
    return html`${whisker}${shape(index, across, y.at(point.y), html`<title>${point.title}</title>`)}`;
  })}</g>`;
}

/** A line through the points, and a dashed one where theory sees them. */
export function seriesLines(
  index: number,
  points: readonly SeriesPoint[],
  x: Scale,
  y: Scale,
): Markup {
  const known = points.flatMap(({ x: across, theory }) =>
    theory === null ? [] : [{ across, theory }],
  );
  return html`<g class="s${index}">${
    known.length < 2
      ? null
      : line(
          "own theory",
          known.map(({ across }) => across),
          known.map(({ theory }) => theory),
          x,
          y,
        )
  }${line(
    "own",
    points.map((point) => point.x),
    points.map((point) => point.y),
    x,
    y,
  )}</g>`;
}

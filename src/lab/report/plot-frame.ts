/**
 * The frame that every plot of a report stands in: axes with units, a faint grid, a caption. SVG without
 * script, drawn for a column of 360 px, so that its letters can be read on a phone.
 *
 * @module
 */
import { html, type Markup } from "./markup.ts";
import { type Axis, type Scale, scaleOf } from "./scale.ts";

const WIDTH = 360;
const LEFT = 46;
const RIGHT = 14;
const TOP = 22;
const BOTTOM = 40;

/** A drawing within its axes. */
export interface PlotOptions {
  /** Read out in place of the picture. */
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly height?: number;
  /** The marks; later ones above earlier ones. */
  readonly draw: (x: Scale, y: Scale) => readonly Markup[];
}

/** A coordinate: a tenth of a pixel is enough, and keeps reports small. */
export function at(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** A plot with a horizontal and a vertical axis. */
export function plot({ title, x, y, height = 220, draw }: PlotOptions): Markup {
  const across = scaleOf(x, { from: LEFT, to: WIDTH - RIGHT, ticks: 5 });
  const up = scaleOf(y, { from: height - BOTTOM, to: TOP, ticks: 4 });
  const bottom = height - BOTTOM;
  return html`<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${title}">
<g class="grid">${up.ticks.map(
    (tick) =>
      html`<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${at(up.at(tick.value))}" y2="${at(up.at(tick.value))}"/>`,
  )}</g>
<g class="tick">${up.ticks.map(
    (tick) =>
      html`<text x="${LEFT - 6}" y="${at(up.at(tick.value) + 3.5)}" text-anchor="end">${tick.text}</text>`,
  )}${across.ticks.map(
    (tick) =>
      html`<text x="${at(across.at(tick.value))}" y="${bottom + 15}" text-anchor="middle">${tick.text}</text>`,
  )}</g>
<text class="axis" x="2" y="11">${y.label}</text>
<text class="axis" x="${WIDTH - RIGHT}" y="${height - 5}" text-anchor="end">${x.label}</text>
${draw(across, up)}
<line class="base" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${bottom}" y2="${bottom}"/>
</svg>`;
}

/** A mark of the legend: one of the style sheet's, or drawn. */
export interface LegendEntry {
  readonly mark: "bar" | "line" | "dash" | "dot" | "ring" | "band" | "line-b" | "line-ink" | Markup;
  readonly text: string;
}

/** A plot with its legend and caption. */
export function figure(
  drawing: Markup,
  caption: string,
  legend: readonly LegendEntry[] = [],
): Markup {
  return html`<figure>${drawing}${
    legend.length === 0
      ? null
      : html`<p class="legend">${legend.map(
          ({ mark, text }) =>
            html`<span>${typeof mark === "string" ? html`<i class="key ${mark}"></i>` : mark}${text}</span>`,
        )}</p>`
  }<figcaption>${caption}</figcaption></figure>`;
}

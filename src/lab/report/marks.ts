/**
 * What is drawn into a plot.
 *
 * @module
 */
import { html, type Markup } from "./markup.ts";
import { at } from "./plot-frame.ts";
import type { Scale } from "./scale.ts";

/** More points than this cannot be told apart in a column of a report. */
const MAX_POINTS = 600;

/** A line through points; long ones are thinned to their extremes, so that no peak is lost. */
export function line(
  name: string,
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  x: Scale,
  y: Scale,
): Markup {
  const points = extremes(ys, xs.length).map(
    (index) => `${at(x.at(xs[index] ?? 0))},${at(y.at(ys[index] ?? 0))}`,
  );
  return html`<polyline class="${name}" points="${points.join(" ")}"/>`;
}

function extremes(values: ArrayLike<number>, length: number): readonly number[] {
  if (length <= MAX_POINTS) return Array.from({ length }, (_, index) => index);
  const chunk = Math.ceil((2 * length) / MAX_POINTS);
  const kept: number[] = [];
  for (let from = 0; from < length; from += chunk) {
    let low = from;
    let high = from;
    for (let index = from; index < Math.min(length, from + chunk); index += 1) {
      if ((values[index] ?? 0) < (values[low] ?? 0)) low = index;
      if ((values[index] ?? 0) > (values[high] ?? 0)) high = index;
    }
    kept.push(...(low === high ? [low] : [Math.min(low, high), Math.max(low, high)]));
  }
  return kept;
}

/** A vertical bar over [from, to]. */
export function bar(
  { from, to, value }: { readonly from: number; readonly to: number; readonly value: number },
  x: Scale,
  y: Scale,
): Markup {
  const left = x.at(from) + 0.5;
  const top = y.at(value);
  const width = Math.max(0.5, x.at(to) - left - 0.5);
  return html`<rect class="bar" x="${at(left)}" y="${at(top)}" width="${at(width)}" height="${at(y.at(y.min) - top)}"/>`;
}

/** A dashed horizontal line at a value. */
export function level(value: number, x: Scale, y: Scale): Markup {
  const height = at(y.at(value));
  return html`<line class="dash" x1="${at(x.at(x.min))}" x2="${at(x.at(x.max))}" y1="${height}" y2="${height}"/>`;
}

/** Numbered vertical lines. */
export function moments(atMs: readonly number[], x: Scale, y: Scale): readonly Markup[] {
  return atMs.map((moment, index) => {
    const across = at(x.at(moment));
    return html`<line class="moment" x1="${across}" x2="${across}" y1="${at(y.at(y.max))}" y2="${at(y.at(y.min))}"/>
<text class="number" x="${at(x.at(moment) + 3)}" y="${at(y.at(y.max) + 9)}">${index + 1}</text>`;
  });
}

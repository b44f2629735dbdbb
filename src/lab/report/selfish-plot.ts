/**
 * The curve of Eyal and Sirer, the line of honest mining, and what was measured.
 *
 * @module
 */
import { selfishShare, selfishThreshold } from "../statistics/selfish-mining.ts";
import { figureText } from "./format.ts";
import { line } from "./marks.ts";
import { html, type Markup } from "./markup.ts";
import { at, type LegendEntry, plot } from "./plot-frame.ts";
import type { Scale } from "./scale.ts";
import type { SeriesPoint } from "./series-marks.ts";

/** From one half of the hash rate on everything is the attacker's. */
const HALF = 50;

/** Of the plot's lines; the points have their own. */
export const SELFISH_LEGEND: readonly LegendEntry[] = [
  { mark: "line-ink", text: "Eyal and Sirer, γ = 1/2" },
  { mark: "dash", text: "honest mining" },
];

/** Whiskers reach so many standard errors either way. */
const WHISKER = 2;

/** What an attacker got, in per cent, as a point of the plot. */
export function sharePoint(measured: {
  readonly alpha: number;
  readonly share: number;
  readonly standardError: number | null;
}): SeriesPoint {
  const { alpha, share, standardError } = measured;
  const reach = standardError === null ? null : WHISKER * standardError;
  return {
    x: alpha * 100,
    y: share * 100,
    low: reach === null ? null : Math.max(0, share - reach) * 100,
    high: reach === null ? null : Math.min(1, share + reach) * 100,
    theory: null,
  };
}

/** The plot, in per cent; `points` draws what was measured. */
export function selfishPlot(
  maxPercent: number,
  points: (x: Scale, y: Scale) => readonly Markup[],
): Markup {
  const max = Math.max(HALF, maxPercent);
  const alphas = Array.from({ length: max + 1 }, (_, index) => index);
  const threshold = selfishThreshold() * 100;
  return plot({
    title: "Share of the blocks of a selfish miner against its share of the hash rate",
    x: { label: "share of the hash rate, %", max, text: figureText },
    y: { label: "share of the blocks, %", max: 100, text: figureText },
    draw: (x, y) => {
      const across = at(x.at(threshold));
      return [
        html`<line class="moment" x1="${across}" x2="${across}" y1="${at(y.at(100))}" y2="${at(y.at(0))}"/>
<text x="${at(x.at(threshold) - 5)}" y="${at(y.at(92))}" text-anchor="end">pays from ${figureText(threshold)} % on</text>`,
        line("dash", [0, max], [0, max], x, y),
        line(
          "line-ink",
          alphas,
          alphas.map((alpha) => selfishShare(alpha / 100) * 100),
          x,
          y,
        ),
        ...points(x, y),
      ];
    },
  });
}

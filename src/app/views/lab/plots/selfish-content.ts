/**
 * The curve of Eyal and Sirer, the line of honest mining, and what was measured.
 *
 * @module
 */
import { percentText } from "../../../../lab/report/format.ts";
import { selfishShare, selfishThreshold } from "../../../../lab/statistics/selfish-mining.ts";
import type { SeriesLook } from "./looks.ts";
import type { PlotContent, PlotSeries } from "./plot-options.ts";

/** What a selfish miner got; shares are 0…1. */
export interface SelfishPoint {
  /** Its share of the hash rate. */
  readonly alpha: number;
  /** Its share of the blocks. */
  readonly share: number;
  readonly standardError: number | null;
}

/** Points of one kind. */
export interface SelfishPoints {
  readonly name: string;
  readonly look: SeriesLook;
  readonly points: readonly SelfishPoint[];
}

const GRID = 50;
/** From one half of the hash rate on everything is the attacker's. */
const HALF = 0.5;
/** Whiskers reach so many standard errors either way. */
const WHISKER = 2;

function seriesOf({ name, look, points }: SelfishPoints, alphas: readonly number[]): PlotSeries {
  const at = alphas.map((alpha) => points.find((point) => point.alpha === alpha));
  const reach = (sign: 1 | -1): readonly (number | null)[] =>
    at.map((point) =>
      point === undefined || point.standardError === null
        ? null
        : Math.min(1, Math.max(0, point.share + sign * WHISKER * point.standardError)),
    );
  return {
    name,
    look,
    hasPoints: true,
    values: at.map((point) => point?.share ?? null),
    reach: { low: reach(-1), high: reach(1) },
  };
}

/** The plot. */
export function selfishContent(measured: readonly SelfishPoints[]): PlotContent {
  const taken = measured.flatMap(({ points }) => points.map(({ alpha }) => alpha));
  const grid = Array.from({ length: GRID + 1 }, (_, index) => (index / GRID) * HALF);
  const alphas = [...new Set([...grid, ...taken])].sort((a, b) => a - b);
  return {
    x: { name: "its share of the hash rate", text: percentText, values: alphas },
    y: { name: "its share of the blocks", text: percentText },
    series: [
      {
        name: "Eyal and Sirer, γ = 1/2",
        look: "sixth",
        values: alphas.map((at) => selfishShare(at)),
      },
      { name: "honest mining", look: "dashed", values: alphas },
      ...measured.map((one) => seriesOf(one, alphas)),
    ],
    moments: [{ at: selfishThreshold(), label: "from here on withholding pays in theory" }],
  };
}

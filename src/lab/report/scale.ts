/**
 * Axes: round ticks over a range, and where a value stands on paper.
 *
 * @module
 */
import { niceStep } from "../statistics/histogram.ts";
import { figureText } from "./format.ts";

/** What an axis shows. */
export interface Axis {
  /** With its unit. */
  readonly label: string;
  /** 0 unless given. */
  readonly min?: number;
  readonly max: number;
  /** The unit of the ticks, in values; 1 unless given. */
  readonly unit?: number;
  readonly text: (inUnits: number) => string;
}

/** Maps values of a range to positions. */
export interface Scale {
  readonly min: number;
  readonly max: number;
  readonly ticks: readonly { readonly value: number; readonly text: string }[];
  at(value: number): number;
}

const UNITS = [
  { name: "d", ms: 86_400_000 },
  { name: "h", ms: 3_600_000 },
  { name: "min", ms: 60_000 },
  { name: "s", ms: 1_000 },
  { name: "ms", ms: 1 },
] as const;

/** An axis of times in ms, told in the largest unit of which it shows at least two. */
export function timeAxis(label: string, maxMs: number): Axis {
  const { name, ms } = UNITS.find((unit) => maxMs >= 2 * unit.ms) ?? { name: "ms", ms: 1 };
  return { label: `${label}, ${name}`, max: maxMs, unit: ms, text: figureText };
}

/** The scale of an axis between two positions, with about so many ticks. */
export function scaleOf(
  { min = 0, max, unit = 1, text }: Axis,
  { from, to, ticks }: { readonly from: number; readonly to: number; readonly ticks: number },
): Scale {
  const high = max > min ? max : min + 1;
  const step = niceStep((high - min) / unit / ticks);
  const first = Math.ceil(min / unit / step);
  const last = Math.floor(high / unit / step);
  return {
    min,
    max: high,
    ticks: Array.from({ length: last - first + 1 }, (_, index) => {
      const inUnits = Number(((first + index) * step).toPrecision(12));
      return { value: inUnits * unit, text: text(inUnits) };
    }),
    at: (value) => from + ((value - min) / (high - min)) * (to - from),
  };
}

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
  /** Ticks stand at these values, as many as there is room for, and not at round ones. */
  readonly steps?: readonly number[];
  /** Equal factors, not equal differences, are equal distances; `min` must be positive. */
  readonly isLogarithmic?: boolean;
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

/** Ticks nearer than this would run into each other. */
const TICK_DISTANCE = 40;

interface Room {
  readonly from: number;
  readonly to: number;
  readonly ticks: number;
}

function roundTicks({ min = 0, unit = 1 }: Axis, high: number, ticks: number): readonly number[] {
  const step = niceStep((high - min) / unit / ticks);
  const first = Math.ceil(min / unit / step);
  const last = Math.floor(high / unit / step);
  return Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
}

/** Those that stand far enough from the one before. */
function withRoom(steps: readonly number[], at: (value: number) => number): readonly number[] {
  let last = Number.NEGATIVE_INFINITY;
  return steps.filter((step) => {
    const isFar = at(step) - last >= TICK_DISTANCE;
    if (isFar) last = at(step);
    return isFar;
  });
}

/** The scale of an axis between two positions, with about so many ticks. */
export function scaleOf(axis: Axis, { from, to, ticks }: Room): Scale {
  const { min = 0, max, unit = 1, text, steps, isLogarithmic = false } = axis;
  const high = max > min ? max : min + 1;
  const place = (value: number): number => (isLogarithmic ? Math.log(value) : value);
  const [start, end] = [place(min), place(high)];
  const at = (value: number): number =>
    from + ((place(value) - start) / (end - start)) * (to - from);
  const values = steps === undefined ? null : withRoom(steps, at).map((step) => step / unit);
  return {
    min,
    max: high,
    ticks: (values ?? roundTicks(axis, high, ticks)).map((inUnits) => ({
      value: inUnits * unit,
      text: text(inUnits),
    })),
    at,
  };
}

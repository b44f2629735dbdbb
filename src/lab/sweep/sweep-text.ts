/**
 * The values of a sweep for people.
 *
 * @module
 */
import { countText, durationText, figureText } from "../report/format.ts";
import type { SweepValues } from "./expand-sweep.ts";
import { AXIS_NAMES, type AxisName } from "./sweep-axes.ts";

const TITLES: Readonly<Record<AxisName, string>> = {
  latency: "latency",
  pace: "pace",
  attacker: "attacker",
  peers: "peers",
  degree: "links",
};

/** What an axis is called: of the attacker, its share of the hash rate. */
export function axisTitle(axis: AxisName): string {
  return TITLES[axis];
}

/** A value with its unit. */
export function axisValueText(axis: AxisName, value: number): string {
  switch (axis) {
    case "latency":
    case "pace":
      return durationText(value);
    case "attacker":
      return `${figureText(value)} %`;
    case "peers":
    case "degree":
      return countText(value);
  }
}

/** `latency 20 ms, pace 2 s`. */
export function valuesText(values: SweepValues): string {
  const parts = AXIS_NAMES.flatMap((axis) => {
    const value = values[axis];
    return value === undefined ? [] : [`${TITLES[axis]} ${axisValueText(axis, value)}`];
  });
  return parts.join(", ");
}

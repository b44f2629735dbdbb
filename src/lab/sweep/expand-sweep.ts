/**
 * One scenario becomes many: one for each combination of the values of some axes.
 *
 * @module
 */
import { CodedError } from "../../kernel/errors.ts";
import { checkForController } from "../controller/check-scenario.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { SWEEP_POINTS_MAX } from "./limits.ts";
import { AXIS_NAMES, type AxisName, withValue } from "./sweep-axes.ts";

/** What is varied; times in ms, the attacker's hash rate in per cent. */
export interface SweepAxis {
  readonly name: AxisName;
  readonly values: readonly number[];
}

/** The value of each axis at one point. */
export type SweepValues = Readonly<Partial<Record<AxisName, number>>>;

/** One combination of values, and the scenario that has them. */
export interface SweepPoint {
  readonly values: SweepValues;
  readonly scenario: Scenario;
}

/** A sweep that can be run. */
export interface Sweep {
  /** The scenario as it was before. */
  readonly scenario: Scenario;
  /** In the order of `AXIS_NAMES`, values ascending, each once. */
  readonly axes: readonly SweepAxis[];
  /** The last axis changes from point to point. */
  readonly points: readonly SweepPoint[];
}

function inOrder(axes: readonly SweepAxis[]): readonly SweepAxis[] {
  return AXIS_NAMES.flatMap((name) => {
    const values = axes.filter((axis) => axis.name === name).flatMap((axis) => axis.values);
    return values.length === 0
      ? []
      : [{ name, values: [...new Set(values)].toSorted((a, b) => a - b) }];
  });
}

/**
 * Makes the points of a sweep. Throws `sweep-no-axis`, `sweep-too-many-points` {points, max}, `sweep-value` {axis,
 * value, min, max}, `sweep-attacker` {attackers}, `sweep-degree` {topology}, `sweep-trace` {axis}, and what the controller refuses
 * (`checkForController`), before anything runs.
 */
export function expandSweep(scenario: Scenario, axes: readonly SweepAxis[]): Sweep {
  const ordered = inOrder(axes);
  if (ordered.length === 0) throw new CodedError("sweep-no-axis");
  const count = ordered.reduce((product, { values }) => product * values.length, 1);
  if (count > SWEEP_POINTS_MAX) {
    throw new CodedError("sweep-too-many-points", { points: count, max: SWEEP_POINTS_MAX });
  }
  const points = ordered.reduce<readonly SweepPoint[]>(
    (before, { name, values }) =>
      before.flatMap((point) =>
        values.map((value) => ({
          values: { ...point.values, [name]: value },
          scenario: withValue(point.scenario, name, value),
        })),
      ),
    [{ values: {}, scenario }],
  );
  if (scenario.engine === "controller") {
    for (const point of points) checkForController(point.scenario);
  }
  return { scenario, axes: ordered, points };
}

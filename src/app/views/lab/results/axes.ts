/**
 * What the courses of a run share.
 *
 * @module
 */
import type { RunView } from "../../../../lab/host/protocol.ts";
import { durationText } from "../../../../lab/report/format.ts";
import type { PlotContent, PlotMoment } from "../plots/plot-options.ts";

/** The time of the run. */
export function timeAxis(atMs: ArrayLike<number>): PlotContent["x"] {
  return { name: "time of the run", text: durationText, isTime: true, values: atMs };
}

/** The scenario's phases that have begun. */
export function momentsOf({ phases, summary }: RunView): readonly PlotMoment[] {
  return phases
    .filter(({ atMs }) => atMs <= summary.endMs)
    .map(({ atMs, label }) => ({ at: atMs, label }));
}

/**
 * What a sweep says, in plain words: for reports and the command line.
 *
 * @module
 */
import type { SweepResult, SweepRow } from "../sweep/sweep-result.ts";
import { valuesText } from "../sweep/sweep-text.ts";
import { countText, figureText, percentText, plural } from "./format.ts";

/** Where most and where fewest blocks were lost, and whether theory agrees. */
export function staleSweepVerdict({ rows }: SweepResult): string {
  const by = rows.toSorted((a, b) => a.staleRate - b.staleRate);
  const [least, most] = [by[0], by.at(-1)];
  if (least === undefined || most === undefined) return "";
  if (most.found === 0) return "No block was found.";
  if (most.stale === 0) return "No block was lost at any point.";
  const at = ({ values, staleRate }: SweepRow): string =>
    `${percentText(staleRate)} (${valuesText(values)})`;
  const lost =
    rows.length === 1
      ? `${at(most)} of all blocks were lost.`
      : `Between ${at(least)} and ${at(most)} of all blocks were lost.`;
  const known = rows.flatMap(({ theory, staleBand: { low, high } }) =>
    theory === null ? [] : [theory.staleRate >= low && theory.staleRate <= high],
  );
  if (known.length === 0)
    return `${lost} Theory does not apply: it assumes honest miners who stay, and hear of blocks as all peers do.`;
  const agreeing = known.filter(Boolean).length;
  return `${lost} Theory lies in the 95 % interval at ${countText(agreeing)} of ${plural(known.length, "point")}.`;
}

/** Whether selfish miners got what theory says; empty without one. */
export function selfishSweepVerdict({ rows }: SweepResult): string {
  const selfish = rows.flatMap(({ attacker }) =>
    attacker === null || attacker.theory === null ? [] : [attacker],
  );
  if (selfish.length === 0) return "";
  const paid = selfish.filter(({ share, alpha }) => share > alpha).length;
  const gained = `Withholding blocks paid at ${countText(paid)} of ${plural(selfish.length, "point")}.`;
  const deviations = selfish.flatMap(({ deviation }) => (deviation === null ? [] : [deviation]));
  if (deviations.length === 0) {
    return `${gained} No test against the theory: it assumes one attacker from the start, a fixed difficulty, no rest, no dead time after a block (a pace of 40 s or less) and delays below 1 % of the pace, and wants a run of 600 blocks or more.`;
  }
  const most = deviations.reduce((highest, by) => Math.max(highest, Math.abs(by)), 0);
  return `${gained} The shares are off the curve of Eyal and Sirer by at most ${figureText(most)} standard errors, in ${plural(deviations.length, "test")}.`;
}

/**
 * How difficulty will move, told before it does (DIF-1, DIF-2): the round's length against the pace sets
 * the next base; a round that nobody ends makes writing easier by itself.
 *
 * @module
 */
import { targetFromCompact, workOfTarget } from "../../../kernel/target.ts";
import { formatCount } from "../../format/numbers.ts";
import { formatDuration } from "../../format/times.ts";

/** Rounds longer than this many paces count as that long (DIF-1), and relief begins there (DIF-2). */
const LONGEST = 4;

/** The relative change of difficulty after a round of `solveMs`: 0.1 for a tenth harder. */
export function changeAfter(solveMs: number, paceMs: number): number {
  const counted = Math.min(Math.max(0, solveMs), LONGEST * paceMs);
  return (LONGEST * paceMs) / (3 * paceMs + counted) - 1;
}

/** What relief does next in a round that has lasted `ageMs`. */
export interface Relief {
  /** Doublings in force now. */
  readonly doublings: number;
  /** Until writing gets twice as easy once more. */
  readonly nextInMs: number;
}

/** Relief at this age (DIF-2). */
export function reliefAt(ageMs: number, paceMs: number): Relief {
  const beyond = ageMs - LONGEST * paceMs;
  if (beyond < 0) return { doublings: 0, nextInMs: -beyond };
  return {
    doublings: 1 + Math.floor(beyond / paceMs),
    nextInMs: paceMs - (beyond % paceMs),
  };
}

/** Expected hashes at a story's easiest target, which relief never goes below (DIF-2). */
export function easiestWork(maxTarget: number): bigint {
  return workOfTarget(targetFromCompact(maxTarget));
}

/** What waiting does, as a figure and a note; `easiest`: the target cannot become easier. */
export function reliefWords(
  relief: Relief,
  easiest: boolean,
): readonly [value: string, note: string] {
  if (easiest) return ["as it is", "this is as easy as it ever gets in this story"];
  const wait = `in ${formatDuration(relief.nextInMs)}`;
  return relief.doublings === 0
    ? [wait, "writing gets twice as easy"]
    : [
        wait,
        `twice as easy once more; it is ${formatCount(2 ** relief.doublings)} times easier already`,
      ];
}

/** `+10 %`, `−43 %`, `unchanged`. */
export function changeWords(change: number): string {
  const percent = Math.round(change * 100);
  if (percent === 0) return "unchanged";
  return percent > 0 ? `+${percent} %` : `−${-percent} %`;
}

/**
 * What a sweep varies, as people type it: values with commas between them.
 *
 * @module
 */
import { parseDuration } from "../../../lab/scenario/duration.ts";
import type { SweepAxis } from "../../../lab/sweep/expand-sweep.ts";

/** Lists as typed; an empty one varies nothing. */
export interface SweepLists {
  readonly latency: string;
  readonly pace: string;
  readonly attacker: string;
}

/** One of them. */
export type SweepListName = keyof SweepLists;

const NANOSECONDS_IN_MS = 1_000_000n;

function milliseconds(unit: "s" | "ms"): (text: string) => number {
  return (text) => {
    const nanoseconds = parseDuration(text, unit);
    const isWhole = nanoseconds !== null && nanoseconds % NANOSECONDS_IN_MS === 0n;
    return isWhole ? Number(nanoseconds / NANOSECONDS_IN_MS) : Number.NaN;
  };
}

const READERS: Readonly<Record<SweepListName, (text: string) => number>> = {
  latency: milliseconds("ms"),
  pace: milliseconds("s"),
  attacker: (text) => (/^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN),
};

/** The values of a list, NaN for what is none. */
export function listValues(name: SweepListName, typed: string): readonly number[] {
  const parts = typed.split(",").map((part) => part.trim());
  return parts.filter((part) => part !== "").map(READERS[name]);
}

/** The axes of all lists; `null` where something is no value. */
export function axesOf(lists: SweepLists): readonly SweepAxis[] | null {
  const axes = (["latency", "pace", "attacker"] as const)
    .map((name) => ({ name, values: listValues(name, lists[name]) }))
    .filter(({ values }) => values.length > 0);
  return axes.some(({ values }) => values.some(Number.isNaN)) ? null : axes;
}

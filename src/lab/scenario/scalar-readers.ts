/**
 * Readers of single values. Numbers are exact decimals; quotes make no difference, as in the source, where
 * `hashrate: "25"` is a text.
 *
 * @module
 */
import { formatDecimal, parseDecimal } from "./decimal.ts";
import { parseDuration } from "./duration.ts";
import { nearestName } from "./nearest-name.ts";
import { type Place, quoted, type Reader, wrongType } from "./reader.ts";
import type { Tree } from "./yaml-tree.ts";

/** Decimal places that are read of a number: billionths. */
const PLACES = 9;

/** Bounds of a number, both allowed; `above` is not. */
interface Bounds {
  readonly min?: number;
  readonly above?: number;
  readonly max: number;
}

/** A number as it is written, exact. */
export interface Exact {
  /** Billionths. */
  readonly units: bigint;
  readonly value: number;
}

function textOf(tree: Tree, place: Place, expected: string): string | undefined {
  return tree.kind === "text" ? tree.text.trim() : wrongType(tree, place, expected);
}

function reportBounds(
  value: number,
  unit: string,
  bounds: Bounds,
  tree: Tree,
  place: Place,
): boolean {
  const { min, above, max } = bounds;
  const show = (bound: number): string => `${String(bound)}${unit}`;
  let rule: string | null = null;
  if (above !== undefined && value <= above) rule = `more than ${show(above)}`;
  else if (min !== undefined && value < min) rule = `at least ${show(min)}`;
  else if (value > max) rule = `at most ${show(max)}`;
  if (rule === null) return false;
  const message = `Here must be ${rule}; ${quoted(tree.kind === "text" ? tree.text : "")} is not.`;
  place.problems.error("out-of-range", tree.at, place.path, message);
  return true;
}

/** Control characters, what turns the text around it about (UAX #9), separators of lines, and lone surrogates. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** A text of at most `max` characters without control characters. */
export function text(max: number): Reader<string> {
  const type = `text of at most ${String(max)} characters`;
  return {
    type,
    read(tree, place) {
      const value = textOf(tree, place, "a text");
      if (value === undefined) return undefined;
      if (value.length > max || UNPRINTABLE.test(value.replaceAll("\n", " "))) {
        const message = `Here must be a ${type} without control characters.`;
        place.problems.error("bad-text", tree.at, place.path, message);
        return undefined;
      }
      return value;
    },
  };
}

const FLAGS: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  on: true,
  "1": true,
  false: false,
  no: false,
  off: false,
  "0": false,
};

/** True or false, in the spellings that the source takes. */
export function flag(): Reader<boolean> {
  return {
    type: "true or false",
    read(tree, place) {
      const value = textOf(tree, place, "true or false")?.toLowerCase();
      if (value === undefined) return undefined;
      if (Object.hasOwn(FLAGS, value)) return FLAGS[value];
      return wrongType(tree, place, "true or false");
    },
  };
}

/** One of `names`; capitals make no difference. */
export function choice<T extends string>(names: readonly T[]): Reader<T> {
  return {
    type: names.join(" | "),
    read(tree, place) {
      const written = textOf(tree, place, `one of ${names.join(", ")}`);
      if (written === undefined) return undefined;
      const name = names.find((known) => known === written.toLowerCase());
      if (name !== undefined) return name;
      const nearest = nearestName(written, names);
      const hint = nearest === null ? "" : ` Did you mean ${quoted(nearest)}?`;
      const message = `Here must be one of ${names.join(", ")}; ${quoted(written)} is not.${hint}`;
      place.problems.error("unknown-choice", tree.at, place.path, message);
      return undefined;
    },
  };
}

/** A decimal number within `bounds`, exact. */
export function exact(bounds: Bounds, unit = ""): Reader<Exact> {
  const type = unit === "" ? "number" : `number, ${unit}`;
  return {
    type,
    read(tree, place) {
      const written = textOf(tree, place, "a number");
      if (written === undefined) return undefined;
      const units = parseDecimal(written, PLACES);
      if (units === null) {
        const message = `Here must be a number such as 25 or 0.5; ${quoted(written)} is not.`;
        place.problems.error("not-a-number", tree.at, place.path, message);
        return undefined;
      }
      const value = Number(formatDecimal(units, PLACES));
      return reportBounds(value, "", bounds, tree, place) ? undefined : { units, value };
    },
  };
}

/** A decimal number within `bounds`. */
export function decimal(bounds: Bounds, unit = ""): Reader<number> {
  return mapped(exact(bounds, unit), ({ value }) => value);
}

/** A whole number within `bounds`. */
export function integer(bounds: Bounds, unit = ""): Reader<number> {
  return whole(exact(bounds, unit), 1, "a whole number");
}

/** An amount of tokens with at most six decimal places, in micro-units. */
export function amount(bounds: Bounds): Reader<number> {
  return whole(exact(bounds, "tokens"), 1_000_000, "an amount with at most six decimal places");
}

/** Times `scale`, which must leave nothing behind the point. */
function whole(reader: Reader<Exact>, scale: number, expected: string): Reader<number> {
  return {
    type: scale === 1 ? reader.type.replace("number", "whole number") : reader.type,
    read(tree, place) {
      const number = reader.read(tree, place);
      if (number === undefined) return undefined;
      const unit = 10n ** BigInt(PLACES) / BigInt(scale);
      if (number.units % unit === 0n) return Number(number.units / unit);
      const message = `Here must be ${expected}; ${quoted(tree.kind === "text" ? tree.text : "")} is not.`;
      place.problems.error("not-a-number", tree.at, place.path, message);
      return undefined;
    },
  };
}

/** A time such as `90`, `80ms`, `2m`, `24h` or `1h 30m`, in milliseconds; a bare number is in `unit`. */
export function duration(unit: "s" | "ms", bounds: Bounds): Reader<number> {
  const example = unit === "s" ? "60, 2m or 24h" : "80ms or 2s";
  return {
    type: `time: ${unit === "s" ? "seconds" : "milliseconds"}, or with a unit (ms, s, m, h, d)`,
    read(tree, place) {
      const written = textOf(tree, place, `a time such as ${example}`);
      if (written === undefined) return undefined;
      const nanoseconds = parseDuration(written, unit);
      if (nanoseconds === null) {
        const message = `Here must be a time such as ${example}; ${quoted(written)} is not.`;
        place.problems.error("not-a-time", tree.at, place.path, message);
        return undefined;
      }
      const ms = Number(nanoseconds / 1_000_000n);
      return reportBounds(ms, " ms", bounds, tree, place) ? undefined : ms;
    },
  };
}

const RATE_UNITS: Readonly<Record<string, number>> = {
  "": 1,
  h: 1,
  kh: 1e3,
  mh: 1e6,
  gh: 1e9,
  th: 1e12,
};

/** Hashes a second, such as `250000`, `1 MH/s` or `1.5 kH/s`. */
export function hashRate(bounds: Bounds): Reader<number> {
  return {
    type: "hashes a second, or with a unit (kH/s, MH/s, GH/s, TH/s)",
    read(tree, place) {
      const written = textOf(tree, place, "a hash rate such as 1 MH/s");
      if (written === undefined) return undefined;
      const match = /^([\d.+-]+)\s*(?:([kmgt]?h)\/?s)?$/i.exec(written);
      const units = match === null ? null : parseDecimal(match[1] ?? "", PLACES);
      const scale = RATE_UNITS[(match?.[2] ?? "").toLowerCase()];
      if (units === null || scale === undefined) {
        const message = `Here must be a hash rate such as 250000 or 1 MH/s; ${quoted(written)} is not.`;
        place.problems.error("not-a-hash-rate", tree.at, place.path, message);
        return undefined;
      }
      const value = Number((units * BigInt(scale)) / 10n ** BigInt(PLACES));
      return reportBounds(value, " H/s", bounds, tree, place) ? undefined : value;
    },
  };
}

/** The same reader with another value. */
export function mapped<A, B>(reader: Reader<A>, change: (value: A) => B): Reader<B> {
  return {
    type: reader.type,
    read(tree, place) {
      const value = reader.read(tree, place);
      return value === undefined ? undefined : change(value);
    },
  };
}

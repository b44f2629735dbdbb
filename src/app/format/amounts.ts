/**
 * Amounts arrive as decimal strings of micro-units; one token is 1,000,000 of them (ENC-3). Everything
 * here is exact: bigint in, bigint out, never a floating-point number in between.
 *
 * @module
 */

const UNITS_PER_TOKEN = 1_000_000n;
const FRACTION_DIGITS = 6;
const U64_MAX = 2n ** 64n - 1n;
const grouped = new Intl.NumberFormat("en");

/** The two tokens, in the order in which they are always named. */
export const TOKENS = ["consumer", "industrial"] as const;
/** One of the two tokens. */
export type Token = (typeof TOKENS)[number];

/** Micro-units of both tokens. */
export interface Pair {
  readonly consumer: bigint;
  readonly industrial: bigint;
}

/** Nothing of either. */
export const NOTHING: Pair = { consumer: 0n, industrial: 0n };

/** True where neither token is there. */
export function isNothing(pair: Pair): boolean {
  return pair.consumer === 0n && pair.industrial === 0n;
}

/** A pair from the decimal strings of an answer. */
export function pairOf(amounts: { readonly consumer: string; readonly industrial: string }): Pair {
  return { consumer: BigInt(amounts.consumer), industrial: BigInt(amounts.industrial) };
}

/** `units` of one token, none of the other. */
export function pairIn(token: Token, units: bigint): Pair {
  return { ...NOTHING, [token]: units };
}

/** The sum of pairs. */
export function addPairs(...pairs: readonly Pair[]): Pair {
  return pairs.reduce(
    (sum, one) => ({
      consumer: sum.consumer + one.consumer,
      industrial: sum.industrial + one.industrial,
    }),
    NOTHING,
  );
}

/** `a − b`; a part may be negative. */
export function subtractPair(a: Pair, b: Pair): Pair {
  return { consumer: a.consumer - b.consumer, industrial: a.industrial - b.industrial };
}

function partsOf(units: bigint): { sign: string; whole: string; fraction: string } {
  const size = units < 0n ? -units : units;
  return {
    sign: units < 0n ? "−" : "",
    whole: grouped.format(size / UNITS_PER_TOKEN),
    fraction: (size % UNITS_PER_TOKEN).toString().padStart(FRACTION_DIGITS, "0"),
  };
}

/** `12.5` tokens from `12500000` micro-units: exact, without trailing zeros. */
export function formatTokens(microUnits: string | bigint): string {
  const { sign, whole, fraction } = partsOf(BigInt(microUnits));
  const rest = fraction.replace(/0+$/, "");
  return `${sign}${whole}${rest === "" ? "" : `.${rest}`}`;
}

/** `12.500000`: all six places, so that the points of a column stand under each other. */
export function formatLedger(microUnits: string | bigint): string {
  const { sign, whole, fraction } = partsOf(BigInt(microUnits));
  return `${sign}${whole}.${fraction}`;
}

/** `12.5 consumer`, `12.5 consumer and 3 industrial`, `nothing`. */
export function formatPair(pair: Pair): string {
  const parts = TOKENS.filter((token) => pair[token] !== 0n).map(
    (token) => `${formatTokens(pair[token])} ${token}`,
  );
  return parts.length === 0 ? "nothing" : parts.join(" and ");
}

/** Why a typed amount is none. */
export type AmountProblem = "empty" | "not-a-number" | "too-precise" | "too-large";

const AMOUNT = /^(\d+|\d{1,3}(?:,\d{3})+)?(?:\.(\d*))?$/;

/**
 * Micro-units from what a person typed: `12.5`, `1,250`, `.25`. A comma is only taken between groups of
 * three digits, so that `12,5` is asked about rather than read as 125.
 */
export function parseTokens(
  text: string,
):
  | { readonly units: bigint; readonly problem: null }
  | { readonly units: null; readonly problem: AmountProblem } {
  const typed = text.trim();
  if (typed === "") return { units: null, problem: "empty" };
  const match = AMOUNT.exec(typed);
  const whole = match?.[1]?.replaceAll(",", "") ?? "";
  const fraction = match?.[2] ?? "";
  if (match === null || whole + fraction === "") return { units: null, problem: "not-a-number" };
  if (fraction.replace(/0+$/, "").length > FRACTION_DIGITS) {
    return { units: null, problem: "too-precise" };
  }
  const units =
    BigInt(whole === "" ? "0" : whole) * UNITS_PER_TOKEN +
    BigInt(fraction.slice(0, FRACTION_DIGITS).padEnd(FRACTION_DIGITS, "0"));
  return units > U64_MAX ? { units: null, problem: "too-large" } : { units, problem: null };
}

/** What is wrong with a typed amount, in words. */
export const AMOUNT_PROBLEMS: Readonly<Record<AmountProblem, string>> = {
  empty: "Say how much.",
  "not-a-number": "That is no amount. Write 12.5, with a point before the fraction.",
  "too-precise": "The smallest part of a token is 0.000001.",
  "too-large": "There are not that many tokens.",
};

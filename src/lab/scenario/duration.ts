/**
 * Times as people write them.
 *
 * @module
 */
import { parseDecimal } from "./decimal.ts";

/** Decimal places that are read of a number. */
const PLACES = 9;

/** Nanoseconds of each unit of time, so that milliseconds come out exact. */
const TIME_UNITS: Readonly<Record<string, bigint>> = {
  ms: 1_000_000n,
  s: 1_000_000_000n,
  sec: 1_000_000_000n,
  m: 60_000_000_000n,
  min: 60_000_000_000n,
  h: 3_600_000_000_000n,
  d: 86_400_000_000_000n,
};

/** A time such as `90`, `80ms`, `2m`, `24h` or `1h 30m` in nanoseconds, a bare number in `unit`; `null` for what is none. */
export function parseDuration(written: string, unit: "s" | "ms"): bigint | null {
  const sign = written.startsWith("-") ? -1n : 1n;
  const parts = written.replace(/^[+-]/, "").matchAll(/\s*([\d.]+)\s*([a-z]*)/giy);
  let sum = 0n;
  let end = written.length - written.replace(/^[+-]/, "").length;
  for (const [whole, number = "", name = ""] of parts) {
    const size = TIME_UNITS[(name === "" ? unit : name).toLowerCase()];
    const units = parseDecimal(number, PLACES);
    // A bare number stands alone: "1h 30" says too little.
    if (size === undefined || units === null || (name === "" && sum !== 0n)) return null;
    sum += (units * size) / 10n ** BigInt(PLACES);
    end += whole.length;
  }
  return end === written.length && /\d/.test(written) ? sign * sum : null;
}

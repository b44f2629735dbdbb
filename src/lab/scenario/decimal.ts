/**
 * Decimal numbers as they are written, without the error of binary fractions: 33.3 + 33.3 + 33.4 is 100.
 *
 * @module
 */

const DECIMAL = /^([+-]?)(\d{1,18})?(?:\.(\d*))?$/;

/**
 * `text` in units of 10^−`places`, or `null` when it is not a decimal number, has more places, or has more than
 * 18 digits before the point.
 */
export function parseDecimal(text: string, places: number): bigint | null {
  const match = DECIMAL.exec(text);
  if (match === null) return null;
  const [, sign = "", whole = "", fraction = ""] = match;
  const kept = fraction.replace(/0+$/, "");
  if ((whole === "" && fraction === "") || kept.length > places) return null;
  const units = BigInt(`${whole === "" ? "0" : whole}${kept.padEnd(places, "0")}`);
  return sign === "-" ? -units : units;
}

/** The shortest text of `units` of 10^−`places`. */
export function formatDecimal(units: bigint, places: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places);
  const fraction = digits.slice(digits.length - places).replace(/0+$/, "");
  return `${units < 0n ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`;
}

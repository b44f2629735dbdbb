/**
 * Figures as they are shown: six significant digits, so that engines whose exponentials and logarithms
 * differ in the last bit print the same, and nothing that JSON has no word for.
 *
 * @module
 */

const DIGITS = 6;

/** The figure with six significant digits; whole numbers stay as they are, for they are counts. */
export function significant(figure: number): number {
  return Number.isInteger(figure) ? figure : Number(figure.toPrecision(DIGITS));
}

/** The same value with each figure in it shortened by `significant`. */
export function withShortFigures<T>(value: T): T {
  // A copy of the same shape, which the compiler cannot see through `Object.entries`.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return shortened(value) as T;
}

function shortened(value: unknown): unknown {
  if (typeof value === "number") return significant(value);
  if (Array.isArray(value)) return value.map(shortened);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shortened(inner)]));
}

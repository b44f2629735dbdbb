/**
 * How series look. Lines differ by dash and width too, so that nothing hangs on colour.
 *
 * @module
 */

/** Colours of a plot by their part. */
export type InkName = "accent" | "ink" | "soft" | "edge" | "line" | "good" | "warn" | "bad";

/** One kind of line. */
export interface LineLook {
  readonly ink: InkName;
  readonly width: number;
  /** Lengths of strokes and gaps; empty for a whole line. */
  readonly dash: readonly number[];
}

/** Lines for what is measured, most important first, and a faint one for what it is measured by. */
export const LINE_LOOKS = {
  main: { ink: "accent", width: 1.75, dash: [] },
  second: { ink: "ink", width: 1.5, dash: [6, 4] },
  third: { ink: "good", width: 1.75, dash: [] },
  fourth: { ink: "warn", width: 1.75, dash: [8, 3, 2, 3] },
  fifth: { ink: "bad", width: 2, dash: [2, 2] },
  sixth: { ink: "soft", width: 2.5, dash: [] },
  dashed: { ink: "edge", width: 1.25, dash: [2, 3] },
} as const satisfies Readonly<Record<string, LineLook>>;

/** One of these. */
export type LineName = keyof typeof LINE_LOOKS;

/** How a series is drawn. */
export type SeriesLook = LineName | "bars" | "points";

/** Whether it is a line. */
export function isLine(look: SeriesLook): look is LineName {
  return look !== "bars" && look !== "points";
}

/** Lines that one plot tells apart, in their order. */
export const LINE_ORDER: readonly LineName[] = [
  "main",
  "second",
  "third",
  "fourth",
  "fifth",
  "sixth",
];

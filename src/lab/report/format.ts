/**
 * Figures for people. The exact ones stand in the JSON.
 *
 * @module
 */
import type { Band } from "../statistics/proportions.ts";
import type { MinerSummary } from "../statistics/summary.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MICRO_UNITS = 1_000_000;

/** From here on a double is written with an exponent. */
const EXPONENT_FROM = 1e21;

/** `1,234`; rounds. What has more than 21 digits: `1.23 × 10^24`. */
export function countText(value: number): string {
  if (Math.abs(value) >= EXPONENT_FROM) {
    return value.toExponential(2).replace(/e\+?/, " × 10^");
  }
  return String(Math.round(value)).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

/** `1 block`, `2 blocks`. */
export function plural(value: number, one: string, many: string = `${one}s`): string {
  return `${countText(value)} ${value === 1 ? one : many}`;
}

/** Three significant digits, or all before the point: `0.0123`, `12.3`, `12,345`. */
export function figureText(value: number): string {
  if (Math.abs(value) >= 100) return countText(value);
  return String(Number(value.toPrecision(3)));
}

/** A share 0…1 with three significant digits, at most: `28.4 %`, `3.10 %`, `100 %`. */
export function percentText(share: number): string {
  return `${percentFigure(share)} %`;
}

/** The same without its sign. */
export function percentFigure(share: number): string {
  const percent = share * 100;
  if (percent === 0 || percent >= 99.95) return String(Math.round(percent));
  if (percent >= 9.995) return percent.toFixed(1);
  return percent >= 0.995 ? percent.toFixed(2) : String(Number(percent.toPrecision(2)));
}

/** `40.1–44.2 %`. */
export function rangeText({ low, high }: Band): string {
  return `${percentFigure(low)}–${percentText(high)}`;
}

/** The same; a dash alone where a share is not judged by a band. */
export function bandText({ band, inBand }: Pick<MinerSummary, "band" | "inBand">): string {
  return inBand === null ? "–" : rangeText(band);
}

/** `240 ms`, `12.3 s`, `1 min 30 s`, `2 h 5 min`, `3 d 4 h`. */
export function durationText(ms: number): string {
  if (ms < SECOND) return `${figureText(ms)} ms`;
  if (ms < MINUTE) return `${figureText(ms / SECOND)} s`;
  const pairs = [
    { unit: MINUTE, name: "min", part: SECOND, partName: "s", below: HOUR },
    { unit: HOUR, name: "h", part: MINUTE, partName: "min", below: DAY },
    { unit: DAY, name: "d", part: HOUR, partName: "h", below: Number.POSITIVE_INFINITY },
  ] as const;
  for (const { unit, name, part, partName, below } of pairs) {
    const rounded = Math.round(ms / part) * part;
    if (rounded >= below) continue;
    const rest = Math.round((rounded % unit) / part);
    const whole = `${countText(Math.floor(rounded / unit))} ${name}`;
    return rest === 0 ? whole : `${whole} ${rest} ${partName}`;
  }
  return `${figureText(ms / DAY)} d`;
}

/** Micro-units as tokens: `1,234.50`. */
export function tokensText(micro: number): string {
  const hundredths = Math.round((micro / MICRO_UNITS) * 100);
  const rest = String(hundredths % 100).padStart(2, "0");
  return `${countText(Math.floor(hundredths / 100))}.${rest}`;
}

/** `p = 0.034`, `p < 0.001`. */
export function chanceText(pValue: number): string {
  return pValue < 0.001 ? "p < 0.001" : `p = ${Number(pValue.toPrecision(2))}`;
}

/** A distance in standard errors: `1.24 SE`. */
export function deviationText(errors: number): string {
  return `${figureText(Math.round(errors * 100) / 100)} SE`;
}

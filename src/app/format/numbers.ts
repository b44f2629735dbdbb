/**
 * Numbers for people: counts, rates, shares, bytes. Rounds to what a reader can use; the exact
 * figures stand in the detail views.
 *
 * @module
 */

const counts = new Intl.NumberFormat("en");
const rough = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });
const STEPS = ["", "k", "M", "G", "T", "P", "E", "Z", "Y"] as const;

/** `1,234`. */
export function formatCount(value: number): string {
  return counts.format(value);
}

/** `1 paragraph`, `2 paragraphs`. */
export function plural(value: number, one: string, many: string = `${one}s`): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`;
}

/** Three significant digits with a metric prefix: `15.3 M`. */
export function formatMetric(value: number): string {
  if (!Number.isFinite(value)) return "–";
  let step = 0;
  let rest = Math.abs(value);
  while (rest >= 999.5 && step < STEPS.length - 1) {
    rest /= 1000;
    step += 1;
  }
  const sign = value < 0 ? "−" : "";
  return `${sign}${rough.format(rest)}${step === 0 ? "" : ` ${STEPS[step]}`}`;
}

/** Hashes a second: `43.1 MH/s`. */
export function formatRate(hashesPerSecond: number): string {
  const text = formatMetric(hashesPerSecond);
  const [figure, prefix = ""] = text.split(" ");
  return `${figure} ${prefix}H/s`;
}

/** Work, a decimal string of expected hashes, as `15.3 M hashes`. */
export function formatWork(work: string): string {
  return `${formatMetric(Number(work))} hashes`;
}

/** A share 0…1 as `12 %`, `< 1 %`, `0.4 %` stays `< 1 %`. */
export function formatShare(share: number): string {
  if (share <= 0) return "0 %";
  if (share < 0.01) return "< 1 %";
  if (share > 0.99 && share < 1) return "> 99 %";
  return `${Math.round(share * 100)} %`;
}

/** Bytes with a decimal unit: `1.2 MB`. */
export function formatBytes(sizeBytes: number): string {
  const text = formatMetric(sizeBytes);
  const [figure, prefix = ""] = text.split(" ");
  return `${figure} ${prefix === "k" ? "kB" : `${prefix}B`}`;
}

/** Chapter numbers; plain digits above 399. */
export function romanNumeral(value: number): string {
  if (!Number.isInteger(value) || value < 1 || value > 399) return String(value);
  const marks: readonly (readonly [number, string])[] = [
    [100, "C"],
    [90, "XC"],
    [50, "L"],
    [40, "XL"],
    [10, "X"],
    [9, "IX"],
    [5, "V"],
    [4, "IV"],
    [1, "I"],
  ];
  let rest = value;
  let text = "";
  for (const [size, mark] of marks) {
    while (rest >= size) {
      text += mark;
      rest -= size;
    }
  }
  return text;
}

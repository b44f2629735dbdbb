/**
 * Amounts arrive as decimal strings of micro-units; one token is 1,000,000 of them (ENC-3).
 *
 * @module
 */

const MICRO = 1_000_000n;
const grouped = new Intl.NumberFormat("en");

/** `12.5` tokens from `12500000` micro-units: exact, without trailing zeros. */
export function formatTokens(microUnits: string): string {
  const units = BigInt(microUnits);
  const fraction = (units % MICRO).toString().padStart(6, "0").replace(/0+$/, "");
  const whole = grouped.format(units / MICRO);
  return fraction === "" ? whole : `${whole}.${fraction}`;
}

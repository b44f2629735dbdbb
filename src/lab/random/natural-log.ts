/**
 * The natural logarithm in fixed point. `Math.log` may differ between engines in its last bit, which
 * would give one seed two histories; additions, multiplications and divisions of doubles may not
 * (IEEE 754), and nothing else is used here.
 *
 * @module
 */

/** Fraction bits of the results: they are whole multiples of 2^−32. */
const SCALE = 2 ** 32;
const TABLE_BITS = 8;
const TABLE_SIZE = 2 ** TABLE_BITS;

/** ln(x) for 1 ≤ x ≤ 2 by the series 2·Σ z^(2k+1)/(2k+1) with z = (x − 1)/(x + 1) ≤ 1/3. */
function logBySeries(x: number): number {
  const z = (x - 1) / (x + 1);
  const square = z * z;
  let power = z;
  let sum = 0;
  // 1/3^35 is below the last bit of a double near 1.
  for (let k = 1; k <= 35; k += 2) {
    sum += power / k;
    power *= square;
  }
  return 2 * sum;
}

const LN_2 = logBySeries(2);
/** ln(1 + i/256). */
const TABLE = Float64Array.from({ length: TABLE_SIZE }, (_, i) => logBySeries(1 + i / TABLE_SIZE));

/**
 * −ln((2u + 1) / 2^33) for a uniform 32-bit integer `u`, a multiple of 2^−32: an exponential variable of
 * mean 1 by inversion, as −ln(1 − U) is, and never infinite. Off by less than 2^−32.
 */
export function negativeLog(u: number): number {
  const x = 2 * u + 1;
  const high = Math.floor(x / 2);
  // clz32 counts within 32 bits; x has 33.
  const exponent = high === 0 ? 0 : 32 - Math.clz32(high);
  const mantissa = x / 2 ** exponent;
  const index = Math.floor((mantissa - 1) * TABLE_SIZE);
  const rest = mantissa / (1 + index / TABLE_SIZE) - 1;
  // Below 1/256, so that the fifth power is below 2^−40 and the terms suffice.
  const logOfRest = rest * (1 - rest * (1 / 2 - rest * (1 / 3 - rest * (1 / 4))));
  const log = exponent * LN_2 + (TABLE[index] ?? 0) + logOfRest;
  return Math.round((33 * LN_2 - log) * SCALE) / SCALE;
}

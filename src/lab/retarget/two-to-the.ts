/**
 * Powers of two with a fractional exponent, in integers alone: what an exponential difficulty rule needs
 * and what no two engines may compute differently.
 *
 * @module
 */

const FRACTION_BITS = 16n;
const ONE = 1n << FRACTION_BITS;
/** Beyond this, doubling a 256-bit target only meets its limit. */
const MAX_SHIFT = 512n;

/**
 * ⌊value · 2^(numerator / denominator)⌋ to within 0.013 %, by the cubic of Bitcoin Cash's aserti3-2d
 * (2^x ≈ 1 + 0.695502049·x + 0.2262698·x² + 0.0782318·x³ for 0 ≤ x < 1).
 */
export function twoToThe(value: bigint, numerator: bigint, denominator: bigint): bigint {
  const exponent = (numerator * ONE) / denominator - (isInexact(numerator, denominator) ? 1n : 0n);
  const shift = exponent >> FRACTION_BITS;
  const x = exponent - (shift << FRACTION_BITS);
  const factor =
    ONE +
    ((195_766_423_245_049n * x + 971_821_376n * x * x + 5_127n * x * x * x + (1n << 47n)) >> 48n);
  if (shift < -MAX_SHIFT) return 0n;
  const bounded = shift > MAX_SHIFT ? MAX_SHIFT : shift;
  const product = value * factor;
  return (bounded >= 0n ? product << bounded : product >> -bounded) >> FRACTION_BITS;
}

/** True when BigInt's division, which truncates, is above the floor. */
function isInexact(numerator: bigint, denominator: bigint): boolean {
  return numerator < 0n && (numerator * ONE) % denominator !== 0n;
}

/**
 * The Gini coefficient: how unequally something is spread. 0 when all have the same, (n − 1) ÷ n when one
 * has everything.
 *
 * @module
 */

/**
 * Gini coefficient of values ≥ 0 by G = 2 Σ i·x₍ᵢ₎ ÷ (n Σ x) − (n + 1) ÷ n over the ascending values;
 * `null` for no values, or when nobody has anything. Source: Sen, On Economic Inequality (1973), §2.
 */
export function giniOf(values: ArrayLike<number>): number | null {
  const sorted = Float64Array.from(values).sort();
  let sum = 0;
  let ranked = 0;
  sorted.forEach((value, index) => {
    sum += value;
    ranked += (index + 1) * value;
  });
  if (sum === 0) return null;
  const n = sorted.length;
  // Rounding may leave a trace below zero where all have the same.
  return Math.max(0, (2 * ranked) / (n * sum) - (n + 1) / n);
}

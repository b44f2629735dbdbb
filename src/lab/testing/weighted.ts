/**
 * A choice by weights of any kind, for records that tests make up.
 *
 * @module
 */
import type { Random } from "../random/random.ts";

/** Index of one of the weights, with a probability in proportion to it. */
export function weighted(random: Random, weights: readonly number[]): number {
  let left = random.unit() * weights.reduce((sum, weight) => sum + weight, 0);
  const index = weights.findIndex((weight) => {
    left -= weight;
    return weight > 0 && left < 0;
  });
  // Rounding may leave a last bit over.
  return index >= 0 ? index : weights.findLastIndex((weight) => weight > 0);
}

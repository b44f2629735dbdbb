/**
 * What selfish mining earns in theory. Source: I. Eyal and E. G. Sirer, Majority Is Not Enough: Bitcoin
 * Mining Is Vulnerable, Financial Cryptography 2014, equation (8) and observation 1.
 *
 * @module
 */

/**
 * Share of the honest hash rate that mines on the attacker's branch of a tie. Of two branches of equal
 * work everybody takes the one with the lower hash (FRK-1), which is the attacker's in one of two ties:
 * all of the honest hash rate then, and none otherwise. That gives the same revenue as one half always.
 */
export const TIE_BY_HASH = 0.5;

/**
 * Share of the blocks of the best chain that a selfish pool gets, for its share `alpha` (0 ≤ α < 1/2) of
 * the hash rate: R = (α(1−α)²(4α + γ(1−2α)) − α³) ÷ (1 − α(1 + (2−α)α)). It assumes one pool, no delays, a
 * fixed difficulty and no rest. From one half on the pool gets everything.
 */
export function selfishShare(alpha: number, gamma: number = TIE_BY_HASH): number {
  if (alpha >= 0.5) return 1;
  const gained = alpha * (1 - alpha) ** 2 * (4 * alpha + gamma * (1 - 2 * alpha)) - alpha ** 3;
  return gained / (1 - alpha * (1 + (2 - alpha) * alpha));
}

/** Share of the hash rate above which selfish mining pays: (1 − γ) ÷ (3 − 2γ), 1/4 here. */
export function selfishThreshold(gamma: number = TIE_BY_HASH): number {
  return (1 - gamma) / (3 - 2 * gamma);
}

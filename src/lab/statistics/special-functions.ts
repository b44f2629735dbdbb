/**
 * The two special functions that every tail here is made of. Press et al., Numerical Recipes, 3rd ed.,
 * §6.2 (incomplete gamma) and §6.4 (incomplete beta); relative error about 1e-10.
 *
 * @module
 */
import { gammaln } from "simple-statistics";

const PRECISION = 1e-14;
/** In place of a denominator of 0 (modified Lentz, §5.2). */
const TINY = 1e-300;
/** Far beyond what converges: both need about √a terms. */
const MAX_TERMS = 100_000;

function awayFromZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}

function lowerGammaBySeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n <= MAX_TERMS && Math.abs(term) > Math.abs(sum) * PRECISION; n += 1) {
    term *= x / (a + n);
    sum += term;
  }
  return sum * Math.exp(-x + a * Math.log(x) - gammaln(a));
}

function upperGammaByFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / awayFromZero(b);
  let fraction = d;
  for (let n = 1; n <= MAX_TERMS; n += 1) {
    const numerator = -n * (n - a);
    b += 2;
    d = 1 / awayFromZero(numerator * d + b);
    c = awayFromZero(b + numerator / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < PRECISION) break;
  }
  return fraction * Math.exp(-x + a * Math.log(x) - gammaln(a));
}

/** Upper regularised incomplete gamma function Q(a, x) = Γ(a, x) ÷ Γ(a), for a > 0 and x ≥ 0. */
export function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1;
  return x < a + 1 ? 1 - lowerGammaBySeries(a, x) : upperGammaByFraction(a, x);
}

function betaByFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  const step = (numerator: number): number => {
    d = 1 / awayFromZero(1 + numerator * d);
    c = awayFromZero(1 + numerator / c);
    fraction *= d * c;
    return d * c;
  };
  for (let m = 1; m <= MAX_TERMS; m += 1) {
    const at = a + 2 * m;
    step((m * (b - m) * x) / ((at - 1) * at));
    if (Math.abs(step((-(a + m) * (a + b + m) * x) / (at * (at + 1))) - 1) < PRECISION) break;
  }
  return fraction;
}

/** Regularised incomplete beta function I_x(a, b), for a, b > 0 and 0 ≤ x ≤ 1. */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const logFront = gammaln(a + b) - gammaln(a) - gammaln(b) + a * Math.log(x) + b * Math.log1p(-x);
  const front = Math.exp(logFront);
  return x < (a + 1) / (a + b + 2)
    ? (front * betaByFraction(x, a, b)) / a
    : 1 - (front * betaByFraction(1 - x, b, a)) / b;
}

/**
 * Which words of the recovery phrase are asked for. Chance comes in as an argument.
 *
 * @module
 */

/** `count` different positions below `length`, rising; `random` gives numbers in [0, 1). */
export function pickPositions(
  length: number,
  count: number,
  random: () => number,
): readonly number[] {
  const rest = Array.from({ length }, (_, index) => index);
  const picked: number[] = [];
  while (picked.length < count && rest.length > 0) {
    picked.push(...rest.splice(Math.floor(random() * rest.length), 1));
  }
  return picked.sort((a, b) => a - b);
}

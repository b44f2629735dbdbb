/** @module The tables of BLAKE3 (its specification, section 2) that both WebAssembly generators read. */

/** Initial chaining value; its first half also starts the third row of every compression. */
export const IV = [
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
];

/** State indices of a round's eight G functions: four columns, then four diagonals. */
export const G_INDICES = [
  [0, 4, 8, 12],
  [1, 5, 9, 13],
  [2, 6, 10, 14],
  [3, 7, 11, 15],
  [0, 5, 10, 15],
  [1, 6, 11, 12],
  [2, 7, 8, 13],
  [3, 4, 9, 14],
];

const MESSAGE_PERMUTATION = [2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8];
const ROUNDS = 7;

/** For each round, the message words in the order in which its G functions take them, two each. */
export const MESSAGE_SCHEDULES = Array.from({ length: ROUNDS - 1 }).reduce(
  (schedules) => [...schedules, MESSAGE_PERMUTATION.map((index) => schedules.at(-1)[index])],
  [MESSAGE_PERMUTATION.map((_, index) => index)],
);

/**
 * The built-in writer's own sentences for what only a codex can name: a place by its name (`{place}`)
 * and a rule of the story, quoted (`{rule}`). The other slots are those of `turns.ts`. Changing a word
 * here changes the algorithm's hash.
 *
 * @module
 */

/** First sentences that say where. */
export const PLACE_OPENINGS: readonly string[] = [
  "Nobody in {place} slept that night, and {A} least of all.",
  "{A} had not been back to {place} since the frost.",
  "In {place} it was already evening.",
  "Word had reached {place} before {A} did.",
  "A letter had come from {place}, and {A} read it standing.",
  "It was from {place} that the {object} had come, and {A} knew better than to say so.",
  "“They tell it otherwise in {place},” said {B}.",
  "All the clocks in {place} had stopped at the hour when {A} was born.",
  "The road to {place} was open again, and nobody had opened it.",
  "{A} knew {place} by its sounds, and this was not one of them.",
];

/** Middle sentences about a place or a rule. */
export const CODEX_BEATS: readonly string[] = [
  "“Have you ever been to {place}?” asked {B}. “Not yet,” said {A}, “but I remember it.”",
  "Far off, in the direction of {place}, something was being hammered shut.",
  "{A} thought of {place}, and of who would be lighting the lamps there now.",
  "There was dust on the {thing}, and it was the dust of {place}.",
  "“It is a long way to {place},” said {B}. “It was longer yesterday,” said {A}.",
  "The wind came from {place} and had something to say about it.",
  "{A} had once seen a map on which {place} was marked in red, and twice.",
  "“{rule},” said {B}, as others say good night.",
  "Someone had painted it on the wall, long ago, in letters a hand high: {rule}.",
  "{A} said it under {his} breath, as every child there was taught to: {rule}.",
  "“You know how it goes,” said {B}. “{rule}.”",
  "One thing was agreed on, even by those who agreed on nothing: {rule}.",
];

/** Every turn of the codex, for the algorithm's hash. */
export const ALL_CODEX_TURNS: readonly string[] = [...PLACE_OPENINGS, ...CODEX_BEATS];

/**
 * Whom and what a paragraph is about: two of the cast, or somebody who comes in, and the nouns of its
 * turns. The codex has its say here: its characters come in before the writer invents anyone. What an
 * empty codex cannot offer draws no chance, so that its texts are those of the writer without one.
 *
 * @module
 */
import type { CanonReading } from "./canon-reading.ts";
import type { Person } from "./cast-reading.ts";
import type { SeededChance } from "./seeded-chance.ts";
import type { TurnFillings } from "./turn-filling.ts";

/** One or two people, and which of them the story has not met. */
export interface People {
  readonly first: Person;
  readonly second?: Person;
  readonly newcomer?: "first" | "second";
}

/** The people of one paragraph. */
export function choosePeople(
  { cast, wings, ownCast, isFirst }: CanonReading,
  chance: SeededChance,
): People {
  const [most, next, ...others] = cast;
  if (most === undefined) {
    return { first: oneOf(wings, chance) ?? ownCast[0], newcomer: "first" };
  }
  if (next === undefined) {
    const stranger =
      oneOf(wings, chance) ??
      ownCast.find(({ name, pronoun }) => name !== most.name && pronoun !== most.pronoun) ??
      ownCast[1];
    if (stranger.name !== most.name && chance.below(isFirst ? 4 : 2) === 0)
      return { first: most, second: stranger, newcomer: "second" };
    return { first: most };
  }
  const comer = wings.length > 0 && chance.below(3) === 0 ? oneOf(wings, chance) : undefined;
  if (comer !== undefined) return { first: most, second: comer, newcomer: "second" };
  const second = others.length > 0 && chance.below(3) === 0 ? chance.pick([next, ...others]) : next;
  return chance.below(5) < 3 ? { first: most, second } : { first: second, second: most };
}

/** The nouns of one paragraph's turns. */
export function chooseFillings(
  reading: CanonReading,
  chance: SeededChance,
  { first, second }: People,
): TurnFillings {
  const object = early(reading.objects, chance);
  const [fixture, ...fixtures] = reading.fixtures;
  const thing =
    fixture !== undefined && chance.below(3) === 0 ? early([fixture, ...fixtures], chance) : object;
  const scene = early(reading.scenes, chance);
  const place = oneOf(reading.places, chance);
  const rule = oneOf(reading.rules, chance);
  return {
    first,
    ...(second === undefined ? {} : { second }),
    object,
    thing,
    scene,
    ...(place === undefined ? {} : { place }),
    ...(rule === undefined ? {} : { rule }),
  };
}

/** One of a list that may be empty; then no chance is drawn. */
function oneOf<T>([item, ...items]: readonly T[], chance: SeededChance): T | undefined {
  return item === undefined ? undefined : chance.pick([item, ...items]);
}

/** One of the list, the earlier ones much likelier than the later. */
function early<T>(items: readonly [T, ...T[]], chance: SeededChance): T {
  const draws = [
    chance.below(items.length),
    chance.below(items.length),
    chance.below(items.length),
  ];
  return items[Math.min(...draws)] ?? items[0];
}

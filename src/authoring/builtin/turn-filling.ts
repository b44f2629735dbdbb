/**
 * Fills the slots of the writer's own sentences and keeps them fresh: a turn whose wording the last
 * pages already have is not offered again.
 *
 * @module
 */
import type { Person } from "./cast-reading.ts";
import { STOP_WORDS } from "./lexicon.ts";
import { capitalise, wordsOf } from "./plain-text.ts";
import { formsOf } from "./pronoun-swap.ts";

/** Who and what a turn may speak of; a turn that needs more is not offered. */
export interface TurnFillings {
  readonly first: Person;
  readonly second?: Person;
  readonly object: string;
  /** An object or a fixture. */
  readonly thing: string;
  readonly scene: string;
  /** A place of the codex by its name, with its article. */
  readonly place?: string;
  /** A rule of the codex, to be quoted. */
  readonly rule?: string;
}

const SLOT = /\{([A-Za-z.]+)\}/g;

/**
 * The sentence with its slots filled and its first letters capital; null when a slot has no filling
 * or a filling is a noun that the turn already has.
 */
export function fillTurn(turn: string, fillings: TurnFillings): string | null {
  const { object, thing, scene } = fillings;
  // "Turned the key twice, once for the key": a noun of the turn's own must not meet itself.
  const own = wordsOf(turn.replace(SLOT, " "));
  let possible = ![object, thing, scene]
    .flatMap(wordsOf)
    .some((word) => own.includes(word) && !STOP_WORDS.has(word));
  const filled = turn.replace(SLOT, (_slot, name: string, at: number) => {
    const value = valueOf(name, fillings);
    if (value === undefined) possible = false;
    return startsSentence(turn, at) ? capitalise(value ?? "") : (value ?? "");
  });
  return possible ? filled : null;
}

function valueOf(
  slot: string,
  { first, second, object, thing, scene, place, rule }: TurnFillings,
): string | undefined {
  const forms = formsOf(first.pronoun);
  switch (slot) {
    case "A":
      return first.name;
    case "B":
      return second?.name;
    case "B.his":
      return second === undefined ? undefined : formsOf(second.pronoun).possessive;
    case "he":
      return forms.subject;
    case "him":
      return forms.object;
    case "his":
      return forms.possessive;
    case "theirs":
      return forms.standalone;
    case "himself":
      return forms.reflexive;
    case "was":
      return first.pronoun === "n" ? "were" : "was";
    case "object":
      return object;
    case "thing":
      return thing;
    case "scene":
      return scene;
    case "place":
      return place;
    case "rule":
      return rule;
    default:
      return undefined;
  }
}

function startsSentence(turn: string, at: number): boolean {
  const before = turn.slice(0, at).replace(/“$/, "");
  return before === "" || /[.!?]”? $/.test(before);
}

/** True when the turn's own words, slots aside, stand in the text already. */
export function isWorn(turn: string, phraseText: string): boolean {
  const fragments = turn.split(SLOT).filter((_part, index) => index % 2 === 0);
  return fragments
    .map(wordsOf)
    .some((words) => words.length >= 3 && phraseText.includes(` ${words.join(" ")} `));
}

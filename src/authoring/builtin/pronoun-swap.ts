/**
 * Gives a retrieved sentence to somebody else: names into slots, "he" into "she" or "they", and a
 * name instead of the first pronoun when the reader could not know who is meant.
 *
 * @module
 */
import type { Person, Pronoun } from "./cast-reading.ts";
import { capitalise } from "./plain-text.ts";

interface Forms {
  readonly subject: string;
  readonly object: string;
  readonly possessive: string;
  readonly standalone: string;
  readonly reflexive: string;
}

const FORMS: Readonly<Record<Pronoun, Forms>> = {
  m: { subject: "he", object: "him", possessive: "his", standalone: "his", reflexive: "himself" },
  f: { subject: "she", object: "her", possessive: "her", standalone: "hers", reflexive: "herself" },
  n: {
    subject: "they",
    object: "them",
    possessive: "their",
    standalone: "theirs",
    reflexive: "themself",
  },
};

/** The pronoun's forms, for templates. */
export function formsOf(pronoun: Pronoun): Forms {
  return FORMS[pronoun];
}

/** "Mara’s", "James’s", "the keeper’s". */
export function possessiveOf(name: string): string {
  return `${name}’s`;
}

const OBJECT_AFTER =
  /^(?:[.,;:!?—”]|$| (?:and|to|in|with|for|as|at|that|but|on|from|when|if|by|or|up|down|into|out|off|back|away|so|a|an|the|then|again|not|who|how|what|through|over|under|with|without|while|till|until|before|after|like|than|about|round|along|upon|only|very|still|now|more|nothing|no|too|here|there|this|almost|was|were|had|quite)\b)/;

const MALE_TRAITS =
  /\b(?:beard|bearded|moustaches?|mustache|whiskers|bald|shaven|waistcoat|trousers|trowsers|braces|necktie)\b/;
const FEMALE_TRAITS = /\b(?:bonnet|gown|gowns|petticoats?|skirts?|bodice|apron|corset|shawl)\b/;

/** True when the sentence's man (or woman) can be played by somebody with that pronoun. */
export function canPlay(text: string, role: "m" | "f", player: Pronoun): boolean {
  if (role === player) return true;
  if ((role === "m" ? MALE_TRAITS : FEMALE_TRAITS).test(text)) return false;
  // "They" needs its verbs in the plural; the one reliable case in past narration is was → were.
  return player !== "n" || !/\b(?:s?he|@[mf])\b[^.,;]*\b(?:has|is)\b/.test(text);
}

/**
 * Rewrites the narration of `text` so that its `role` is `player`. With `introduce` the first
 * pronoun becomes the name, unless a slot names the player before it; without, a leading name becomes
 * the pronoun.
 */
export function recast(text: string, role: "m" | "f", player: Person, introduce: boolean): string {
  const from =
    role === "m"
      ? /\b([Hh]e|[Hh]im|[Hh]is|[Hh]imself)\b/g
      : /\b([Ss]he|[Hh]er|[Hh]ers|[Hh]erself)\b/g;
  const slot = `@${role}`;
  const forms = FORMS[player.pronoun];
  let named = !introduce;
  // A name that the sentence before already gave need not be said again at the head of the next.
  const leading = new RegExp(`(^|[.!?]”? )${slot}(’s)?(?![^“]*”|,| [a-z]+ing\\b| who\\b)`, "g");
  let led = !introduce;
  function shortenLeading(all: string, before: string, possessive: string | undefined): string {
    if (!led) {
      led = true;
      return all;
    }
    return before + capitalise(possessive === undefined ? forms.subject : forms.possessive);
  }
  const spoken = player.pronoun === "n" ? text : text.replace(leading, shortenLeading);
  return spoken
    .split(/(“[^”]*”)/)
    .map((part) => (part.startsWith("“") ? part : recastNarration(part)))
    .join("")
    .replace(/(?:^|[.!?] )[a-z]/g, (start) => start.slice(0, -1) + capitalise(start.slice(-1)));

  function recastNarration(part: string): string {
    const pieces = part.split(new RegExp(`(${slot})`));
    return pieces
      .map((piece) => {
        if (piece === slot) {
          named = true;
          return player.name;
        }
        const swapped = piece.replace(from, (word: string, _group: string, at: number) => {
          const kind = kindOf(word, piece.slice(at + word.length));
          if (!named && kind !== "reflexive") {
            named = true;
            return kind === "possessive" ? possessiveOf(player.name) : player.name;
          }
          const form = forms[kind];
          return /^[A-Z]/.test(word) ? capitalise(form) : form;
        });
        return player.pronoun === "n" ? pluralVerbs(swapped) : swapped;
      })
      .join("");
  }
}

function kindOf(word: string, rest: string): keyof Forms {
  switch (word.charAt(0) === "H" ? `h${word.slice(1)}` : word) {
    case "he":
    case "she":
    case "She":
      return "subject";
    case "him":
      return "object";
    case "himself":
    case "herself":
      return "reflexive";
    case "hers":
      return "standalone";
    case "her":
      return OBJECT_AFTER.test(rest) ? "object" : "possessive";
    default:
      return /^(?:[.,;:!?]|$)/.test(rest) ? "standalone" : "possessive";
  }
}

function pluralVerbs(text: string): string {
  return text
    .replace(
      /\b([Tt]hey(?: (?:never|always|still|also|only|then|now|certainly|really|too))?) was(n’t)?\b/g,
      "$1 were$2",
    )
    .replace(/\b([Ww])as they\b/g, "$1ere they");
}

/**
 * Finds the people of a story in its text: names by capital letters and neighbours, pronouns by
 * evidence. Guesses must be cautious: to call nobody by name is better than to call a street
 * "she", so whoever is unclear stays "they".
 *
 * @module
 */
import { MEN, ROLES, STOP_WORDS, TITLES, WOMEN } from "./lexicon.ts";
import { lower } from "./plain-text.ts";

/** Which pronoun a person takes: he, she or they. */
export type Pronoun = "m" | "f" | "n";

/** One of the cast as the text calls them. */
export interface Person {
  /** Mid-sentence form: `Mara`, `the keeper`. */
  readonly name: string;
  readonly pronoun: Pronoun;
}

interface Candidate {
  readonly name: string;
  readonly order: number;
  mentions: number;
  inSentence: number;
  placed: number;
  lastPage: number;
  /** Positive leans to he, negative to she. */
  leaning: number;
  verb: boolean;
}

const NAME = /^[A-ZÀ-ÖØ-ÞŁŠŽČŚŻĐŌŪĀĒĪ][a-zß-öø-ÿĀ-ſ]+(?:[-'’][A-Za-zß-öø-ÿĀ-ſ]+)*$/;
const TOKEN = /[A-Za-zÀ-ÖØ-öø-ſ]+(?:['’-][A-Za-zÀ-ÖØ-öø-ſ]+)*|[^ \t\n\u3000]/g;
const NEVER_NAMES: ReadonlySet<string> = new Set(
  "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december christmas easter god heaven hell english french german italian spanish russian chinese japanese american british european latin greek roman irish scottish dutch arctic antarctic atlantic pacific mediterranean baltic earth sun moon mars venus jupiter saturn oh ah yes okay hello goodbye please nobody somebody everyone everybody north south east west internet".split(
    " ",
  ),
);
const PLACE_BEFORE: ReadonlySet<string> = new Set(
  "in near into through beyond across outside inside around over under".split(" "),
);
const MAYBE_PLACE_BEFORE: ReadonlySet<string> = new Set("of from to at".split(" "));
const SPEECH =
  /^(?:was|had|said|did|could|would|has|asked|went|came|took|knew|saw|stood|sat|kept|heard|[a-z]{2,}ed)$/;

/** What may follow a name in the middle of a sentence; a noun would make it an adjective. */
const FRAME = /^(?:[,.;:!?—’”]|and|or|who|whom|with|for|by|as|but|when|while)$/;

/** Reads the cast from the premise and the canon (oldest first), the most present people first. */
export function readCast(
  pages: readonly string[],
  isCommonWord: (word: string) => boolean,
): Person[] {
  const found = new Map<string, Candidate>();
  const roles = new Map<string, Candidate>();
  const aliases = new Map<string, string>();
  pages.forEach((page, pageIndex) => readPage(page, pageIndex, { found, roles, aliases }));
  const people = [...found.values()].filter((person) => isPerson(person, isCommonWord));
  const byName = people.length >= 2 ? people : [...people, ...roles.values()];
  const last = pages.length - 1;
  const presence = (person: Candidate): number =>
    Math.min(person.mentions, 6) +
    (last - person.lastPage < 2 ? 4 : 0) +
    (person.order < 10_000 ? 3 : 0);
  return byName
    .toSorted((a, b) => presence(b) - presence(a) || a.order - b.order)
    .map((person) => ({ name: person.name.replaceAll("'", "’"), pronoun: pronounOf(person) }));
}

interface Findings {
  readonly found: Map<string, Candidate>;
  readonly roles: Map<string, Candidate>;
  /** A second name ("Okoro") to the name its bearer goes by. */
  readonly aliases: Map<string, string>;
}

function readPage(page: string, pageIndex: number, { found, roles, aliases }: Findings): void {
  const tokens = page.match(TOKEN) ?? [];
  let current: Candidate | undefined;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] ?? "";
    const small = lower(token);
    if (current !== undefined && /^(?:he|him|his|himself)$/.test(small)) {
      current.leaning += pageIndex === 0 ? 3 : 1;
      current = undefined;
      continue;
    }
    if (current !== undefined && /^(?:she|her|hers|herself)$/.test(small)) {
      current.leaning -= pageIndex === 0 ? 3 : 1;
      current = undefined;
      continue;
    }
    const order = pageIndex * 10_000 + i;
    // Only the premise: a ferryman in a figure of speech must not join the cast.
    if (pageIndex === 0 && ROLES.has(small) && token === small && standsAlone(tokens, i)) {
      const role = touch(roles, `the ${token}`, order, pageIndex);
      const kind = ROLES.get(small);
      role.leaning = kind === "m" ? 9 : kind === "f" ? -9 : role.leaning;
      continue;
    }
    if (!couldBeName(token)) continue;
    let end = i;
    while (couldBeName(tokens[end + 1] ?? "") && end - i < 2 && !isPossessive(tokens[end] ?? ""))
      end++;
    const first = bare(token);
    const name = aliases.get(first) ?? first;
    if (end > i) for (let k = i + 1; k <= end; k++) aliases.set(bare(tokens[k] ?? ""), name);
    const previous = tokens[i - 1] ?? "";
    const title = TITLES.get(previous);
    const atStart = title === undefined && (i === 0 || /^[.!?:“"‘—…(]$/.test(previous));
    if (/^(?:the|a|an|The|A|An)$/.test(previous)) continue;
    // A first word in a quotation is capital whatever it is, and says nothing.
    if (atStart && end === i && /^[“"‘]$/.test(previous) && !found.has(name)) continue;
    const person = touch(found, name, order, pageIndex);
    if (!atStart || end > i) person.inSentence++;
    if (PLACE_BEFORE.has(previous)) person.placed += 2;
    if (MAYBE_PLACE_BEFORE.has(previous)) person.placed += 1;
    if (
      (!atStart && FRAME.test(tokens[end + 1] ?? "")) ||
      SPEECH.test(tokens[end + 1] ?? "") ||
      /^(?:said|asked|named|called|replied)$/.test(previous)
    )
      person.verb = true;
    const kind =
      title ??
      ROLES.get(lower(previous)) ??
      (/^(?:named|called)$/.test(previous) ? ROLES.get(lower(tokens[i - 2] ?? "")) : undefined);
    if (kind !== undefined) {
      person.leaning += kind === "m" ? 6 : kind === "f" ? -6 : 0;
      person.verb = true;
    }
    current = person;
    i = end;
  }
}

function touch(into: Map<string, Candidate>, name: string, order: number, page: number): Candidate {
  let person = into.get(name);
  if (person === undefined) {
    person = {
      name,
      order,
      mentions: 0,
      inSentence: 0,
      placed: 0,
      lastPage: page,
      leaning: 0,
      verb: false,
    };
    into.set(name, person);
  }
  person.mentions++;
  person.lastPage = page;
  return person;
}

/** "the keeper", but not "the keeper, Mara", "a girl named Pell", "Dario, the engineer". */
function standsAlone(tokens: readonly string[], at: number): boolean {
  const before = tokens.slice(Math.max(0, at - 3), at);
  const after = tokens[at + 1] ?? "";
  if (!before.some((word) => /^(?:the|a|an|The|A|An|old|young)$/.test(word))) return false;
  if (couldBeName(after) || /^(?:named|called|['’])$/.test(after)) return false;
  if (after === "," && couldBeName(tokens[at + 2] ?? "")) return false;
  return !before.some(
    (word, index) => word === "," && couldBeName(tokens[at - before.length + index - 1] ?? ""),
  );
}

function couldBeName(token: string): boolean {
  if (token.length < 2 || token.length > 20 || !NAME.test(token)) return false;
  const small = lower(bare(token));
  return !STOP_WORDS.has(small) && !NEVER_NAMES.has(small) && !TITLES.has(token);
}

function isPossessive(token: string): boolean {
  return /['’]s$/.test(token);
}

function bare(token: string): string {
  return token.replace(/['’]s$/, "");
}

function isPerson(person: Candidate, isCommonWord: (word: string) => boolean): boolean {
  const small = lower(person.name);
  const listed = WOMEN.includes(small) || MEN.includes(small);
  if (person.inSentence === 0) {
    if (isCommonWord(small) || small.endsWith("ly") || small.endsWith("ing")) return false;
    if (!listed && (!person.verb || (small.endsWith("s") && person.mentions < 2))) return false;
  }
  if (listed) return person.placed < 2 * person.mentions;
  if (person.placed * 2 > person.mentions && person.leaning === 0) return false;
  return person.verb || person.mentions > 1 || person.leaning !== 0;
}

/** The pronoun that a name alone suggests. */
export function pronounOfName(name: string): Pronoun {
  return pronounOf({ name, leaning: 0 });
}

function pronounOf(person: Pick<Candidate, "name" | "leaning">): Pronoun {
  const small = lower(person.name);
  let leaning = person.leaning;
  if (WOMEN.includes(small)) leaning -= 4;
  else if (MEN.includes(small)) leaning += 4;
  else if (/[^aeiou]i?a$/.test(small)) leaning -= 2;
  else if (/[^aeiou]i?o$/.test(small)) leaning += 2;
  return leaning >= 2 ? "m" : leaning <= -2 ? "f" : "n";
}

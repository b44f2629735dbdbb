/**
 * Makes one paragraph: an opening turn, retrieved passages given to the cast, perhaps a beat, a
 * closing turn. Several candidates are made and judged; what would repeat the canon or break the
 * paragraph rule is left out before it is written.
 *
 * @module
 */
import { utf8Encode } from "../../kernel/bytes.ts";
import { PARAGRAPH_MAX_BYTES } from "../../kernel/limits.ts";
import { countWords } from "../../kernel/text.ts";
import { type CanonReading, REPEAT_WORDS } from "./canon-reading.ts";
import { chooseFillings, choosePeople, type People } from "./casting.ts";
import { CODEX_BEATS, PLACE_OPENINGS } from "./codex-turns.ts";
import type { CorpusIndex } from "./corpus-index.ts";
import {
  bestStarts,
  cutPassage,
  type Passage,
  type SentenceScores,
  scoreSentences,
} from "./passage-choice.ts";
import { shingles } from "./plain-text.ts";
import { canPlay, recast } from "./pronoun-swap.ts";
import type { SeededChance } from "./seeded-chance.ts";
import { fillTurn, isWorn, type TurnFillings } from "./turn-filling.ts";
import {
  ARRIVAL_TURNS,
  BEAT_TURNS,
  CLOSING_TURNS,
  MEETING_TURNS,
  OPENING_TURNS,
  SHORT_TURNS,
} from "./turns.ts";

const CANDIDATES = 12;
const STARTS = 320;
const PASSAGE_TRIES = 24;
/** Words a paragraph aims at when the story allows them. */
const WANTED_WORDS = { least: 66, most: 108 } as const;

interface Sketch {
  readonly parts: string[];
  words: number;
  bytes: number;
  score: number;
  /** Run-of-five words already in this paragraph. */
  readonly said: Set<string>;
  lastNamed: string;
  /** Somebody speaks in a retrieved passage; once is enough. */
  hasSpeech: boolean;
  /** One of the chosen people is named. */
  namesSomeone: boolean;
}

/** The best of several candidate paragraphs; always 1 to `maxWords` words and ≤ 1,600 bytes. */
export function compose(
  index: CorpusIndex,
  reading: CanonReading,
  chance: SeededChance,
  maxWords: number,
): string {
  const scores = scoreSentences(index, reading);
  const starts = bestStarts(index, scores, STARTS);
  let best: Sketch | undefined;
  for (let i = 0; i < CANDIDATES; i++) {
    const sketch = sketchParagraph({ index, reading, chance, scores, starts, maxWords });
    if (sketch.words > 0 && (best === undefined || judge(sketch, maxWords) > judge(best, maxWords)))
      best = sketch;
  }
  return best?.parts.join(" ") ?? shortest(reading, chance, maxWords);
}

interface Desk {
  readonly index: CorpusIndex;
  readonly reading: CanonReading;
  readonly chance: SeededChance;
  readonly scores: SentenceScores;
  readonly starts: readonly number[];
  readonly maxWords: number;
}

function sketchParagraph(desk: Desk): Sketch {
  const { reading, chance, maxWords } = desk;
  const sketch: Sketch = {
    parts: [],
    words: 0,
    bytes: 0,
    score: 0,
    said: new Set(),
    lastNamed: "",
    hasSpeech: false,
    namesSomeone: false,
  };
  const budget = Math.min(maxWords, WANTED_WORDS.most);
  const people = choosePeople(reading, chance);
  const fillings = chooseFillings(reading, chance, people);
  const last = chance.below(2) === 0 ? fillings : chooseFillings(reading, chance, people);
  const closing = freshTurn(CLOSING_TURNS, last, desk, Math.min(24, budget - 8));
  const reserve = closing === null ? 0 : countWords(closing);

  if (people.newcomer === "first") addTurn(sketch, desk, ARRIVAL_TURNS, fillings, budget - reserve);
  else if (people.newcomer === "second")
    addTurn(sketch, desk, MEETING_TURNS, fillings, budget - reserve);
  else addTurn(sketch, desk, openingTurns(reading, chance), fillings, budget - reserve);
  const wantsBeat = chance.below(4) !== 0;
  const beats = wantsBeat ? beatTurns(reading, chance) : [];
  const beatFirst = chance.below(2) === 0;
  if (wantsBeat && beatFirst) addTurn(sketch, desk, beats, fillings, budget - reserve - 20);
  const near = addPassage(sketch, desk, people, budget - reserve, desk.starts);
  if (wantsBeat && !beatFirst) addTurn(sketch, desk, beats, fillings, budget - reserve);
  if (near !== null && (!wantsBeat || !beatFirst || chance.below(2) === 0)) {
    addPassage(sketch, desk, people, budget - reserve, startsAfter(desk, near));
  }
  if (closing !== null) add(sketch, closing, desk);
  const { first, second } = people;
  sketch.namesSomeone = sketch.parts.some(
    (part) => part.includes(first.name) || (second !== undefined && part.includes(second.name)),
  );
  return sketch;
}

/** A codex with places and rules has a part of the turns to itself; without them no chance is drawn. */
function openingTurns({ places }: CanonReading, chance: SeededChance): readonly string[] {
  return places.length > 0 && chance.below(3) === 0 ? PLACE_OPENINGS : OPENING_TURNS;
}

function beatTurns({ places, rules }: CanonReading, chance: SeededChance): readonly string[] {
  return places.length + rules.length > 0 && chance.below(2) === 0 ? CODEX_BEATS : BEAT_TURNS;
}

function freshTurn(
  turns: readonly string[],
  fillings: TurnFillings,
  { reading, chance }: Desk,
  maxWords: number,
): string | null {
  for (let i = 0; i < 16; i++) {
    const turn = turns[chance.below(turns.length)] ?? "";
    if (isWorn(turn, reading.phraseText)) continue;
    const text = fillTurn(turn, fillings);
    if (text !== null && countWords(text) <= maxWords && !repeats(text, reading.said)) return text;
  }
  return null;
}

function addTurn(
  sketch: Sketch,
  desk: Desk,
  turns: readonly string[],
  fillings: TurnFillings,
  upTo: number,
): void {
  const text = freshTurn(turns, fillings, desk, upTo - sketch.words);
  if (text === null || !add(sketch, text, desk)) return;
  sketch.score += 12;
  const { first, second } = fillings;
  const firstAt = text.lastIndexOf(first.name);
  const secondAt = second === undefined ? -1 : text.lastIndexOf(second.name);
  if (firstAt >= 0 && secondAt >= 0) sketch.lastNamed = "";
  else if (secondAt >= 0) sketch.lastNamed = second?.name ?? "";
  else if (firstAt >= 0) sketch.lastNamed = first.name;
}

function repeats(text: string, said: ReadonlySet<string>): boolean {
  return shingles(text, REPEAT_WORDS).some((run) => said.has(run));
}

function add(sketch: Sketch, text: string, { reading, maxWords }: Desk): boolean {
  const words = countWords(text);
  const bytes = utf8Encode(text).length + 1;
  if (sketch.words + words > maxWords || sketch.bytes + bytes > PARAGRAPH_MAX_BYTES) return false;
  // Runs across the joint count too: the canon is compared as a whole.
  const joined = [...sketch.parts.slice(-1), text].join(" ");
  if (repeats(joined, reading.said) || repeats(text, sketch.said)) return false;
  for (const run of shingles(text, REPEAT_WORDS)) sketch.said.add(run);
  sketch.parts.push(text);
  sketch.words += words;
  sketch.bytes += bytes;
  return true;
}

function addPassage(
  sketch: Sketch,
  desk: Desk,
  people: People,
  upTo: number,
  starts: readonly number[],
): number | null {
  const room = Math.min(50, upTo - sketch.words);
  if (starts.length === 0 || room < 6) return null;
  for (let i = 0; i < PASSAGE_TRIES; i++) {
    const start =
      starts[Math.min(desk.chance.below(starts.length), desk.chance.below(starts.length))] ?? 0;
    const passage = cutPassage(desk.index, desk.scores, start, {
      maxWords: room,
      chance: desk.chance,
    });
    const cast = passage === null ? null : castPassage(passage, people, sketch.lastNamed);
    if (passage === null || cast === null) continue;
    const speaks = passage.sentences.some((sentence) => sentence.hasSpeech);
    if ((speaks && sketch.hasSpeech) || !add(sketch, cast.text, desk)) continue;
    sketch.hasSpeech ||= speaks;
    sketch.score += passage.score;
    sketch.lastNamed = cast.lastNamed;
    return passage.firstIndex + passage.sentences.length;
  }
  return null;
}

/** Starting places a little further on in the same source, so that the scene keeps its weather. */
function startsAfter({ index, scores }: Desk, from: number): number[] {
  const near: number[] = [];
  for (let i = from; i < Math.min(from + 90, index.sentences.length); i++) {
    if (index.sentences[i]?.follows === false && (scores[i] ?? 0) > -10) near.push(i);
  }
  return near.toSorted((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b).slice(0, 24);
}

function castPassage(
  passage: Passage,
  { first, second }: People,
  lastNamed: string,
): { text: string; lastNamed: string } | null {
  const source = passage.sentences.map(({ text }) => text).join(" ");
  if (!passage.hasMan && !passage.hasWoman) return { text: source, lastNamed: "" };
  if (passage.hasMan && passage.hasWoman) {
    const man = [first, second].find((person) => person?.pronoun === "m");
    const woman = [first, second].find((person) => person?.pronoun === "f");
    if (man === undefined || woman === undefined) return null;
    return { text: recast(recast(source, "m", man, true), "f", woman, true), lastNamed: "" };
  }
  const role = passage.hasMan ? "m" : "f";
  const player = second !== undefined && second.name === lastNamed ? second : first;
  if (!canPlay(source, role, player.pronoun)) return null;
  const [opening] = passage.sentences;
  const introduce =
    lastNamed !== player.name || player.pronoun === "n" || !(opening.hasMan || opening.hasWoman);
  return { text: recast(source, role, player, introduce), lastNamed: player.name };
}

function judge(sketch: Sketch, maxWords: number): number {
  const least = Math.min(WANTED_WORDS.least, Math.trunc(maxWords * 0.6));
  const missing = Math.max(0, least - sketch.words) * 4 + (sketch.namesSomeone ? 0 : 200);
  return sketch.score - missing;
}

/** For word limits that leave no room for a turn. */
function shortest({ cast, ownCast }: CanonReading, chance: SeededChance, maxWords: number): string {
  const person = cast[0] ?? ownCast[0];
  const turn = SHORT_TURNS[chance.below(SHORT_TURNS.length)] ?? "";
  const text = (fillTurn(turn, { first: person, object: "", thing: "", scene: "" }) ?? "")
    .split(" ")
    .slice(0, maxWords);
  return text.length > 0 ? text.join(" ") : "Silence.";
}

/**
 * Chooses what to retrieve: scores every corpus sentence against the story, then cuts passages of
 * one to three neighbouring sentences. Integers only; ties fall to the earlier sentence.
 *
 * @module
 */
import type { CanonReading } from "./canon-reading.ts";
import type { CorpusIndex, CorpusSentence } from "./corpus-index.ts";
import type { SeededChance } from "./seeded-chance.ts";

/** Neighbouring sentences of one run, to be used together. */
export interface Passage {
  readonly sentences: readonly [CorpusSentence, ...CorpusSentence[]];
  readonly firstIndex: number;
  readonly words: number;
  readonly hasMan: boolean;
  readonly hasWoman: boolean;
  readonly score: number;
}

/** What each corpus sentence is worth to a story, by sentence index. */
export type SentenceScores = Int32Array;

const RARE_BITS = 10;

/** Scores all sentences: shared words count by weight and rarity, plain sight helps, odd props cost. */
export function scoreSentences(index: CorpusIndex, reading: CanonReading): SentenceScores {
  const scores = new Int32Array(index.sentences.length);
  for (const [term, weight] of reading.terms) {
    const rarity = index.rarity(term);
    if (rarity < 4) continue;
    for (const place of index.places.get(term) ?? [])
      scores[place] = (scores[place] ?? 0) + weight * rarity;
  }
  index.sentences.forEach((sentence, i) => {
    const shared = Math.min(240, scores[i] ?? 0);
    let props = 0;
    for (const term of sentence.stems)
      if (!reading.terms.has(term) && index.rarity(term) >= RARE_BITS) props++;
    scores[i] =
      Math.trunc((shared * 20) / (14 + sentence.words)) +
      Math.min(3, sentence.vividness) * 10 -
      (sentence.vividness === 0 ? 40 : sentence.vividness === 1 ? 14 : 0) -
      props * 12 -
      (sentence.hasSpeech ? 8 : 0) +
      (sentence.hasMan || sentence.hasWoman ? 8 : 0) +
      // Each story has its own taste, or all would quote the same best sentences.
      ((Math.imul(reading.storyHash ^ i, 0x9e3779b1) >>> 16) % 100);
  });
  return scores;
}

/** The passage that starts at a sentence, as long as its run, the word budget and chance allow. */
export function cutPassage(
  index: CorpusIndex,
  scores: SentenceScores,
  firstIndex: number,
  limits: { readonly maxWords: number; readonly chance: SeededChance },
): Passage | null {
  const first = index.sentences[firstIndex];
  if (first === undefined || first.follows || first.words > limits.maxWords) return null;
  const sentences: [CorpusSentence, ...CorpusSentence[]] = [first];
  let words = first.words;
  let total = scores[firstIndex] ?? 0;
  const wanted = 1 + limits.chance.below(3);
  for (let i = firstIndex + 1; sentences.length < wanted; i++) {
    const next = index.sentences[i];
    if (next === undefined || next.run !== first.run || words + next.words > limits.maxWords) break;
    if ((scores[i] ?? 0) < -30) break;
    sentences.push(next);
    words += next.words;
    total += scores[i] ?? 0;
  }
  return {
    sentences,
    firstIndex,
    words,
    hasMan: sentences.some((sentence) => sentence.hasMan),
    hasWoman: sentences.some((sentence) => sentence.hasWoman),
    score: Math.trunc(total / sentences.length) + (sentences.length - 1) * 10,
  };
}

/** The best starting sentences of a story, the best first. */
export function bestStarts(index: CorpusIndex, scores: SentenceScores, count: number): number[] {
  const starts: number[] = [];
  index.sentences.forEach((sentence, i) => {
    if (!sentence.follows && (scores[i] ?? 0) > 0) starts.push(i);
  });
  return starts.toSorted((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b).slice(0, count);
}

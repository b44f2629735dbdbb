/**
 * The story of a lighthouse that was started with an empty data folder.
 *
 * @module
 */
import { createGenesis, type Genesis } from "../kernel/genesis.ts";

/** Sprint pace: something happens while a newcomer looks. */
export const DEFAULT_PACE_MS = 15_000;
/** Title of the default story. */
export const DEFAULT_TITLE = "The Lamp at Low Water";
/** Premise of the default story: a place, a riddle, and no hero yet. */
export const DEFAULT_PREMISE: string =
  "The lighthouse at Low Water has had no keeper for eleven years, and every evening its lamp is lit. " +
  "The fishing boats steer by it and ask nothing. Tonight the tide went out further than anyone remembers, " +
  "and on the wet sand, in a line from the sea to the tower's door, there are footprints, " +
  "all of them leading in.";

/** What the operator chose; the rest has defaults. */
export interface StoryChoice {
  readonly title?: string | undefined;
  readonly premise?: string | undefined;
  readonly paceMs?: number | undefined;
}

/** Makes and signs the genesis of a fresh story; throws what `createGenesis` throws. */
export function createDefaultStory(choice: StoryChoice, seed: Uint8Array, nowMs: number): Genesis {
  return createGenesis(
    {
      network: "live",
      title: choice.title ?? DEFAULT_TITLE,
      premise: choice.premise ?? (choice.title === undefined ? DEFAULT_PREMISE : ""),
      language: "en",
      paceMs: choice.paceMs ?? DEFAULT_PACE_MS,
      maxWords: 140,
      chapterLength: 12,
      contentRating: "everyone",
      rules: "",
      createdMs: nowMs,
    },
    seed,
  );
}

/**
 * Stories this slot has opened, with their genesis, so that each opens again offline.
 *
 * @module
 */
import type { KeyValueStore } from "../chain/ports/store.ts";
import { type StoryId, storyIdFromHex } from "../kernel/brand.ts";

const KEY = "stories";
const CURRENT = "current-story";
/** Remembered stories; the oldest is forgotten first (its database stays until data is erased). */
export const MAX_KNOWN = 50;
/** Remembered ways in of one story. */
export const MAX_KNOWN_VIA = 8;

/** A remembered story. */
export interface KnownStory {
  readonly story: StoryId;
  readonly title: string;
  readonly genesis: Uint8Array;
  readonly via: readonly string[];
  readonly openedMs: number;
}

/** The shelf of a slot. */
export interface Stories {
  list(): readonly KnownStory[];
  find(story: StoryId): KnownStory | undefined;
  /** Puts a story on top; ways in known before are kept behind the new ones. */
  remember(story: KnownStory): Promise<void>;
  /** The story that the person opened last by choice; the site's own story is no choice. */
  current(): StoryId | null;
  choose(story: StoryId): Promise<void>;
}

/** Opens the shelf. */
export async function openStories(keep: KeyValueStore): Promise<Stories> {
  const found = await keep.get(KEY);
  let known: readonly KnownStory[] = Array.isArray(found) ? found : [];
  const chosen = await keep.get(CURRENT);
  let current = typeof chosen === "string" ? storyIdFromHex(chosen) : null;
  return {
    list: () => known,
    find: (story) => known.find((entry) => entry.story === story),
    async remember(story) {
      const before = known.find((entry) => entry.story === story.story)?.via ?? [];
      const via = [...new Set([...story.via, ...before])].slice(0, MAX_KNOWN_VIA);
      known = [{ ...story, via }, ...known.filter((entry) => entry.story !== story.story)].slice(
        0,
        MAX_KNOWN,
      );
      await keep.put(KEY, known);
    },
    current: () => current,
    async choose(story) {
      current = story;
      await keep.put(CURRENT, story);
    },
  };
}

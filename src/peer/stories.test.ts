import { describe, expect, it } from "vitest";
import { type StoryId, storyIdFromHex } from "../kernel/brand.ts";
import { createMemoryKeyValueStore } from "../storage/memory-key-value.ts";
import { MAX_KNOWN, MAX_KNOWN_VIA, openStories } from "./stories.ts";

const id = (place: number): StoryId => storyIdFromHex(place.toString(16).padStart(64, "0"));
const story = (place: number, via: readonly string[] = []) => ({
  story: id(place),
  title: String(place),
  genesis: new Uint8Array(3),
  via,
  openedMs: place,
});

describe("[NET-6] the shelf of stories", () => {
  it("forgets the one that was opened longest ago", async () => {
    const values = new Map<string, unknown>();
    const stories = await openStories(createMemoryKeyValueStore(values));
    for (let place = 0; place < MAX_KNOWN; place++) await stories.remember(story(place));
    await stories.remember(story(0));
    await stories.remember(story(MAX_KNOWN));
    for (const shelf of [stories, await openStories(createMemoryKeyValueStore(values))]) {
      expect(shelf.list()).toHaveLength(MAX_KNOWN);
      expect(shelf.find(id(1))).toBeUndefined();
      expect(shelf.find(id(0))).toBeDefined();
      expect(shelf.find(id(MAX_KNOWN))).toBeDefined();
    }
  });

  it("remembers a few ways in of each story, the newest first", async () => {
    const stories = await openStories(createMemoryKeyValueStore(new Map()));
    const ways = Array.from({ length: MAX_KNOWN_VIA }, (_, way) => `/old/${way}`);
    await stories.remember(story(1, ways));
    await stories.remember(story(1, ["/new/0", "/new/1"]));
    expect(stories.find(id(1))?.via).toEqual(["/new/0", "/new/1", ...ways.slice(0, -2)]);
  });
});

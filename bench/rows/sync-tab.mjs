/** @module A 2,000-paragraph story, synced and fully verified by a fresh tab from one peer. */

import { request, until, withLiveSite } from "../live-site.mjs";
import { withTypeScript } from "../typescript.mjs";

const PARAGRAPHS = 2_000;

export const name = "sync-tab";
export const description =
  "seconds from opening a fresh tab to 2,000 paragraphs verified and stored, from one lighthouse";
export const targets = [{ key: "seconds", atMost: 15 }];

/** Builds the story first; that is not measured. */
export async function run(log) {
  const prepare = (folder) => {
    log("  writing the story …");
    return withTypeScript(async (load) => {
      const { makeStory } = await load("/bench/make-story.ts");
      await makeStory(folder, PARAGRAPHS);
    });
  };
  return withLiveSite({ prepare }, async ({ openTab }) => {
    const startedMs = performance.now();
    const page = await openTab();
    await until("2,000 paragraphs", 120_000, async () => {
      const { height } = await request(page, "get_tip");
      return height === PARAGRAPHS;
    });
    const seconds = (performance.now() - startedMs) / 1_000;
    return { seconds, paragraphsPerSecond: PARAGRAPHS / seconds };
  });
}

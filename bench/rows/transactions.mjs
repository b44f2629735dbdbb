/** @module Transactions that a tab's chain worker verifies and applies in a second: blocks full of payments, synced. */
import { request, until, withLiveSite } from "../live-site.mjs";
import { withTypeScript } from "../typescript.mjs";

const PARAGRAPHS = 30;
const PAYMENTS_A_BLOCK = 300;

export const name = "transactions";
export const description =
  "transactions a second, fetched, verified (signature, state, roots) and stored by a fresh tab; opening the page included";
export const targets = [{ key: "perSecond", atLeast: 200 }];

/** Builds the story first; that is not measured. */
export async function run(log) {
  const prepare = (folder) => {
    log("  writing the story …");
    return withTypeScript(async (load) => {
      const { makeStory } = await load("/bench/make-story.ts");
      await makeStory(folder, PARAGRAPHS, PAYMENTS_A_BLOCK);
    });
  };
  return withLiveSite({ prepare }, async ({ openTab }) => {
    const startedMs = performance.now();
    const page = await openTab();
    await until("everything", 300_000, async () => {
      const { height } = await request(page, "get_tip");
      return height === PARAGRAPHS;
    });
    const seconds = (performance.now() - startedMs) / 1_000;
    const transactions = (PARAGRAPHS - 1) * PAYMENTS_A_BLOCK;
    return { perSecond: transactions / seconds, transactions, seconds };
  });
}

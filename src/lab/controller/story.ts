/**
 * The story that the peers of a run write: a test story at the easiest target there is, so that a block
 * costs one or two hashes and always the same work.
 *
 * @module
 */
import { createGenesis, type Genesis } from "../../kernel/genesis.ts";
import { compactFromTarget, TARGET_LIMIT } from "../../kernel/target.ts";
import { EPOCH_MS } from "../engine/lab-story.ts";
import { storyPaceMs } from "./check-scenario.ts";

const CREATOR_SEED = new Uint8Array(32).fill(0x1a);

/** The genesis; the kernel must be ready (`initKernel`). Throws `bad-genesis` for an interval out of range. */
export function createControllerGenesis(intervalMs: number): Genesis {
  const easiest = compactFromTarget(TARGET_LIMIT);
  return createGenesis(
    {
      network: "test",
      title: "A story of the lab",
      premise: "It was told who should go on.",
      language: "en",
      paceMs: storyPaceMs(intervalMs),
      chapterLength: 0,
      contentRating: "everyone",
      rules: "",
      initialTarget: easiest,
      maxTarget: easiest,
      createdMs: EPOCH_MS,
    },
    CREATOR_SEED,
  );
}

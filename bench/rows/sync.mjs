/**
 * @module How long a new peer takes to sync and fully verify a story of 2,000 paragraphs from one
 * other peer, in Node, over a mesh without latency: the cost of the peer itself, not of the wires.
 */
import { withTypeScript } from "../typescript.mjs";

const PARAGRAPHS = 2_000;

export const name = "sync";
export const description = `${PARAGRAPHS} paragraphs synced and fully verified from one peer, in Node`;
export const targets = [{ key: "seconds", atMost: 15 }];

/** Makes the story, then measures. */
export async function run(log) {
  return withTypeScript(async (load) => {
    const { measureSync } = await load("/src/simulation/sync-measure.ts");
    return measureSync({
      paragraphs: PARAGRAPHS,
      settle: () => new Promise((resolve) => setImmediate(resolve)),
      nowMs: () => performance.now(),
      log,
    });
  });
}

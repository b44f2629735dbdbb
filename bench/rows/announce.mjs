/** @module Announce → accepted by all: from the miner's own tip event to every other tab's. */
import { percentile, request, until, withLiveSite } from "../live-site.mjs";

const BLOCKS = 12;
const PACE_MS = 2_000;

export const name = "announce";
export const description =
  "ms from a block's connection in its author's tab to its connection in each other tab; one gentle miner at a time";
export const targets = [{ key: "p95Of8Ms", atMost: 500 }];

async function measure(tabs) {
  return withLiveSite({ paceMs: PACE_MS }, async ({ openTab }) => {
    const pages = [];
    for (let index = 0; index < tabs; index++) pages.push(await openTab());
    const ready = async (page) => {
      const { peers } = await request(page, "get_peers");
      return peers.filter(({ path }) => path === "direct").length >= Math.min(3, tabs - 1);
    };
    for (const page of pages) await until("a mesh", 60_000, () => ready(page));
    for (const page of pages) {
      await page.evaluate(() => {
        globalThis.seen = {};
        globalThis.fabula.on("tip", ({ hash }) => {
          globalThis.seen[hash] ??= performance.timeOrigin + performance.now();
        });
      });
    }
    const latencies = [];
    for (let block = 0; block < BLOCKS; block++) {
      const author = pages[block % pages.length];
      const height = (await request(author, "get_tip")).height + 1;
      await request(author, "start_mining", { writer: "builtin", preset: "gentle" });
      const { hash } = await until("a block", 60_000, async () => {
        const tip = await request(author, "get_tip");
        return tip.height >= height ? tip : undefined;
      });
      await request(author, "stop_mining");
      const times = await until("all tabs", 20_000, async () => {
        const all = await Promise.all(
          pages.map((page) => page.evaluate((id) => globalThis.seen[id], hash)),
        );
        return all.every(Boolean) ? all : undefined;
      });
      const started = times[block % pages.length];
      for (const [index, at] of times.entries())
        if (pages[index] !== author) latencies.push(at - started);
    }
    return latencies;
  });
}

/** With 4 tabs and with 8. */
export async function run() {
  const four = await measure(4);
  const eight = await measure(8);
  return {
    p50Of4Ms: percentile(four, 0.5),
    p95Of4Ms: percentile(four, 0.95),
    p50Of8Ms: percentile(eight, 0.5),
    p95Of8Ms: percentile(eight, 0.95),
    samples: four.length + eight.length,
  };
}

/** @module Tab open → first direct (WebRTC) peer, miners paused. */
import { percentile, request, until, withLiveSite } from "../live-site.mjs";

export const name = "first-peer";
export const description =
  "seconds from opening a tab to its first direct peer, 4 tabs, then 8, miners paused";
export const targets = [{ key: "slowestOf4Seconds", atMost: 5 }];

async function measure(tabs) {
  return withLiveSite({ paceMs: 15_000 }, async ({ browser, url }) => {
    const times = await Promise.all(
      Array.from({ length: tabs }, async () => {
        const context = await browser.newContext({ permissions: ["microphone"] });
        const page = await context.newPage();
        const openedMs = performance.now();
        await page.goto(url);
        await until("a direct peer", 60_000, async () => {
          const { peers } = await request(page, "get_peers");
          return peers.some(({ path }) => path === "direct");
        });
        return (performance.now() - openedMs) / 1_000;
      }),
    );
    return times;
  });
}

/** All tabs open at once. */
export async function run() {
  const four = await measure(4);
  const eight = await measure(8);
  return {
    medianOf4Seconds: percentile(four, 0.5),
    slowestOf4Seconds: Math.max(...four),
    medianOf8Seconds: percentile(eight, 0.5),
    slowestOf8Seconds: Math.max(...eight),
  };
}

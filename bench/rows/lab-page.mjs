/**
 * @module The lab in the page: how long the page's own thread is busy at a stretch while a long run goes on
 * in the worker and its charts are drawn, and how fast the run is there.
 */
import { until, withLiveSite } from "../live-site.mjs";

const BLOCKS = 100_000;

export const name = "lab-page";
export const description =
  "ms of the page's thread at a stretch during a run in the page's worker, and blocks a second there";
export const targets = [{ key: "longestTaskMs", atMost: 200 }];

/** Needs the built site (`npm run build`). */
export async function run(log) {
  return withLiveSite({}, async ({ url, openTab }) => {
    const page = await openTab(`${url}#/lab`);
    await page.getByText("10 miners among 10 peers").waitFor();
    await page.getByRole("textbox", { name: "Blocks" }).fill(String(BLOCKS));
    await page.evaluate(() => {
      const tasks = [];
      Object.assign(globalThis, { longTasks: tasks });
      new PerformanceObserver((list) => {
        tasks.push(...list.getEntries().map(({ duration }) => duration));
      }).observe({ entryTypes: ["longtask"] });
    });
    log(`  ${BLOCKS} blocks of ten miners in the page …`);
    const startedMs = performance.now();
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await until("the log hash", 300_000, () => page.locator("[data-log-hash]").isVisible());
    const seconds = (performance.now() - startedMs) / 1_000;
    const tasks = await page.evaluate(() => globalThis.longTasks);
    return {
      longestTaskMs: Math.max(0, ...tasks),
      longTasks: tasks.length,
      blocksPerSecond: BLOCKS / seconds,
    };
  });
}

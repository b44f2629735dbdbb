/** @module Link → readable story: time and bytes until the first paragraph stands on the page. */

import { until, withLiveSite } from "../live-site.mjs";
import { withTypeScript } from "../typescript.mjs";

const PARAGRAPHS = 40;

export const name = "first-paint";
export const description =
  "fresh profile, link opened: seconds and kB over the wire until the story is readable";
export const targets = [
  { key: "premiseSeconds", atMost: 3 },
  { key: "paragraphSeconds", atMost: 3 },
  { key: "kilobytesBeforePremise", atMost: 400 },
];

/** Opens a story of 40 paragraphs in a fresh profile, with the cache empty. */
export async function run() {
  const prepare = (folder) =>
    withTypeScript(async (load) => {
      const { makeStory } = await load("/bench/make-story.ts");
      await makeStory(folder, PARAGRAPHS);
    });
  return withLiveSite({ prepare }, async ({ url, browser }) => {
    const context = await browser.newContext({ permissions: ["microphone"] });
    const page = await context.newPage();
    const network = await context.newCDPSession(page);
    await network.send("Network.enable");
    let bytes = 0;
    network.on("Network.dataReceived", (event) => {
      bytes += event.encodedDataLength;
    });
    // Requests of workers are counted by the page's own resource timing below.
    await page.addInitScript(() => {
      globalThis.marks = {};
      new MutationObserver(() => {
        const { marks } = globalThis;
        const text = document.body?.textContent ?? "";
        if (!marks.premise && text.includes("the sea keeps accounts"))
          marks.premise = performance.now();
        if (!marks.paragraph && text.includes("stood at the door"))
          marks.paragraph = performance.now();
      }).observe(document, { childList: true, subtree: true, characterData: true });
    });
    await page.goto(url);
    const atPremise = await until("premise", 20_000, async () =>
      (await page.evaluate(() => globalThis.marks.premise)) ? bytes : 0,
    );
    const marks = await until("paragraph", 20_000, () =>
      page.evaluate(() => (globalThis.marks.paragraph ? globalThis.marks : undefined)),
    );
    const timings = await page.evaluate(() =>
      performance
        .getEntriesByType("resource")
        .map(({ name, responseEnd, transferSize }) => ({ name, responseEnd, transferSize })),
    );
    const shellBytes = await page.evaluate(
      () => performance.getEntriesByType("navigation")[0].transferSize,
    );
    if (process.env.FABULA_BENCH_VERBOSE)
      for (const entry of timings) process.stderr.write(`${JSON.stringify(entry)}\n`);
    const before = timings.filter(({ responseEnd }) => responseEnd <= marks.premise);
    const pageBytes = before.reduce((sum, { transferSize }) => sum + transferSize, shellBytes);
    return {
      premiseSeconds: marks.premise / 1_000,
      paragraphSeconds: marks.paragraph / 1_000,
      kilobytesBeforePremise: Math.max(pageBytes, atPremise) / 1_000,
      requestsBeforePremise: before.length + 1,
    };
  });
}

/**
 * @module A long run with real tabs (outside `npm test`): four tabs mine gently, one is closed and a
 * new one opened each two minutes, and at the end all agree. Prints a line a minute and a summary.
 *
 * Usage: node bench/soak-tabs.mjs [MINUTES]   (default 20; run it in a loopback-only namespace)
 */
import { request, until, withLiveSite } from "./live-site.mjs";

const MINUTES = Number(process.argv[2] ?? 20);
const TABS = 4;
const PACE_MS = 4_000;
const CHURN_EVERY_MINUTES = 2;

const megabytes = (bytes) => Math.round(bytes / 1e5) / 10;

async function heap(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.enable");
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return usedSize;
}

async function minuteLine(minute, pages) {
  const tips = await Promise.all(pages.map((page) => request(page, "get_tip")));
  const heaps = await Promise.all(pages.map(heap));
  const heights = tips.map(({ height }) => height).join(" ");
  process.stdout.write(
    `${minute} min: heights ${heights}; page heaps ${heaps.map(megabytes).join(" ")} MB\n`,
  );
  return { heights: tips.map(({ height }) => height), heaps };
}

await withLiveSite({ paceMs: PACE_MS }, async ({ openTab }) => {
  const join = async () => {
    const page = await openTab();
    await request(page, "start_mining", { writer: "builtin", preset: "gentle" });
    return page;
  };
  const pages = [];
  for (let index = 0; index < TABS; index++) pages.push(await join());
  const first = pages[0];
  const started = await minuteLine(0, pages);
  for (let minute = 1; minute <= MINUTES; minute++) {
    await first.waitForTimeout(60_000);
    await minuteLine(minute, pages);
    if (minute % CHURN_EVERY_MINUTES === 0 && minute < MINUTES) {
      // The first tab stays, so that its memory tells of the whole run.
      const [gone] = pages.splice(1, 1);
      await gone.context().close();
      pages.push(await join());
    }
  }
  for (const page of pages) await request(page, "stop_mining");
  await until("one tip", 60_000, async () => {
    const tips = await Promise.all(pages.map((page) => request(page, "get_tip")));
    return new Set(tips.map(({ hash, stateRoot }) => hash + stateRoot)).size === 1;
  });
  const { height } = await request(first, "get_tip");
  const apocrypha = await request(first, "get_apocrypha");
  const ended = await heap(first);
  process.stdout.write(
    `agreed on height ${height} after ${MINUTES} min; ${apocrypha.total} apocrypha; first tab's page heap ${megabytes(started.heaps[0])} → ${megabytes(ended)} MB\n`,
  );
});

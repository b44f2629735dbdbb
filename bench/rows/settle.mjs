/** @module Submit → sealed → seen by the receiver: what a person who is paid waits for. */
import { percentile, request, until, withLiveSite } from "../live-site.mjs";

const TABS = 8;
const PACE_MS = 2_000;
const PAYMENTS = 60;
/** Several a second, so that some wait for the second of the seal before them to be over. */
const GAP_MS = 300;
/** Paid in advance, so that every tab can pay. */
const ALLOWANCE = "1000000";

export const name = "settle";
export const description =
  "ms from submitting a payment in one of 8 tabs until its receiver's tab says that it is sealed, miners paused, a payment each 300 ms";
export const targets = [
  { key: "p50Ms", atMost: 1_500 },
  { key: "p95Ms", atMost: 3_000 },
];

async function openMesh(openTab) {
  const pages = [];
  for (let index = 0; index < TABS; index++) pages.push(await openTab());
  const ready = async (page) => {
    const { peers } = await request(page, "get_peers");
    return peers.filter(({ path }) => path === "direct").length >= 3;
  };
  for (const page of pages) await until("a mesh", 60_000, () => ready(page));
  return pages;
}

async function mineOne(page) {
  const height = (await request(page, "get_tip")).height + 1;
  await request(page, "start_mining", { writer: "builtin", preset: "gentle" });
  await until("a block", 60_000, async () => (await request(page, "get_tip")).height >= height);
  await request(page, "stop_mining");
}

/** The first tab earns, pays the others their allowance, and a last key block makes another the tracker. */
async function fund(pages) {
  const [rich] = pages;
  await mineOne(rich);
  const addresses = [];
  for (const page of pages) addresses.push((await request(page, "get_wallet")).address);
  for (const to of addresses.slice(1)) {
    await request(rich, "send_tokens", { to, consumer: ALLOWANCE });
  }
  const funded = async (page) => BigInt((await request(page, "get_wallet")).consumer) > 0n;
  for (const page of pages) await until("an allowance", 60_000, () => funded(page));
  await mineOne(pages[1]);
  return addresses;
}

/** With 8 tabs and a lighthouse. */
export async function run() {
  return withLiveSite({ paceMs: PACE_MS }, async ({ openTab }) => {
    const pages = await openMesh(openTab);
    const addresses = await fund(pages);
    for (const page of pages) {
      await page.evaluate(() => {
        globalThis.sealed = {};
        globalThis.fabula.on("transaction", ({ txid, state }) => {
          if (state !== "sealed") return;
          globalThis.sealed[txid] ??= performance.timeOrigin + performance.now();
        });
      });
    }
    const pay = (page, to, consumer) =>
      page.evaluate(
        async (params) => {
          const startedMs = performance.timeOrigin + performance.now();
          const { txid } = await globalThis.fabula.request({ method: "send_tokens", params });
          return { startedMs, txid };
        },
        { to, consumer },
      );
    const latencies = [];
    const waiting = [];
    for (let index = 0; index < PAYMENTS; index++) {
      // Payers 2…7; the tracker receives only now and then. One receiver a payment, waited for in the background.
      const from = pages[2 + (index % (TABS - 2))];
      const toIndex = (index * 3 + 1) % TABS;
      const to = pages[toIndex] === from ? (toIndex + 1) % TABS : toIndex;
      const { startedMs, txid } = await pay(from, addresses[to], "1000");
      const seen = until("a payment", 30_000, () =>
        pages[to].evaluate((id) => globalThis.sealed[id], txid),
      );
      waiting.push(seen.then((atMs) => latencies.push(atMs - startedMs)));
      await new Promise((resolve) => setTimeout(resolve, GAP_MS));
    }
    await Promise.all(waiting);
    return {
      p50Ms: percentile(latencies, 0.5),
      p95Ms: percentile(latencies, 0.95),
      slowestMs: percentile(latencies, 1),
      payments: latencies.length,
    };
  });
}

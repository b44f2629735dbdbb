import { type BrowserContext, expect, test } from "@playwright/test";
import type { ReorgView } from "../src/peer/rpc/shapes.ts";
import { startLighthouse, type TestLighthouse } from "./support/lighthouse.ts";
import { expectOneTip, openTab, type Tab } from "./support/tab.ts";

declare global {
  interface Window {
    heardReorgs: ReorgView[];
  }
}

/** Blocks that each side must write while it is alone. */
const BLOCKS_APART = 2;

interface PeerLike {
  request: Tab["request"];
}

let lighthouse: TestLighthouse;
const contexts: BrowserContext[] = [];
test.beforeAll(async () => {
  lighthouse = await startLighthouse({ paceMs: 3_000 });
});
test.afterAll(async () => {
  for (const context of contexts) await context.close();
  await lighthouse.dispose();
});

async function heightOf(peer: PeerLike): Promise<number> {
  return (await peer.request("get_tip")).height;
}

function heardCount({ page }: Tab): Promise<number> {
  return page.evaluate(() => window.heardReorgs.length);
}

async function connectedTo(peer: PeerLike): Promise<string[]> {
  const { peers } = await peer.request("get_peers");
  return peers.filter(({ path }) => path !== "relayed").map(({ id }) => id);
}

async function expectPeers(peers: readonly PeerLike[], count: number): Promise<void> {
  await expect
    .poll(
      async () => Promise.all(peers.map(async (peer) => new Set(await connectedTo(peer)).size)),
      { timeout: 40_000, intervals: [100, 250, 500] },
    )
    .toEqual(peers.map(() => count));
}

test("journey 5: two groups that each wrote on heal to one canon; the losers are apocrypha and see the diff", async ({
  browser,
}) => {
  const tabs: (Tab & { readonly errors: string[] })[] = [];
  for (let index = 0; index < 4; index++) {
    const context = await browser.newContext();
    contexts.push(context);
    tabs.push(await openTab(context, lighthouse.url));
  }
  const server: PeerLike = {
    request: (method, params) => lighthouse.request(method, params),
  };
  const all: PeerLike[] = [...tabs, server];
  await expectPeers(all, 4);

  const [a, b, c, d] = tabs as unknown as [Tab, Tab, Tab, Tab];
  const groups: readonly (readonly PeerLike[])[] = [
    [a, b, server],
    [c, d],
  ];
  const forkHeight = await heightOf(server);
  for (const group of groups) {
    const ids = await Promise.all(
      group.map(async (peer) => (await peer.request("get_peers")).self),
    );
    // Everybody may keep talking to those of the own group only; no block is touched.
    for (const peer of group) await peer.request("set_gate", { allow: ids });
  }
  await expectPeers([a, b, server], 2);
  await expectPeers([c, d], 1);

  for (const { page } of tabs) {
    await page.evaluate(() => {
      window.heardReorgs = [];
      window.fabula.on("reorg", (reorg) => {
        window.heardReorgs.push(reorg);
      });
    });
  }
  for (const tab of tabs) {
    await tab.request("start_mining", { preset: "gentle", writer: "builtin" });
  }
  await expect
    .poll(async () => Math.min(...(await Promise.all(all.map(heightOf)))), {
      timeout: 60_000,
      intervals: [250, 500],
    })
    .toBeGreaterThanOrEqual(forkHeight + BLOCKS_APART);
  for (const tab of tabs) await tab.request("stop_mining");
  for (const group of groups) await expectOneTip(group);

  const before = await Promise.all(
    groups.map(async ([peer]) => (peer as PeerLike).request("get_canon", { from: forkHeight + 1 })),
  );
  expect(before[0]?.paragraphs[0]?.block).not.toBe(before[1]?.paragraphs[0]?.block);
  // Two authors of one side may race too; what counts is what the heal adds.
  const heardBefore = await Promise.all(tabs.map(heardCount));

  for (const peer of all) await peer.request("set_gate", { allow: null });
  for (const peer of all) await peer.request("retry_connections");
  await expectOneTip(all, 60_000);

  const canon = await server.request("get_canon", { from: forkHeight + 1 });
  const blocks = canon.paragraphs.map(({ block }) => block);
  const sides = before.map(({ paragraphs }) => paragraphs.map(({ block }) => block));
  const loser = sides.findIndex(([first]) => first !== blocks[0]);
  expect(loser).toBeGreaterThanOrEqual(0);
  const winner = 1 - loser;
  // The one canon is the other side's, whole and unchanged.
  expect(blocks).toEqual(sides[winner]);

  const lost = before[loser]?.paragraphs ?? [];
  const losers = (groups[loser] ?? []).filter((peer): peer is Tab => peer !== server);
  expect(losers).toHaveLength(2);
  for (const tab of losers) {
    const { page } = tab;
    const apocrypha = await tab.request("get_apocrypha");
    expect(apocrypha.paragraphs.map(({ block }) => block)).toEqual(
      expect.arrayContaining(lost.map(({ block }) => block)),
    );
    const heard = await page.evaluate(() => window.heardReorgs);
    expect(heard.at(-1)).toMatchObject({ forkHeight, to: blocks.at(-1) });

    const card = page.locator(`section[data-reorg="${blocks.at(-1)}"]`);
    await expect(card).toBeVisible();
    await card.getByText("What left and what came").click();
    await expect(card.getByText("These left")).toBeVisible();
    await expect(card.getByText("These came")).toBeVisible();
    for (const { text } of lost) await expect(card).toContainText(text.slice(0, 60));
    for (const { text } of canon.paragraphs) await expect(card).toContainText(text.slice(0, 60));

    await card.getByRole("link", { name: "Read what was lost" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Apocrypha" })).toBeVisible();
    for (const { block, text } of lost) {
      await expect(page.locator(`[data-block="${block}"]`)).toContainText(text.slice(0, 60));
    }
  }
  for (const [index, tab] of tabs.entries()) {
    const fresh = (await heardCount(tab)) - (heardBefore[index] ?? 0);
    expect(fresh > 0, "exactly the losing side hears of a changed canon").toBe(
      losers.includes(tab),
    );
  }
  expect(tabs.flatMap(({ errors }) => errors)).toEqual([]);
});

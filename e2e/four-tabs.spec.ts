import { type BrowserContext, expect, test } from "@playwright/test";
import { startLighthouse, type TestLighthouse } from "./support/lighthouse.ts";
import {
  expectNoErrors,
  expectPeers,
  expectRest,
  mineAll,
  openTabs,
  stopAll,
} from "./support/story.ts";
import { expectOneTip } from "./support/tab.ts";

const PACE_MS = 2_000;
const TABS = 4;
const PARAGRAPHS = 12;

let lighthouse: TestLighthouse;
test.beforeEach(async () => {
  lighthouse = await startLighthouse({ paceMs: PACE_MS });
});
test.afterEach(() => lighthouse.dispose());

/** The whole of journey 2 for tabs that live in these contexts. */
async function fourTabsAgree(contexts: readonly BrowserContext[]): Promise<readonly number[]> {
  const tabs = await openTabs(contexts, lighthouse.url);
  await Promise.all(tabs.map((tab) => expectPeers(tab, "direct", TABS - 1)));
  const statuses = await Promise.all(tabs.map((tab) => tab.request("get_status")));
  const wallets = await Promise.all(tabs.map((tab) => tab.request("get_wallet")));
  expect(new Set(statuses.map((status) => status.peerId)).size).toBe(TABS);
  const addresses = new Set(wallets.map((wallet) => wallet.address));
  expect(addresses.size).toBe(TABS);

  await mineAll(tabs);
  const authorsOf = async (): Promise<number> => {
    const { paragraphs, total } = await tabs[0]!.request("get_canon", { limit: 500 });
    return total < PARAGRAPHS ? 0 : new Set(paragraphs.map((one) => one.author)).size;
  };
  await expect
    .poll(authorsOf, { timeout: 90_000, intervals: [250, 500] })
    .toBeGreaterThanOrEqual(3);
  await stopAll(tabs);
  for (const tab of tabs) {
    expect((await tab.request("get_status")).mining).toMatchObject({ active: false });
  }
  await expectOneTip([...tabs, lighthouse]);

  const canons = await Promise.all(tabs.map((tab) => tab.request("get_canon", { limit: 500 })));
  const { paragraphs } = canons[0]!;
  expect(paragraphs.length).toBeGreaterThanOrEqual(PARAGRAPHS);
  expect(paragraphs.map((one) => one.height)).toEqual(paragraphs.map((_, index) => index + 1));
  for (const canon of canons) {
    expect(canon.paragraphs.map((one) => one.block)).toEqual(paragraphs.map((one) => one.block));
  }
  for (const one of paragraphs) expect(addresses).toContain(one.author);
  expectRest(paragraphs, PACE_MS);

  // Supply is the same everywhere because the state root is; each author was paid for its paragraphs.
  for (const [index, tab] of tabs.entries()) {
    const wrote = paragraphs.some((one) => one.author === wallets[index]!.address);
    expect(BigInt((await tab.request("balance")).consumer) > 0n).toBe(wrote);
  }
  // The book on the page is the canon, not only the answers of the peer behind it.
  const last = paragraphs.at(-1)!;
  for (const tab of tabs) {
    await expect(tab.page.locator(`[data-block="${last.block}"]`)).toContainText(
      last.text.slice(0, 40),
    );
  }
  expectNoErrors(tabs);
  return statuses.map((status) => status.slot);
}

test("journey 2, one profile: [STO-3] four tabs are four peers, [TRK-1] nobody writes twice in a row, [FRK-1] all five end on one tip", async ({
  context,
}) => {
  const slots = await fourTabsAgree(Array.from({ length: TABS }, () => context));
  expect([...slots].sort((a, b) => a - b)).toEqual([0, 1, 2, 3]);
});

test("journey 2, separate profiles: [TRK-1] nobody writes twice in a row, [FRK-1] all five end on one tip", async ({
  browser,
}) => {
  const contexts = await Promise.all(
    Array.from({ length: TABS }, () => browser.newContext({ permissions: ["microphone"] })),
  );
  const slots = await fourTabsAgree(contexts);
  expect(slots).toEqual([0, 0, 0, 0]);
  await Promise.all(contexts.map((context) => context.close()));
});

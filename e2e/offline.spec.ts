import { expect, type Page, test } from "@playwright/test";
import { startLighthouse, type TestLighthouse } from "./support/lighthouse.ts";
import { expectHeight, mineTo } from "./support/story.ts";
import { openTab, type Tab } from "./support/tab.ts";

const OWN =
  "With the line to the mainland cut, she wrote the night down by hand and trusted it to keep.";

let lighthouse: TestLighthouse;
test.beforeEach(async () => {
  lighthouse = await startLighthouse({ paceMs: 2_000 });
});
test.afterEach(() => lighthouse.dispose());

/** Waits until the service worker holds the whole site. */
async function siteInstalled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
}

/** Neither lighthouse nor network: what a tab on a train has. */
async function cutOff(tab: Tab): Promise<void> {
  await lighthouse.stop();
  await tab.page.context().setOffline(true);
  await tab.page.reload();
}

/** The person writes in the composer, offers, and agrees to mining. */
async function writeByHand(page: Page, text: string): Promise<void> {
  await page.getByRole("button", { name: /What happens next/ }).click();
  await page.getByRole("textbox", { name: "Your next paragraph" }).fill(text);
  await page.getByRole("button", { name: "Offer this paragraph" }).click();
}

test("journey 7 offline: a tab that wrote before opens without any network, reads, writes with both writers, mines", async ({
  context,
}) => {
  const tab = await openTab(context, lighthouse.url);
  const { page } = tab;
  await siteInstalled(page);
  await mineTo(tab, 2);
  const before = await tab.request("get_canon");
  const { address } = await tab.request("get_wallet");

  await cutOff(tab);
  for (const { block, text } of before.paragraphs) {
    await expect(page.locator(`[data-block="${block}"]`)).toContainText(text.slice(0, 40));
  }
  expect((await tab.request("get_wallet")).address).toBe(address);
  await expect(page.locator('[data-consensus="alone"]')).toBeVisible({ timeout: 20_000 });
  await expect(
    page
      .locator('[data-state="alone"]')
      .or(page.getByRole("button", { name: /more notice/ }))
      .first(),
  ).toBeVisible();
  expect((await tab.request("get_status")).peerCount).toEqual({ direct: 0, relayed: 0, server: 0 });

  // The built-in writer's library was kept at its first use.
  await mineTo(tab, before.total + 1);
  const { paragraphs } = await tab.request("get_canon");
  expect(paragraphs.slice(0, before.total).map((one) => one.block)).toEqual(
    before.paragraphs.map((one) => one.block),
  );
  expect(paragraphs[before.total]?.provenance.writer).toBe("builtin");
  const proof = await tab.request("get_block", { height: before.total + 1 });
  expect(proof.proof.verified).toBe(true);
  expect(proof.replay).toBe("verified");

  await page.getByRole("button", { name: "Just read" }).click();
  await writeByHand(page, OWN);
  await page.getByRole("dialog").getByRole("button", { name: "Start mining" }).click();
  await expect(page.locator('[data-state="draft-canon"]')).toBeVisible({ timeout: 60_000 });
  await expect(page.locator("[data-block]").getByText(OWN)).toBeVisible();
  await tab.request("stop_mining");

  await page.reload();
  await expect(page.locator("[data-block]").getByText(OWN)).toBeVisible();
  expect(tab.errors).toEqual([]);

  // What was written alone joins the lighthouse's story when it is back.
  const { hash } = await tab.request("get_tip");
  await context.setOffline(false);
  await lighthouse.restart();
  await tab.request("retry_connections");
  await expect
    .poll(async () => (await lighthouse.request("get_tip")).hash, { timeout: 30_000 })
    .toBe(hash);
});

test("journey 7 offline: without the writer's library a person's own paragraph is still mined", async ({
  context,
}) => {
  const tab = await openTab(context, lighthouse.url);
  const { page } = tab;
  await siteInstalled(page);
  const genesis = await tab.request("get_genesis");
  await cutOff(tab);
  await expect(page.getByRole("heading", { level: 1, name: genesis.title })).toBeVisible();
  await expect(page.locator('[data-consensus="alone"]')).toBeVisible({ timeout: 20_000 });

  const refused = await page.evaluate(() =>
    window.fabula.request({ method: "draft_paragraph" }).then(
      () => null,
      (error: { readonly code?: string }) => error.code ?? "no code",
    ),
  );
  expect(refused).toBe("corpus-unavailable");
  // Asked to mine with it, the tab says why it does not, and does not spin.
  await tab.request("start_mining", { writer: "builtin", preset: "gentle" });
  await expect
    .poll(async () => (await tab.request("get_status")).mining)
    .toMatchObject({ active: false, reason: "no-paragraph" });

  await page.getByRole("button", { name: "Just read" }).click();
  await writeByHand(page, OWN);
  await expectHeight(tab, 1);
  await expect(page.locator("[data-block]").getByText(OWN)).toBeVisible();
  const { entries } = await tab.request("get_log", { limit: 500 });
  expect(entries.filter((entry) => entry.code === "corpus-unavailable").length).toBeLessThan(10);
  expect(tab.errors).toEqual([]);
});

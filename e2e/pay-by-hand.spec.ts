/**
 * Paying as a person does it, with nothing but the page: a handle, a tip in the margin, a payment to a
 * handle, a receipt opened down to its signed bytes; a desk on one side, a phone on the other.
 *
 * @module
 */
import { expect, type Locator, type Page, test } from "@playwright/test";
import { startLighthouse, type TestLighthouse } from "./support/lighthouse.ts";
import {
  earn,
  expectNoErrors,
  expectPeers,
  mineAll,
  openTabs,
  stopAll,
  type WatchedTab,
} from "./support/story.ts";

/** A handle and what else is paid here, in micro-units. */
const ENOUGH = 15_000_000n;

let lighthouse: TestLighthouse;
test.beforeEach(async () => {
  lighthouse = await startLighthouse({ paceMs: 2_000 });
});
test.afterEach(() => lighthouse.dispose());

async function go(page: Page, view: string): Promise<void> {
  await page.goto(new URL(`#/${view}`, lighthouse.url).href);
}

/** Waits until the open dialog says that what was signed stands in a block; then leaves it. */
async function sealAndLeave(page: Page): Promise<void> {
  const dialog = page.getByRole("dialog");
  await expect(dialog.locator('[data-payment="sealed"]').first()).toBeVisible();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(dialog).toBeHidden();
}

const activity = (page: Page): Locator =>
  page.locator("section").filter({ has: page.getByRole("heading", { name: "Activity" }) });

test("a handle, a tip and a payment by hand, seen on the other side, and the receipt down to its bytes", async ({
  browser,
}) => {
  const contexts = [
    await browser.newContext({ viewport: { width: 1_280, height: 800 } }),
    await browser.newContext({ viewport: { width: 360, height: 800 }, colorScheme: "dark" }),
  ];
  const tabs = await openTabs(contexts, lighthouse.url);
  const [alice, bob] = tabs as readonly [WatchedTab, WatchedTab];
  await Promise.all(tabs.map((tab) => expectPeers(tab, "direct", 1)));
  for (const { page } of tabs) await page.getByRole("button", { name: "Just read" }).click();
  await earn(tabs, ENOUGH);

  // Bob, on his phone, takes a handle; its price is said before, and in the receipt.
  await go(bob.page, "wallet");
  await bob.page.getByRole("button", { name: "Register a handle…" }).click();
  await bob.page.getByLabel("Handle", { exact: true }).fill("@Basil");
  await expect(bob.page.getByText("@basil is free.")).toBeVisible();
  await bob.page.getByRole("button", { name: "Register it for 10 consumer tokens" }).click();
  await sealAndLeave(bob.page);
  await expect(activity(bob.page)).toContainText("−10 consumer");

  // Alice tips a paragraph of his; both see it in its margin, and his name beside it.
  const { address } = await bob.request("get_wallet");
  const { paragraphs } = await alice.request("get_canon", { limit: 500 });
  const height = paragraphs.find(({ author }) => author === address)?.height ?? 0;
  const tip = alice.page.getByRole("button", {
    name: new RegExp(`^Tip the author of paragraph ${height}\\b`),
  });
  await tip.click();
  const dialog = alice.page.getByRole("dialog");
  await expect(dialog).toContainText("@basil");
  await dialog.getByRole("button", { name: "2", exact: true }).click();
  await dialog.getByLabel("A word with it, if you like").fill("That lamp!");
  await dialog.getByRole("button", { name: "Tip 2 consumer" }).click();
  await sealAndLeave(alice.page);
  await expect(tip).toHaveText("tipped 2 consumer");
  await go(bob.page, "");
  await bob.page.locator(`[data-height="${height}"]`).scrollIntoViewIfNeeded();
  await expect(
    bob.page.getByRole("button", { name: new RegExp(`^Tips for your paragraph ${height}\\b`) }),
  ).toHaveText("tipped 2 consumer");

  // What is missing is said at the field, which gets the focus; then she pays him by his handle.
  await go(alice.page, "wallet");
  await alice.page.getByRole("button", { name: "Send", exact: true }).click();
  await dialog.getByRole("button", { name: "Look it over" }).click();
  await expect(dialog.getByLabel("To", { exact: true })).toBeFocused();
  await expect(dialog).toContainText("Say who is to be paid.");
  await dialog.getByLabel("To", { exact: true }).fill("@basil");
  await expect(dialog.locator("[data-recipient]")).toHaveText(address);
  await dialog.getByLabel("Amount").fill("1.25");
  await dialog.getByLabel("Note, if you like").fill("for oil");
  await dialog.getByRole("button", { name: "Look it over" }).click();
  await expect(dialog.getByRole("heading", { name: "Look once more" })).toBeVisible();
  await expect(dialog).toContainText(address);
  await dialog.getByRole("button", { name: "Sign and send" }).click();
  await sealAndLeave(alice.page);

  // Bob opens the receipt: it is recomputed in his tab, and its bytes are those that the lighthouse has.
  await go(bob.page, "wallet");
  const row = activity(bob.page).getByRole("button", { name: /Received from.*1\.25 consumer/ });
  await expect(row).toContainText("“for oil”");
  const txid = (await row.getAttribute("data-txid")) ?? "";
  await row.click();
  const receipt = bob.page.getByRole("dialog");
  await expect(receipt.locator("[data-proof]")).toHaveText("verified ✓");
  await receipt.getByText(/^All \d+ bytes, field by field$/).click();
  const served = await lighthouse.request("get_transaction", { txid });
  const fields = await receipt.locator("details dd").allInnerTexts();
  expect(fields.join("")).toBe(served.transaction.encoded);
  await receipt.getByRole("button", { name: "Verify again now" }).click();
  await expect(receipt.getByRole("button", { name: "Verify again now" })).toBeEnabled();
  await expect(receipt.locator("[data-proof]")).toHaveText("verified ✓");

  // A paragraph later the open receipt says by itself that the payment is settled.
  await mineAll(tabs);
  await expect(receipt.locator('[data-payment="settled"], [data-payment="final"]')).toBeVisible({
    timeout: 30_000,
  });
  await stopAll(tabs);
  await receipt.getByRole("button", { name: "Close" }).click();
  await expect(activity(bob.page)).toContainText("Tip from");
  expectNoErrors(tabs);
});

/**
 * The wallet by the page alone: a paragraph pays, the recovery phrase is proved once and never shown
 * again, a passphrase locks the wallet over a reload, the phrase brings it back elsewhere, and erasing
 * makes a new one.
 *
 * @module
 */
import { expect, type Page, test } from "@playwright/test";
import { startLighthouse, type TestLighthouse } from "./support/lighthouse.ts";
import { mineTo } from "./support/story.ts";
import { openTab } from "./support/tab.ts";

const PASSPHRASE = "four quiet harbour bells";

let lighthouse: TestLighthouse;
test.beforeAll(async () => {
  lighthouse = await startLighthouse({ paceMs: 3_000 });
});
test.afterAll(() => lighthouse.dispose());

const addressOn = (page: Page): Promise<string> => page.locator("[data-address]").innerText();
const section = (page: Page, heading: RegExp) =>
  page.locator("section").filter({ has: page.getByRole("heading", { level: 2, name: heading }) });

async function goTo(page: Page, view: "wallet" | "settings"): Promise<void> {
  await page.goto(new URL(`#/${view}`, lighthouse.url).href);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(new RegExp(view, "i"));
}

/** Shows the 24 words and returns them. */
async function readPhrase(page: Page): Promise<readonly string[]> {
  const words = page.locator("[data-phrase] li");
  await expect(words).toHaveCount(24);
  return words.allTextContents();
}

async function fillAsked(page: Page, wordAt: (number: number) => string): Promise<number[]> {
  const asked: number[] = [];
  for (const field of await page.getByLabel(/^Word \d+$/).all()) {
    const label = await field.locator("xpath=..").innerText();
    const number = Number(/\d+/.exec(label)?.[0]);
    asked.push(number);
    await field.fill(wordAt(number));
  }
  return asked;
}

test("journey 11: a wallet earns, is proved, locked, restored elsewhere and erased", async ({
  context,
  browser,
}) => {
  const tab = await openTab(context, lighthouse.url);
  const { page } = tab;
  await page.getByRole("button", { name: "Just read" }).click();
  await mineTo(tab, 1);

  // The reward, and the reminder that it hangs on a phrase nobody wrote down.
  const reminder = page.locator('[data-state="phrase-unchecked"]');
  await goTo(page, "settings");
  await expect(reminder).toBeVisible();
  await reminder.getByRole("link", { name: "Write them down" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Wallet" })).toBeVisible();
  await expect(reminder).toBeHidden();
  const { address, consumer } = await tab.request("get_wallet");
  expect(BigInt(consumer)).toBeGreaterThan(0n);
  expect(await addressOn(page)).toBe(address);
  const balance = page.locator("dl > div").filter({ hasText: "Consumer tokens" });
  await expect(balance).not.toContainText(/tokens\s*0\s/);
  await expect(section(page, /^Rewards/).getByRole("row")).toHaveCount(2);
  await expect(section(page, /^Rewards/)).toContainText("your paragraph block 1");

  // The phrase: one wrong word is named by its number, and nothing is lost by it.
  await page.getByRole("button", { name: "Show the 24 words" }).click();
  const words = await readPhrase(page);
  await page.getByRole("button", { name: "I have written them down" }).click();
  await expect(page.locator("[data-phrase]")).toBeHidden();
  const right = (number: number): string => words[number - 1] ?? "";
  const asked = await fillAsked(page, right);
  expect(asked).toHaveLength(3);
  const last = asked.at(-1) ?? 0;
  await page.getByLabel(`Word ${last}`, { exact: true }).fill("wrong");
  await page.getByRole("button", { name: "Check" }).click();
  await expect(
    page.getByRole("alert").filter({ hasText: `Word ${last} is not right` }),
  ).toBeVisible();
  expect((await tab.request("get_wallet")).phraseChecked).toBe(false);
  await expect(page.getByLabel(`Word ${asked[0]}`, { exact: true })).toHaveValue(
    right(asked[0] ?? 0),
  );
  await page.getByLabel(`Word ${last}`, { exact: true }).fill(right(last));
  await page.getByRole("button", { name: "Check" }).click();
  await expect(page.getByRole("heading", { name: /checked ✓/ })).toBeVisible();
  await expect(page.getByRole("button", { name: /Show the/ })).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole("heading", { name: /checked ✓/ })).toBeVisible();
  await expect(page.getByRole("button", { name: /Show the/ })).toHaveCount(0);

  // A passphrase: locked after a reload, a wrong one says so, the right one opens the same wallet.
  await page.getByText("Add a passphrase").click();
  await page.getByLabel("New passphrase").fill(PASSPHRASE);
  await page.getByLabel("The same again").fill(PASSPHRASE);
  await page.getByRole("button", { name: "Set the passphrase" }).click();
  await expect(page.getByText("Set ✓")).toBeVisible();
  await page.reload();
  const protection = section(page, /^Protection/);
  await expect(protection).toContainText("The wallet is locked by your passphrase");
  expect(await addressOn(page)).toBe(address);
  await protection.getByLabel("Passphrase").fill("four loud harbour bells");
  await protection.getByRole("button", { name: "Unlock" }).click();
  await expect(protection.getByRole("alert")).toContainText("That is not the passphrase");
  await protection.getByLabel("Passphrase").fill(PASSPHRASE);
  await protection.getByRole("button", { name: "Unlock" }).click();
  await expect(protection).toContainText("Protected by your passphrase as well");
  expect(await tab.request("get_wallet")).toMatchObject({ address, locked: false });

  // Elsewhere, the words alone bring it back, balance and all.
  const elsewhere = await browser.newContext({ permissions: ["microphone"] });
  const other = await openTab(elsewhere, lighthouse.url);
  await goTo(other.page, "wallet");
  expect((await other.request("get_wallet")).address).not.toBe(address);
  const restore = section(other.page, /^Restore/);
  await restore.getByText("Use a recovery phrase here").click();
  const field = restore.getByLabel(/24 words/);
  await restore.getByRole("checkbox").check();
  await field.fill(words.with(4, "harbourbell").join(" "));
  await restore.getByRole("button", { name: "Replace the wallet" }).click();
  await expect(restore.getByRole("alert")).toContainText("Word 5 ");
  await field.fill(` ${words.join("  ").toUpperCase()} `);
  await restore.getByRole("button", { name: "Replace the wallet" }).click();
  await expect(restore.getByText(/^Restored: /)).toBeVisible();
  await expect(other.page.locator("[data-address]")).toHaveText(address);
  await expect.poll(async () => (await other.request("get_wallet")).consumer).toBe(consumer);
  expect(other.errors).toEqual([]);
  await elsewhere.close();

  // Erasing asks for a word, and then the tab begins with a wallet that never was.
  await goTo(page, "settings");
  await page.getByRole("button", { name: "Erase everything…" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("button", { name: "Erase", exact: true })).toBeDisabled();
  await dialog.getByRole("button", { name: "Keep everything" }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole("button", { name: "Erase everything…" }).click();
  await dialog.getByLabel(/Type the word/).fill("erase");
  await dialog.getByRole("button", { name: "Erase", exact: true }).click();
  await page.getByRole("button", { name: "Start afresh" }).click();
  await expect(page.getByRole("button", { name: "Join the writing" })).toBeVisible();
  const fresh = await tab.request("get_wallet");
  expect(fresh).toMatchObject({ phraseChecked: false, locked: false, consumer: "0" });
  expect(fresh.address).not.toBe(address);
  expect(tab.errors).toEqual([]);
});

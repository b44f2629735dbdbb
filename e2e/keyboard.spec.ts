/**
 * The first minute without a mouse.
 *
 * @module
 */
import { expect, type Page, test } from "@playwright/test";
import { startLighthouse, type TestLighthouse } from "./support/lighthouse.ts";
import { openTab } from "./support/tab.ts";

/** More tab stops than any page has before what is looked for. */
const MOST_STOPS = 60;

let lighthouse: TestLighthouse;
test.beforeEach(async () => {
  lighthouse = await startLighthouse({ paceMs: 3_000 });
});
test.afterEach(() => lighthouse.dispose());

/** Presses Tab until the focus is on an element of this name; fails when it is never reached. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    await page.keyboard.press("Tab");
    const label = await page.evaluate(() => {
      const at = document.activeElement;
      return at?.getAttribute("aria-label") ?? (at as HTMLElement | null)?.innerText ?? "";
    });
    if (name.test(label)) return;
  }
  throw new TypeError(`the Tab key never reaches ${String(name)}`);
}

test("journey 13: the first minute by keyboard alone", async ({ context }) => {
  const tab = await openTab(context, lighthouse.url);
  const { page } = tab;
  await expect(page.getByRole("button", { name: "Join the writing" })).toBeVisible();

  // The first stop skips the header.
  await page.keyboard.press("Tab");
  const skip = page.getByRole("button", { name: "Skip to the story" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();

  // Sharing opens a dialog, which holds the focus; Esc closes it and gives the focus back.
  await tabTo(page, /^Share/);
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toBeVisible();
  expect(await dialog.evaluate((box) => box.contains(document.activeElement))).toBe(true);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: /^Share/ })).toBeFocused();

  // Join, look at the proposal, choose a preset, start.
  await tabTo(page, /^Join the writing$/);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Join the writing" })).toBeFocused();
  await tabTo(page, /^Start$/);
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await tab.request("get_tip")).height).toBeGreaterThanOrEqual(1);

  // Stop from the pill.
  await page.getByRole("button", { name: "Skip to the story" }).focus();
  await tabTo(page, /Mining|Resting|paragraph offered/i);
  await page.keyboard.press("Enter");
  await tabTo(page, /^Stop mining$/);
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await tab.request("get_status")).mining.consent).toBe(false);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("region", { name: "Mining" })).toBeHidden();

  // Write, offer, and leave the question with Esc; the text stays.
  await tabTo(page, /What happens next/);
  await page.keyboard.press("Enter");
  const text = page.getByRole("textbox", { name: "Your next paragraph" });
  await expect(text).toBeFocused();
  await page.keyboard.type("Nobody touched the lamp, and it turned.");
  await tabTo(page, /^Offer this paragraph$/);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Mine your paragraph?" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(text).toHaveValue("Nobody touched the lamp, and it turned.");
  expect(tab.errors).toEqual([]);
});

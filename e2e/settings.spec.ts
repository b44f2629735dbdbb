/**
 * Settings are kept: what a person chose is there after a reload, and the rules for a hidden tab and a
 * battery can be read and changed.
 *
 * @module
 */
import { expect, test } from "@playwright/test";
import { startLighthouse, type TestLighthouse } from "./support/lighthouse.ts";
import { openTab } from "./support/tab.ts";

const EXTRA = "/ip4/127.0.0.1/tcp/9/ws/p2p/12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN";

let lighthouse: TestLighthouse;
test.beforeAll(async () => {
  lighthouse = await startLighthouse({ paceMs: 15_000 });
});
test.afterAll(() => lighthouse.dispose());

test("journey 12: name, processor, theme, lighthouses and both rules survive a reload", async ({
  context,
}) => {
  const tab = await openTab(context, `${lighthouse.url}#/settings`);
  const { page } = tab;
  const hidden = page.getByLabel("While the tab is hidden");
  const battery = page.getByLabel(/while the device runs on battery/);
  await expect(hidden).toHaveValue("gentle");
  await expect(battery).not.toBeChecked();

  await page.getByLabel("Name of this tab").fill("Ada’s kitchen");
  await page.getByLabel("Name of this tab").blur();
  await page.getByRole("radio", { name: "Half" }).check();
  await hidden.selectOption("off");
  await battery.check();
  await page.getByRole("radio", { name: "Dark" }).check();
  const lighthouses = page.getByLabel(/Extra lighthouses/);
  await lighthouses.fill("not an address");
  await lighthouses.blur();
  await expect(page.getByText(/is not a multiaddr/)).toBeVisible();
  expect((await tab.request("get_settings")).lighthouses).toEqual([]);
  await lighthouses.fill(EXTRA);
  await lighthouses.blur();
  await expect.poll(async () => (await tab.request("get_settings")).lighthouses).toEqual([EXTRA]);

  await page.reload();
  await expect(page.getByLabel("Name of this tab")).toHaveValue("Ada’s kitchen");
  await expect(page.getByRole("radio", { name: "Half" })).toBeChecked();
  await expect(page.getByRole("radio", { name: "Dark" })).toBeChecked();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.getByLabel("While the tab is hidden")).toHaveValue("off");
  await expect(page.getByLabel(/while the device runs on battery/)).toBeChecked();
  await expect(page.getByLabel(/Extra lighthouses/)).toHaveValue(EXTRA);

  // The chosen processor use is what joining offers.
  await page.goto(lighthouse.url);
  await page.getByRole("button", { name: "Join the writing" }).click();
  await expect(page.getByRole("radio", { name: "Half" })).toBeChecked();
  await expect(page.getByText(/On battery it pauses\. A hidden tab/)).toBeVisible();
  expect(tab.errors).toEqual([]);
});

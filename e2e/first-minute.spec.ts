import { expect, test } from "@playwright/test";
import { startLighthouse, type TestLighthouse } from "./support/lighthouse.ts";
import { openTab } from "./support/tab.ts";

let lighthouse: TestLighthouse;
test.beforeAll(async () => {
  lighthouse = await startLighthouse({ paceMs: 4_000 });
});
test.afterAll(() => lighthouse.dispose());

test("journey 1: a fresh profile reads, joins, writes the canon, and is the same author after a reload", async ({
  context,
}) => {
  const tab = await openTab(context, lighthouse.url);
  const { page } = tab;
  const genesis = await tab.request("get_genesis");
  await expect(page.getByRole("heading", { level: 1, name: genesis.title })).toBeVisible();
  await expect(page.getByText(genesis.premise.slice(1, 60))).toBeVisible();
  expect((await tab.request("get_status")).mining).toMatchObject({ consent: false, active: false });

  await page.getByRole("button", { name: "Join the writing" }).click();
  await page.getByRole("button", { name: /^start/i }).click();
  const { address } = await tab.request("get_wallet");
  await expect
    .poll(
      async () => (await tab.request("get_canon")).paragraphs.find((p) => p.author === address),
      {
        timeout: 60_000,
      },
    )
    .toBeDefined();
  await tab.request("stop_mining");
  const { paragraphs } = await tab.request("get_canon");
  const mine = paragraphs.find((paragraph) => paragraph.mine);
  await expect(page.getByText(mine?.text.slice(0, 40) ?? "")).toBeVisible();

  await page.reload();
  await expect(page.getByText(mine?.text.slice(0, 40) ?? "")).toBeVisible();
  expect((await tab.request("get_wallet")).address).toBe(address);
  expect((await tab.request("get_canon")).paragraphs.slice(0, paragraphs.length)).toMatchObject(
    paragraphs.map(({ block, text }) => ({ block, text })),
  );
  expect(tab.errors).toEqual([]);
});

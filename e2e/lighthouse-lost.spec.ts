import { type BrowserContext, expect, test } from "@playwright/test";
import { startLighthouse, type TestLighthouse } from "./support/lighthouse.ts";
import {
  expectHeight,
  expectNoErrors,
  expectPeers,
  expectRest,
  mineAll,
  openTabs,
  stopAll,
  type WatchedTab,
} from "./support/story.ts";
import { expectOneTip } from "./support/tab.ts";

const PACE_MS = 2_000;
const TABS = 4;

let lighthouse: TestLighthouse;
let contexts: readonly BrowserContext[] = [];
test.beforeEach(async () => {
  lighthouse = await startLighthouse({ paceMs: PACE_MS });
});
test.afterEach(async () => {
  await Promise.all(contexts.map((context) => context.close()));
  contexts = [];
  await lighthouse.dispose();
});

test("journey 2, lighthouse lost: four tabs go on among themselves, and it catches up when it is back [NET-4]", async ({
  browser,
}) => {
  contexts = await Promise.all(
    Array.from({ length: TABS }, () => browser.newContext({ permissions: ["microphone"] })),
  );
  const tabs = await openTabs(contexts, lighthouse.url);
  await Promise.all(tabs.map((tab) => expectPeers(tab, "direct", TABS - 1)));
  await mineAll(tabs);
  await expectHeight(tabs[0] as WatchedTab, 2);
  await stopAll(tabs);
  await expectOneTip([...tabs, lighthouse]);
  const { height } = await lighthouse.request("get_tip");

  await lighthouse.stop();
  for (const { page } of tabs) {
    const notice = page.locator('[data-state="lighthouse-lost"]');
    const more = page.getByRole("button", { name: /more notice/ });
    await expect(notice.or(more).first()).toBeVisible({ timeout: 30_000 });
    if (!(await notice.isVisible())) await more.click();
    await expect(notice).toContainText("The lighthouse does not answer", { timeout: 30_000 });
    await expect(notice).toContainText(/connections to other tabs go on without it/);
  }

  await mineAll(tabs);
  await Promise.all(tabs.map((tab) => expectHeight(tab, height + 3)));
  await stopAll(tabs);
  await expectOneTip(tabs);
  const canon = await (tabs[0] as WatchedTab).request("get_canon", { limit: 500 });
  expectRest(canon.paragraphs, PACE_MS);

  await lighthouse.restart();
  await expectOneTip([...tabs, lighthouse], 60_000);
  for (const { page } of tabs) {
    await expect(page.locator('[data-state="lighthouse-lost"]')).toBeHidden({ timeout: 30_000 });
  }
  expectNoErrors(tabs);
});

test("[STO-1] a lighthouse killed while tabs mine still has everything that it announced", async ({
  browser,
}) => {
  contexts = [await browser.newContext({ permissions: ["microphone"] })];
  const tabs = await openTabs(
    [contexts[0] as BrowserContext, contexts[0] as BrowserContext],
    lighthouse.url,
  );
  await mineAll(tabs);
  let told = await lighthouse.request("get_tip");
  await expect
    .poll(
      async () => {
        told = await lighthouse.request("get_tip");
        return told.height;
      },
      { timeout: 60_000, intervals: [20] },
    )
    .toBeGreaterThanOrEqual(3);
  await lighthouse.kill();
  // Nobody is left to give back what it might have lost.
  await contexts[0]?.close();
  contexts = [];

  await lighthouse.restart();
  const kept = await lighthouse.request("get_tip");
  expect(BigInt(kept.work)).toBeGreaterThanOrEqual(BigInt(told.work));
  const block = await lighthouse.request("get_block", { block: told.hash });
  expect(block.proof.verified).toBe(true);
  expect(block.header.totalWork).toBe(told.work);
  expect(block.header.stateRoot).toBe(told.stateRoot);
  // Between the answer and the kill it can only have moved to something better.
  if (kept.work === told.work && kept.hash === told.hash) expect(block.header.canon).toBe(true);
  const canon = await lighthouse.request("get_canon", { limit: 500 });
  expect(canon.paragraphs.map((one) => one.height)).toEqual(
    Array.from({ length: kept.height }, (_, index) => index + 1),
  );
  expectRest(canon.paragraphs, PACE_MS);
});

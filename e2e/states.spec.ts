/**
 * Every state of the product's table has its words, one action, no fault that axe can find and no
 * sideways scroll, in light and dark, on a wide screen and on a 360-px phone; each leaves a picture.
 * The app runs on the fixture's fake peer: what is proved here is the app, not the network.
 *
 * @module
 */
import { expect, type Page, test } from "@playwright/test";
import { type Fixture, judge, startFixture } from "./fixtures/judge.ts";

/** What a person must find in each state: its title, and the name of its one action. */
interface Expected {
  readonly id: string;
  readonly title: RegExp;
  readonly action: RegExp;
  /** Brings the state on, where it takes a click. */
  readonly before?: (page: Page) => Promise<void>;
}

const openComposer = async (page: Page): Promise<void> => {
  await page.getByRole("button", { name: /The boat was hers/ }).click();
};
const erase = async (page: Page): Promise<void> => {
  await page.getByRole("button", { name: "Erase everything…" }).click();
  await page.getByLabel(/Type the word/).fill("erase");
  await page.getByRole("button", { name: "Erase", exact: true }).click();
};

const openSend = async (page: Page): Promise<void> => {
  await page.getByRole("button", { name: "Send", exact: true }).click();
};

const TABLE: Readonly<Record<string, Expected>> = {
  "only-premise": {
    id: "only-premise",
    title: /Only the premise stands/,
    action: /Write the first paragraph/,
  },
  alone: { id: "alone", title: /You are alone/, action: /Invite someone/ },
  "connecting-slow": {
    id: "connecting-slow",
    title: /Still looking for other readers/,
    action: /Try again now/,
  },
  "no-webrtc": { id: "no-webrtc", title: /cannot talk to other tabs/, action: /Copy the link/ },
  "unknown-story": {
    id: "unknown-story",
    title: /Nobody here has this story/,
    action: /Try again/,
  },
  "linked-waiting": {
    id: "linked-waiting",
    title: /Looking for the paragraph/,
    action: /Ask again now/,
  },
  syncing: { id: "syncing", title: /640 of 2000/, action: /Watch/ },
  "newer-database": { id: "newer-database", title: /written by a newer Fabula/, action: /Reload/ },
  "storage-full": { id: "storage-full", title: /no room left/, action: /Data and storage/ },
  "worker-restarted": { id: "worker-restarted", title: /was started again/, action: /Good/ },
  "no-simd": { id: "no-simd", title: /mines slowly/, action: /See my rate/ },
  "insecure-context": { id: "insecure-context", title: /read only/, action: /Copy the link/ },
  "on-battery": { id: "on-battery", title: /runs on battery/, action: /Mine on battery too/ },
  "second-tab": {
    id: "second-tab",
    title: /another peer, with its own wallet/,
    action: /See this wallet/,
  },
  resting: { id: "resting", title: /You rest/, action: /Write the next one/ },
  displaced: {
    id: "draft-displaced",
    title: /your text is kept/,
    action: /Write it onto the new page/,
    before: openComposer,
  },
  "update-waiting": { id: "update-waiting", title: /newer version is ready/, action: /Update now/ },
  "lighthouse-lost": {
    id: "lighthouse-lost",
    title: /lighthouse does not answer/,
    action: /Try again now/,
  },
  "wallet-queued": {
    id: "queued-offline",
    title: /signed, not sent yet/,
    action: /See the network/,
  },
  "wallet-locked": {
    id: "wallet-locked",
    title: /The wallet is locked/,
    action: /^Unlock$/,
    before: openSend,
  },
  "codex-empty": {
    id: "codex-empty",
    title: /The codex is empty/,
    action: /Add the first entry/,
  },
  erased: { id: "erased", title: /was erased/, action: /Start afresh/, before: erase },
};

const VIEWS = [
  "reading",
  "first-visit",
  "reorganised",
  "apocrypha",
  "network",
  "wallet",
  "wallet-empty",
  "explorer",
  "explorer-quiet",
  "explorer-block",
  "explorer-seal",
  "explorer-transaction",
  "explorer-address",
  "explorer-handle",
  "explorer-unknown",
  "codex",
  "start",
  "settings",
];

let fixture: Fixture;
test.beforeAll(async () => {
  fixture = await startFixture();
});
test.afterAll(() => fixture.close());

const show = (page: Page, state: string): Promise<string[]> => fixture.show(page, state);

for (const [state, expected] of Object.entries(TABLE)) {
  test(`state: ${state}`, async ({ page }) => {
    await judge(page, state, async () => {
      const faults = await show(page, state);
      await expected.before?.(page);
      const notice = page.locator(`[data-state="${expected.id}"]`);
      await expect(notice).toContainText(expected.title);
      const action = notice
        .getByRole("button", { name: expected.action })
        .or(notice.getByRole("link", { name: expected.action }));
      await expect(action).toBeVisible();
      return faults;
    });
  });
}

for (const view of VIEWS) {
  test(`view: ${view}`, async ({ page }) => {
    await judge(page, `view-${view}`, async () => {
      const faults = await show(page, view);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      return faults;
    });
  });
}

test("a permalink shows its paragraph, highlighted and verified", async ({ page }) => {
  await show(page, "linked-found");
  const paragraph = page.locator('[data-height="8"]');
  await expect(paragraph).toBeInViewport();
  await expect(paragraph).toContainText("proof verified");
});

test("a new paragraph does not move the text under the reader", async ({ page }) => {
  await show(page, "reading");
  await page.getByRole("button", { name: /What happens next/ }).waitFor();
  const before = await page.locator('[data-height="1"]').boundingBox();
  await page.evaluate(() => {
    const { fixture } = window as unknown as { fixture: { arrive(): void } };
    fixture.arrive();
  });
  const notice = page.getByRole("button", { name: "1 new paragraph" });
  await expect(notice).toBeVisible();
  expect(await page.locator('[data-height="1"]').boundingBox()).toEqual(before);
  await notice.click();
  await expect(page.locator('[data-height="13"]')).toBeInViewport();
  await expect(notice).toBeHidden();
});

test("what is typed is kept, offered, and asks for consent before anything runs", async ({
  page,
}) => {
  await show(page, "first-visit");
  await page.getByRole("button", { name: "Just read" }).click();
  await page.getByRole("button", { name: /What happens next/ }).click();
  await page
    .getByRole("textbox", { name: "Your next paragraph" })
    .fill("A bell rang under the water.");
  await expect(page.getByText("6 of 140 words")).toBeVisible();
  await expect(page.getByText("Kept on this device")).toBeVisible();
  await page.getByRole("button", { name: "Offer this paragraph" }).click();
  await expect(page.getByRole("dialog", { name: "Mine your paragraph?" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
});

test("the recovery phrase is shown and checked by three of its words", async ({ page }) => {
  await show(page, "wallet");
  await page.getByRole("button", { name: "Show the 24 words" }).click();
  const words = await page.locator("[data-phrase] li").allTextContents();
  expect(words).toHaveLength(24);
  await page.getByRole("button", { name: "I have written them down" }).click();
  const fields = page.getByLabel(/^Word \d+$/);
  await expect(fields).toHaveCount(3);
  for (const field of await fields.all()) await field.fill("wrong");
  await page.getByRole("button", { name: "Check" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "not right" })).toBeVisible();
});

test("a form with faults says so beside its fields and loses nothing", async ({ page }) => {
  await show(page, "start");
  await page.getByLabel("Premise").fill("It began with a bell.");
  await page.getByRole("button", { name: "Start the story" }).click();
  await expect(page.getByText("A story needs a title.")).toBeVisible();
  await expect(page.getByLabel("Title")).toBeFocused();
  await page.getByLabel("Title").fill("The Bell");
  await expect(page.getByLabel("Premise")).toHaveValue("It began with a bell.");
  await page.getByRole("button", { name: "Start the story" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("has begun");
});

import { type BrowserContext, expect, test } from "@playwright/test";
import { startLighthouse, type TestLighthouse } from "./support/lighthouse.ts";
import { expectNoErrors, expectPeers, mineTo, openTabs, type WatchedTab } from "./support/story.ts";
import { expectOneTip } from "./support/tab.ts";

const MINE =
  "The keeper climbed the last stair, set the lamp down, and counted the ships that had not come.";

let lighthouse: TestLighthouse;
let contexts: readonly BrowserContext[] = [];
test.beforeEach(async () => {
  lighthouse = await startLighthouse({ paceMs: 2_000 });
});
test.afterEach(async () => {
  await Promise.all(contexts.map((context) => context.close()));
  await lighthouse.dispose();
});

test("journey 5: a draft outlives a reload and another's paragraph, is rebased, and becomes canon", async ({
  browser,
}) => {
  contexts = await Promise.all(
    [0, 1].map(() => browser.newContext({ permissions: ["microphone"] })),
  );
  const tabs = await openTabs(contexts, lighthouse.url);
  const [writer, other] = tabs as readonly [WatchedTab, WatchedTab];
  const { page } = writer;
  await page.getByRole("button", { name: "Just read" }).click();
  await page.getByRole("button", { name: /What happens next/ }).click();
  const box = page.getByRole("textbox", { name: "Your next paragraph" });
  await box.fill(MINE);
  await expect(page.getByText("Kept on this device")).toBeVisible();

  await page.reload();
  await page.getByRole("button", { name: new RegExp(MINE.slice(0, 30)) }).click();
  await expect(box).toHaveValue(MINE);
  expect((await writer.request("get_draft")).draft).toMatchObject({ text: MINE, state: "editing" });

  // Offered, but mining is not agreed to: the text waits, and says so.
  await page.getByRole("button", { name: "Offer this paragraph" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Not now" }).click();
  await expect(page.locator('[data-state="draft-offered"]')).toContainText(
    "Offered, but not being mined",
  );
  expect((await writer.request("get_status")).mining.active).toBe(false);

  await expectPeers(writer, "direct", 1);
  await mineTo(other, 1);
  await expectOneTip(tabs);
  const [first] = (await other.request("get_canon")).paragraphs;
  const displaced = page.locator('[data-state="draft-displaced"]');
  await expect(displaced).toContainText("Somebody came first; your text is kept");
  await expect(displaced.getByRole("blockquote")).toContainText(first?.text.slice(0, 40) ?? "");
  await expect(box).toHaveValue(MINE);

  // Displaced stays displaced through a reload; nothing of it is lost.
  await page.reload();
  await page.getByRole("button", { name: new RegExp(MINE.slice(0, 30)) }).click();
  await expect(displaced).toBeVisible();
  await displaced.getByRole("button", { name: "Write it onto the new page" }).click();
  const offered = page.locator('[data-state="draft-offered"]');
  await offered.getByRole("button", { name: "Start mining…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Start mining" }).click();
  await expect(page.locator('[data-state="draft-canon"]')).toContainText(
    "Your paragraph is in the book",
    { timeout: 60_000 },
  );

  const { draft } = await writer.request("get_draft");
  expect(draft?.state).toBe("canon");
  await writer.request("stop_mining");
  await expectOneTip([...tabs, lighthouse]);
  const canon = (await other.request("get_canon")).paragraphs;
  expect(canon.map((one) => one.text)).toEqual([first?.text, MINE]);
  expect(canon[1]).toMatchObject({
    block: draft?.block,
    author: (await writer.request("get_wallet")).address,
    provenance: { writer: "human" },
  });
  await expect(other.page.getByText(MINE)).toBeVisible();
  expectNoErrors(tabs);
});

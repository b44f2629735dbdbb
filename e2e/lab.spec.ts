/**
 * The lab in the page: runs in its worker without making the page stutter, cancels, says what is wrong with a
 * scenario, opens one from a link and runs nothing by itself, and forgets nothing that was typed.
 *
 * @module
 */
import { expect, type Page, test } from "@playwright/test";
import { startLighthouse, type TestLighthouse } from "./support/lighthouse.ts";
import { openTab } from "./support/tab.ts";

let lighthouse: TestLighthouse;
test.beforeEach(async () => {
  lighthouse = await startLighthouse({ paceMs: 60_000 });
});
test.afterEach(() => lighthouse.dispose());

const SHORT = `lab:
  name: "A short one"
  pace: 30
  blocks: 40
agents:
  user_agents:
    - id: only
      is_miner: true
      attributes:
        hashrate: "100"
`;

/** Remembers how long the page's own thread was busy at a stretch, from now on. */
async function watchLongTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const tasks: number[] = [];
    Object.assign(window, { longTasks: tasks });
    new PerformanceObserver((list) => {
      tasks.push(...list.getEntries().map(({ duration }) => duration));
    }).observe({ entryTypes: ["longtask"] });
  });
}

async function longestTask(page: Page): Promise<number> {
  const tasks = await page.evaluate(() => (window as unknown as { longTasks: number[] }).longTasks);
  return Math.max(0, ...tasks);
}

test("a scenario runs, is cancelled, mended, compared and sent as a link", async ({ context }) => {
  const { page, errors } = await openTab(context, `${lighthouse.url}#/lab`);
  const run = page.getByRole("button", { name: "Run", exact: true });
  const log = page.locator("[data-log-hash]");
  const shares = page.getByRole("region", { name: "Share of the best chain of each miner" });
  await expect(page.getByText("10 miners among 10 peers")).toBeVisible();

  // Long enough to be looked at while it runs.
  await page.getByRole("textbox", { name: "Blocks" }).fill("400000");
  await watchLongTasks(page);
  await run.click();
  const under = page.getByRole("region", { name: "Run under way" });
  await expect(under.getByText(/left$/)).toBeVisible();
  await expect(shares.getByRole("row")).toHaveCount(11);
  await expect(
    page.getByRole("article").getByText("Simulated", { exact: true }).first(),
  ).toBeVisible();
  const read = async (): Promise<string> => (await under.textContent()) ?? "";
  const before = await read();
  await expect.poll(read).not.toBe(before);
  await under.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("alert").getByText(/was cancelled/)).toBeVisible();
  await expect(log).toBeHidden();
  expect(await longestTask(page), "ms of the page's thread at a stretch").toBeLessThan(200);

  // The same seed gives the same log.
  await page.getByRole("textbox", { name: "Blocks" }).fill("300");
  await run.click();
  await expect(log).toHaveText(/^[0-9a-f]{64}$/);
  await expect(shares.getByRole("row")).toHaveCount(11);
  const first = await log.textContent();
  await run.click();
  await expect(page.getByRole("heading", { name: "Compared with the run before" })).toBeVisible();
  await expect(log).toHaveText(first ?? "");

  // What is wrong is named with its line, which can be jumped to; what was typed survives a reload.
  const editor = page.getByLabel("Scenario in YAML");
  await editor.fill(SHORT.replace("blocks: 40", "blokcs: 40"));
  const problem = page.getByRole("button", { name: /Line 4.*blokcs/ });
  await expect(problem).toBeVisible();
  await expect(run).toBeDisabled();
  await problem.click();
  await expect(editor).toBeFocused();
  const selected = await editor.evaluate((area: HTMLTextAreaElement) =>
    area.value.slice(area.selectionStart, area.selectionEnd),
  );
  expect(selected).toBe("  blokcs: 40");
  await editor.press("Tab");
  await expect(editor).not.toBeFocused();
  await editor.fill(SHORT);
  await expect(run).toBeEnabled();
  await page.waitForFunction(() => localStorage.getItem("fabula.app.lab")?.includes("blocks: 40"));
  await page.reload();
  await expect(editor).toHaveValue(SHORT);

  // A link opens it elsewhere, and runs nothing.
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: "Copy a link to this scenario" }).click();
  await expect(page.getByRole("button", { name: "Copied ✓" })).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await page.evaluate(() => localStorage.removeItem("fabula.app.lab"));
  const other = await openTab(context, link);
  await expect(other.page.getByLabel("Scenario in YAML")).toHaveValue(SHORT);
  await expect(other.page.getByText("Nothing has run yet")).toBeVisible();

  // A damaged one says so.
  await other.page.goto(`${lighthouse.url}#/lab?s=bm90IGEgc2NlbmFyaW8`);
  await expect(other.page.getByRole("alert").getByText(/damaged/)).toBeVisible();
  expect([...errors, ...other.errors]).toEqual([]);
});

test("an experiment asks, runs its cases and answers with their figures", async ({ context }) => {
  const { page, errors } = await openTab(context, `${lighthouse.url}#/lab`);
  await page.getByRole("button", { name: "Why does the tracker rest?" }).click();
  await page.getByRole("button", { name: "Run all 3 cases" }).click();
  await page.getByRole("button", { name: "Show the answer" }).click();
  await expect(page.getByText(/With the rest the large one wrote 4\d/)).toBeVisible();
  await page.getByRole("radio", { name: "Without it" }).check();
  await expect(page.getByRole("heading", { name: "Without the rest" })).toBeVisible();
  expect(errors).toEqual([]);
});

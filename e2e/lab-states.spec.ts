/**
 * The lab's states under axe, in both themes and on both widths, each with a picture. The peer is the
 * fixture's fake one; the worker and its runs are real.
 *
 * @module
 */
import { expect, type Page, test } from "@playwright/test";
import { type Fixture, judge, startFixture } from "./fixtures/judge.ts";

let fixture: Fixture;
test.beforeAll(async () => {
  fixture = await startFixture();
});
test.afterAll(() => fixture.close());

async function runIt(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect(page.locator("[data-log-hash]")).toBeVisible();
}

const BROKEN = `lab:
  pace: -4
agents:
  user_agents:
    - is_miner: true
      attributes:
        hashrate: "30"
    - is_miner: true
      attributes:
        hashrate: "much"
`;

/** Brings each state on, from the fixture's lab. */
const STATES: Readonly<
  Record<string, { readonly state?: string; readonly bring: (page: Page) => Promise<void> }>
> = {
  // Also without a rate of its own.
  empty: {
    state: "lab-not-mining",
    async bring(page) {
      await expect(page.getByText("Nothing has run yet")).toBeVisible();
      await expect(page.getByText("there is no share to expect")).toBeVisible();
    },
  },
  problems: {
    async bring(page) {
      await page.getByLabel("Scenario in YAML").fill(BROKEN);
      await expect(page.getByRole("button", { name: /^Line 2/ })).toBeVisible();
    },
  },
  running: {
    async bring(page) {
      await page.getByRole("textbox", { name: "Blocks" }).fill("1000000");
      await page.getByRole("button", { name: "Run", exact: true }).click();
      await expect(page.getByRole("heading", { name: "Block times" })).toBeVisible();
    },
  },
  compared: {
    async bring(page) {
      await runIt(page);
      await page.getByRole("textbox", { name: "Seed" }).fill("7");
      await runIt(page);
      await page
        .getByRole("heading", { name: "Compared with the run before" })
        .scrollIntoViewIfNeeded();
    },
  },
  experiment: {
    async bring(page) {
      await page.getByRole("button", { name: "Why are there forks?" }).click();
      await page.getByRole("button", { name: "Run all 3 cases" }).click();
      await page.getByRole("button", { name: "Show the answer" }).click();
    },
  },
  rules: {
    async bring(page) {
      await page.locator("#lab-example").selectOption({ label: "Everyone goes home" });
      await page.getByRole("button", { name: "Under every difficulty rule" }).click();
      await expect(page.getByText("What a block cost", { exact: true })).toBeVisible();
    },
  },
  swept: {
    async bring(page) {
      await page.locator("#lab-example").selectOption({ label: "A selfish miner" });
      await page.getByText("Sweep: many latencies and paces, attackers").click();
      await page.getByLabel("Latencies").fill("20ms, 1s");
      await page.getByLabel("Paces").fill("");
      await page.getByLabel("The attacker’s hash rate").fill("10, 30, 45");
      await page.getByRole("button", { name: "Run the sweep" }).click();
      await expect(page.getByText("What withholding blocks gains", { exact: true })).toBeVisible();
    },
  },
  replay: {
    async bring(page) {
      await page.getByRole("button", { name: "Replay the story so far as a scenario" }).click();
      await runIt(page);
      await expect(page.getByRole("heading", { name: /side by side/ })).toBeVisible();
    },
  },
  traced: {
    state: "lab-long-story",
    async bring(page) {
      await page.getByRole("button", { name: "Replay the real blocks" }).click();
      await expect(page.getByText(/find/).first()).toBeVisible();
      await runIt(page);
      const traced = page.locator("[data-part=traced]");
      await expect(
        traced.getByText("asks of all 129 paragraphs exactly what the live chain asked"),
      ).toBeVisible();
      await traced.getByRole("combobox").selectOption({ label: "ASERT" });
      await expect(traced.getByText(/ASERT would have asked/)).toBeVisible();
    },
  },
};

for (const [name, { state = "lab", bring }] of Object.entries(STATES)) {
  test(`lab: ${name}`, async ({ page }) => {
    await judge(page, `lab-${name}`, async () => {
      const faults = await fixture.show(page, state);
      await page.evaluate(() => localStorage.removeItem("fabula.app.lab"));
      await page.reload();
      await expect(page.getByText("10 miners among 10 peers")).toBeVisible();
      await bring(page);
      return faults;
    });
  });
}

/**
 * The lab in the page: runs in its worker without making the page stutter, cancels, says what is wrong with a
 * scenario, opens one from a link and runs nothing by itself, and forgets nothing that was typed.
 *
 * @module
 */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { PUBLISHED_EXAMPLE } from "../src/lab/scenario/published-example.ts";
import { startLighthouse, type TestLighthouse } from "./support/lighthouse.ts";
import { openTab } from "./support/tab.ts";

const COMMAND = fileURLToPath(new URL("../bin/fabula.mjs", import.meta.url));

let lighthouse: TestLighthouse;
test.beforeAll(async () => {
  lighthouse = await startLighthouse({ paceMs: 60_000 });
});
test.afterAll(() => lighthouse.dispose());

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

/** The log hash that `fabula lab run --json` gives for a scenario. */
async function commandLineHash(folder: string, yaml: string, blocks: number): Promise<string> {
  const path = join(folder, "scenario.yaml");
  await writeFile(path, yaml);
  const args = [COMMAND, "lab", "run", path, "--blocks", String(blocks), "--json"];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const { logHash } = JSON.parse(stdout) as { readonly logHash: string };
  return logHash;
}

test("a scenario runs, is cancelled, mended, compared and sent as a link", async ({ context }) => {
  const { page, errors } = await openTab(context, `${lighthouse.url}#/lab`);
  const run = page.getByRole("button", { name: "Run", exact: true });
  const log = page.locator("[data-log-hash]");
  const shares = page.getByRole("region", { name: "Share of the best chain of each miner" });
  await expect(page.getByText("10 miners among 10 peers")).toBeVisible();

  // Long enough to be looked at while it runs.
  await page.getByRole("textbox", { name: "Blocks" }).fill("400000");
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

  // Another one takes its place.
  await page.getByRole("button", { name: "What is difficulty?" }).click();
  await page.getByRole("button", { name: "Run the experiment" }).click();
  await page.getByRole("button", { name: "Show the answer" }).click();
  await expect(page.getByText(/For some minutes they were faster/)).toBeVisible();
  await expect(page.getByRole("region", { name: /^Outcome/ })).toHaveCount(1);
  expect(errors).toEqual([]);
});

test("the published example has one log in the page and on the command line", async ({
  context,
}) => {
  const folder = await mkdtemp(join(tmpdir(), "fabula-lab-"));
  const { page, errors } = await openTab(context, `${lighthouse.url}#/lab`);
  const log = page.locator("[data-log-hash]");
  const engines = [
    { yaml: PUBLISHED_EXAMPLE, blocks: 3, by: "block controller" },
    {
      yaml: `${PUBLISHED_EXAMPLE}lab:\n  engine: autonomous\n`,
      blocks: 400,
      by: "autonomous miners",
    },
  ];
  for (const { yaml, blocks, by } of engines) {
    await page.getByLabel("Scenario in YAML").fill(yaml);
    await page.getByRole("textbox", { name: "Blocks" }).fill(String(blocks));
    await expect(page.getByText(new RegExp(`7 miners among 8 peers.*${by}`))).toBeVisible();
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await expect(page.getByText(`${blocks} blocks`).first()).toBeVisible();
    await expect(log).toHaveText(/^[0-9a-f]{64}$/);
    expect(await log.textContent(), by).toBe(await commandLineHash(folder, yaml, blocks));
  }
  await rm(folder, { recursive: true });
  expect(errors).toEqual([]);
});

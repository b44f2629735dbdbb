/**
 * Money as a person meets it, on the fixture's fake peer: every dialog that signs or shows a receipt is
 * judged like a state, and what is typed, refused or sealed is answered in words.
 *
 * @module
 */
import { readFile } from "node:fs/promises";
import { expect, type Page, test } from "@playwright/test";
import { type Fixture, judge, startFixture } from "./fixtures/judge.ts";

let fixture: Fixture;
test.beforeAll(async () => {
  fixture = await startFixture();
});
test.afterAll(() => fixture.close());

const press = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole("button", { name, exact: true }).first().click();

async function fillSend(page: Page): Promise<void> {
  await press(page, "Send");
  await page.getByLabel("To", { exact: true }).fill("@pell");
  await expect(page.locator("[data-recipient]")).toBeVisible();
  await page.getByLabel("Amount").fill("12.5");
}

/** Dialogs by the name of their pictures. */
const DIALOGS: Readonly<
  Record<string, { readonly state: string; readonly open: (page: Page) => Promise<void> }>
> = {
  send: { state: "wallet-checked", open: fillSend },
  "send-review": {
    state: "wallet-checked",
    open: async (page) => {
      await fillSend(page);
      await press(page, "Look it over");
      await expect(page.getByRole("dialog", { name: "Look once more" })).toBeVisible();
    },
  },
  receive: { state: "wallet-checked", open: (page) => press(page, "Receive") },
  "register-handle": {
    state: "wallet-checked",
    open: async (page) => {
      await press(page, "Register a handle…");
      await page.getByLabel("Handle", { exact: true }).fill("tideclerk");
      await expect(page.getByText("@tideclerk is free.")).toBeVisible();
    },
  },
  profile: { state: "wallet-checked", open: (page) => press(page, "Add a profile…") },
  "export-key": { state: "wallet-checked", open: (page) => press(page, /^Export the key of/) },
  receipt: {
    state: "wallet-checked",
    open: async (page) => {
      await press(page, /^Tip from/);
      await expect(page.locator("[data-proof]")).toHaveText("verified ✓");
    },
  },
  "receipt-lost": {
    state: "wallet-checked",
    open: async (page) => {
      await press(page, /^Registered @pell/);
      await expect(page.locator('[data-state="operation-lost"]')).toContainText("handle taken");
    },
  },
  tip: {
    state: "reading",
    open: async (page) => {
      await press(page, /^Tip the author of paragraph 9/);
      await expect(page.getByRole("heading", { name: "Tipped 5 consumer" })).toBeVisible();
    },
  },
  "codex-add": { state: "codex", open: (page) => press(page, "Add an entry") },
};

for (const [name, { state, open }] of Object.entries(DIALOGS)) {
  test(`dialog: ${name}`, async ({ page }) => {
    await judge(page, `dialog-${name}`, async () => {
      const faults = await fixture.show(page, state);
      await open(page);
      await expect(page.getByRole("dialog")).toBeVisible();
      return faults;
    });
  });
}

test("a payment is resolved, explained, looked over, signed and seen sealed", async ({ page }) => {
  await fixture.show(page, "wallet-checked");
  await fillSend(page);
  const terms = page.getByRole("dialog").getByRole("table");
  await expect(terms.getByRole("row", { name: /^Fee/ })).toContainText("−0.000282");
  await expect(terms.getByRole("row", { name: /^Remains/ })).toContainText("1,988.999418");
  await page.getByRole("radio", { name: "Industrial" }).last().check();
  await expect(terms.getByRole("row", { name: /^Remains/ })).toContainText("1,999.999718");
  await press(page, "Look it over");
  const review = page.getByRole("dialog", { name: "Look once more" });
  await expect(review).toContainText("12.5 consumer");
  await expect(review).toContainText("@pell");
  await press(page, "Sign and send");
  await expect(page.locator('[data-payment="pending"]').first()).toBeVisible();
  await expect(page.getByRole("dialog").locator('[data-payment="sealed"]')).toBeVisible();
  await press(page, "Open the receipt");
  await press(page, "Verify again now");
  await expect(page.locator("[data-proof]")).toHaveText("verified ✓");
  await page.getByText("bytes, field by field").click();
  await expect(
    page
      .getByRole("definition")
      .filter({ hasText: /^0{16}$/ })
      .first(),
  ).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(page.getByRole("list", { name: /^Payments/ })).toContainText("−12.5 consumer");
});

test("what cannot be paid says why, beside its field", async ({ page }) => {
  await fixture.show(page, "wallet-checked");
  await press(page, "Send");
  await press(page, "Look it over");
  await expect(page.getByText("Say who is to be paid.")).toBeVisible();
  await expect(page.getByText("Say how much.")).toBeVisible();
  await page.getByLabel("To", { exact: true }).fill("@nobody_here");
  await expect(page.getByText("Nobody has @nobody_here.")).toBeVisible();
  await page.getByLabel("Amount").fill("12,5");
  await expect(page.getByText("That is no amount.")).toBeVisible();
  await page.getByLabel("Amount").fill("3000");
  await expect(page.locator('[data-short="consumer"]')).toBeVisible();
});

test("a refusal is told by its number's words, and nothing typed is lost", async ({ page }) => {
  await fixture.show(page, "wallet-refused");
  await fillSend(page);
  await press(page, "Look it over");
  await press(page, "Sign and send");
  const alert = page.getByRole("alert").filter({ hasText: "Sixteen payments" });
  await expect(alert).toBeVisible();
  await press(page, "Change something");
  await expect(page.getByLabel("Amount")).toHaveValue("12.5");
});

test("a locked wallet is opened where one wants to pay", async ({ page }) => {
  await fixture.show(page, "wallet-locked");
  await press(page, "Send");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Passphrase").fill("four quiet harbour bells");
  await dialog.getByRole("button", { name: "Unlock" }).click();
  await expect(dialog.getByLabel("To", { exact: true })).toBeFocused();
});

test("an account is named without losing one's place", async ({ page }) => {
  await fixture.show(page, "wallet-checked");
  await press(page, "Rename Savings");
  await page.getByLabel("Name of this account").press("Escape");
  await expect(page.getByRole("button", { name: "Rename Savings" })).toBeFocused();
  await page.getByRole("button", { name: "Use this one: Savings" }).press("Enter");
  await expect(page.getByRole("button", { name: "Rename Savings" })).toBeFocused();
});

test("what is signed without a peer waits for one, and says so", async ({ page }) => {
  await fixture.show(page, "wallet-queued");
  await fillSend(page);
  await press(page, "Look it over");
  await press(page, "Sign and send");
  await expect(page.getByRole("dialog")).toContainText("It leaves by itself");
  await press(page, "Done");
  await expect(page.locator('[data-state="queued-offline"]')).toContainText("2 payments");
});

test("a tip from the margin is sealed, and the paragraph shows it", async ({ page }) => {
  await fixture.show(page, "reading");
  const tip = page.getByRole("button", { name: /^Tip the author of paragraph 1\b/ });
  await tip.click();
  await press(page, "2");
  await page.getByLabel("A word with it, if you like").fill("That habit!");
  await press(page, "Tip 2 consumer");
  await expect(page.getByRole("dialog").locator('[data-payment="sealed"]').first()).toBeVisible();
  await press(page, "Done");
  await expect(tip).toHaveText("tipped 2 consumer");
});

test("a handle that somebody has is not offered for money", async ({ page }) => {
  await fixture.show(page, "wallet-checked");
  await press(page, "Register a handle…");
  await page.getByLabel("Handle", { exact: true }).fill("@Pell");
  await expect(page.getByText("Somebody has @pell already.")).toBeVisible();
  await page.getByLabel("Handle", { exact: true }).fill("tideclerk");
  await expect(page.getByText("@tideclerk is free.")).toBeVisible();
  await press(page, "Register it for 10 consumer tokens");
  await expect(page.getByRole("dialog").locator('[data-payment="sealed"]')).toBeVisible();
});

test("the history is saved whole, as CSV and as JSON", async ({ page }) => {
  await fixture.show(page, "wallet-checked");
  for (const kind of ["CSV", "JSON"]) {
    const saving = page.waitForEvent("download");
    await press(page, kind);
    const saved = await saving;
    expect(saved.suggestedFilename()).toMatch(new RegExp(`\\.${kind.toLowerCase()}$`));
    expect(await readFile(await saved.path(), "utf8")).toContain("for the lamp");
  }
});

test("accounts are added, named, chosen and imported, with what the phrase does not cover", async ({
  page,
}) => {
  await fixture.show(page, "wallet-checked");
  const accounts = page.getByRole("list", { name: "Accounts of this wallet" });
  await expect(accounts.getByRole("listitem")).toHaveCount(3);
  await expect(accounts).toContainText("the phrase does not cover it");
  await press(page, "Add an account");
  await expect(accounts.getByRole("listitem")).toHaveCount(4);
  await press(page, "Rename Savings");
  await page.getByLabel("Name of this account").fill("Rainy days");
  await press(page, "Keep");
  await expect(accounts).toContainText("Rainy days");
  await press(page, "Use this one: Rainy days");
  await expect(accounts.getByRole("listitem").nth(1)).toContainText("in use");
  await page.getByText("Import a key file").click();
  await page.getByLabel("Or its text").fill("nonsense");
  await expect(page.getByRole("button", { name: "Import the account" })).toBeDisabled();
  await page.getByRole("checkbox", { name: /does not bring this account back/ }).check();
  await press(page, "Import the account");
  await expect(page.getByRole("alert").filter({ hasText: "not an Ed25519" })).toBeVisible();
});

test("the explorer opens a single hit, and says when there is none", async ({ page }) => {
  await fixture.show(page, "explorer");
  const search = page.getByRole("searchbox");
  await search.fill("zzzz");
  await press(page, "Search");
  await expect(page.getByText("Nothing here has that height")).toBeVisible();
  await search.fill("@pell");
  await press(page, "Search");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("@pell");
  await page.getByRole("searchbox").fill("9");
  await page.getByRole("searchbox").press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Block 9");
  await page.getByRole("link", { name: "Seal 1" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Seal 1 on block 9");
});

test("an own entry of the codex is amended, another's is not offered", async ({ page }) => {
  await fixture.show(page, "codex");
  await expect(page.getByRole("button", { name: /^Amend/ })).toHaveCount(1);
  await press(page, "Amend Ilse Dray");
  await page.getByLabel("What is to be known").fill("Twelfth clerk, now.");
  await press(page, "Amend it");
  await expect(page.getByRole("dialog").locator('[data-payment="sealed"]')).toBeVisible();
});

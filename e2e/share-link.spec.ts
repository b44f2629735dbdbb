import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { startLighthouse, type TestLighthouse } from "./support/lighthouse.ts";
import { expectNoErrors, mineTo, type WatchedTab } from "./support/story.ts";
import { expectOneTip, openTab } from "./support/tab.ts";

const SITE = fileURLToPath(new URL("../dist/site/", import.meta.url));
/** A short link must fit a QR code that a phone reads from a screen. */
const MAX_SHORT_BYTES = 300;
/** Tag of a question for headers on a request stream (NET-4). */
const HEADERS_TAG = 2;
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

let lighthouse: TestLighthouse;
test.beforeEach(async () => {
  lighthouse = await startLighthouse({ paceMs: 2_000 });
});
test.afterEach(() => lighthouse.dispose());

/** A static host that knows nothing of lighthouses, with the site under a sub-path. */
async function startStaticHost(prefix: string): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://host");
    const name = pathname === prefix ? "index.html" : pathname.slice(prefix.length);
    const inside = pathname.startsWith(prefix) && !name.includes("..");
    (inside ? readFile(join(SITE, name)) : Promise.reject(new TypeError("outside"))).then(
      (body) => {
        response.writeHead(200, {
          "content-type": TYPES[extname(name)] ?? "application/octet-stream",
        });
        response.end(body);
      },
      () => {
        response.writeHead(404).end();
      },
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${prefix}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** A profile that has never seen the site. */
async function freshTab(browser: Browser, url: string): Promise<WatchedTab> {
  const context = await browser.newContext({ permissions: ["microphone"] });
  return openTab(context, url);
}

/** The paragraph stands on the page, and its proof was recomputed there. */
async function expectVerified(page: Page, block: string, text: string): Promise<void> {
  const shown = page.locator(`[data-block="${block}"]`).first();
  await expect(shown).toContainText(text.slice(0, 60), { timeout: 30_000 });
  await expect(shown).toContainText("verified");
  await expect(shown).not.toContainText("not verified");
}

test("journey 3: a link from the share sheet opens one paragraph, verified, in a profile that knew nothing", async ({
  browser,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write", "microphone"]);
  const giver = await openTab(context, lighthouse.url);
  await mineTo(giver, 3);
  const { paragraphs } = await giver.request("get_canon");
  const { block, text } = paragraphs[1]!;
  const { link, short } = await giver.request("get_link", { block });
  expect(new TextEncoder().encode(short).length).toBeLessThanOrEqual(MAX_SHORT_BYTES);

  const { page } = giver;
  await page
    .locator(`[data-block="${block}"]`)
    .getByRole("button", { name: /details and proof/ })
    .click();
  await expect(page.locator('[data-proof="true"]')).toHaveText("verified ✓");
  await page.getByRole("dialog").getByRole("button", { name: "Share…" }).click();
  const sheet = page.getByRole("dialog", { name: "Share this paragraph" });
  await expect(sheet.getByRole("textbox", { name: "Link" })).toHaveValue(link);
  await expect(sheet.getByRole("img", { name: /QR code/ })).toBeVisible();
  await sheet.getByRole("button", { name: "Copy the link" }).click();
  await expect(sheet.getByRole("button", { name: "Copied ✓" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);

  for (const given of [link, short]) {
    const receiver = await freshTab(browser, given);
    await expectVerified(receiver.page, block, text);
    const view = await receiver.request("get_block", { block });
    expect(view.proof.verified).toBe(true);
    expect(view.paragraph?.text).toBe(text);
    await expectOneTip([giver, receiver, lighthouse]);
    expectNoErrors([receiver]);
    await receiver.page.context().close();
  }
  expectNoErrors([giver]);
});

test("journey 3: the linked paragraph is verified on its own before anything else has synced", async ({
  browser,
}) => {
  const giver = await freshTab(browser, lighthouse.url);
  await mineTo(giver, 3);
  const { paragraphs } = await giver.request("get_canon");
  const { block, text } = paragraphs[2]!;
  const { link } = await giver.request("get_link", { block });
  await giver.page.context().close();

  const context = await browser.newContext({ permissions: ["microphone"] });
  // The tab's own questions for headers wait on their way out until the test lets them go.
  await context.addInitScript((tag) => {
    const held: (() => void)[] = [];
    let open = false;
    Object.assign(window, {
      releaseHeaders: () => {
        open = true;
        for (const send of held.splice(0)) send();
      },
      heldHeaders: () => held.length,
    });
    // Called with its receiver below.
    // oxlint-disable-next-line typescript/unbound-method
    const listen = Worker.prototype.addEventListener;
    Worker.prototype.addEventListener = function (
      this: Worker,
      type: string,
      handler: EventListenerOrEventListenerObject,
    ) {
      if (type !== "message" || typeof handler !== "function") {
        listen.call(this, type, handler);
        return;
      }
      listen.call(this, type, (event: Event) => {
        const { name, argument } = ((event as MessageEvent).data ?? {}) as {
          readonly name?: string;
          readonly argument?: { readonly bytes?: Uint8Array };
        };
        if (!open && name === "request" && argument?.bytes?.[0] === tag) {
          held.push(() => handler(event));
        } else handler(event);
      });
    } as typeof listen;
  }, HEADERS_TAG);
  const receiver = await openTab(context, link);
  const { page } = receiver;
  await expectVerified(page, block, text);
  await expect(page.getByRole("region", { name: "The paragraph of this link" })).toContainText(
    "verified ✓",
  );
  const view = await receiver.request("get_block", { block });
  expect(view.proof.verified).toBe(true);
  expect(view.paragraph?.text).toBe(text);
  expect((await receiver.request("get_tip")).height).toBe(0);
  expect((await receiver.request("get_status")).sync.phase).not.toBe("synced");
  await page.waitForFunction(
    () => (window as unknown as { heldHeaders(): number }).heldHeaders() > 0,
  );

  await page.evaluate(() => {
    (window as unknown as { releaseHeaders(): void }).releaseHeaders();
  });
  await expectOneTip([receiver, lighthouse]);
  expect((await receiver.request("get_header", { block })).canon).toBe(true);
  expectNoErrors([receiver]);
  await context.close();
});

test("journey 3: a link on a static host under a sub-path syncs through the ways in inside it", async ({
  browser,
}) => {
  const giver = await freshTab(browser, lighthouse.url);
  await mineTo(giver, 2);
  const { paragraphs } = await giver.request("get_canon");
  const { block, text } = paragraphs[0]!;
  const { link } = await giver.request("get_link", { block });
  await giver.page.context().close();

  const host = await startStaticHost("/some/sub/path/");
  try {
    const receiver = await freshTab(browser, `${host.url}${link.slice(link.indexOf("#"))}`);
    await expectVerified(receiver.page, block, text);
    await expectOneTip([receiver, lighthouse]);
    const again = await receiver.request("get_link", { block });
    expect(again.link.startsWith(`${host.url}#/s/`)).toBe(true);
    expect(again.link).toContain("via=");
    expectNoErrors([receiver]);
    await receiver.page.context().close();
  } finally {
    await host.close();
  }
});

test("a damaged link says so, and leads to the story that is here", async ({ browser }) => {
  const giver = await freshTab(browser, lighthouse.url);
  const { link } = await giver.request("get_link");
  const { title } = await giver.request("get_genesis");
  const { page } = giver;
  const story = link.slice(link.indexOf("#/s/"));
  const damaged = story.replace(/g=(.{40}).{4}/, "g=$1AAAA");
  const strange = `#/s/${"ab".repeat(32)}`;

  // In a tab that has a story open: another story that nobody has, and a genesis that was tampered with.
  await page.evaluate((hash) => {
    location.hash = hash;
  }, strange);
  await expect(page.locator('[data-state="opening-story"]')).toBeVisible();
  // The id alone is enough for the story that is here; its own copy is what was checked against it.
  const fresh = await freshTab(browser, `${lighthouse.url}${damaged}`);
  await expect(fresh.page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  const foreign = await freshTab(
    browser,
    `${lighthouse.url}${damaged.replace(/\/s\/\w{64}/, strange.slice(1))}`,
  );
  const state = foreign.page.locator('[data-state="unknown-story"]');
  await expect(state).toContainText("This story could not be opened", { timeout: 30_000 });
  await expect(state).toContainText("The link is damaged. Copy it again in full.");
  await expect(state.getByRole("button", { name: "Try again" })).toBeVisible();
  await state.getByRole("link", { name: /story of this site/ }).click();
  await expect(foreign.page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  const cut = await freshTab(browser, `${lighthouse.url}#/s/${"ab".repeat(20)}`);
  await expect(cut.page.locator('[data-state="unknown-place"]')).toContainText(
    "copy it again in full",
  );
  await cut.page.getByRole("link", { name: "Go to the story" }).click();
  await expect(cut.page.getByRole("heading", { level: 1, name: title })).toBeVisible();

  const unknown = page.locator('[data-state="unknown-story"]');
  await expect(unknown).toContainText("Nobody here has this story", { timeout: 40_000 });
  await unknown.getByRole("link", { name: /story of this site/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  expectNoErrors([giver, fresh, foreign, cut]);
  await Promise.all([giver, fresh, foreign, cut].map((tab) => tab.page.context().close()));
});

import { expect, type Page, test } from "@playwright/test";
import * as z from "zod/mini";
import type { EventName } from "../src/peer/rpc/events.ts";
import { METHOD_SCHEMAS } from "../src/peer/rpc/methods-schema.ts";
import type { MethodName } from "../src/peer/rpc/schema.ts";
import { startLighthouse, type TestLighthouse } from "./support/lighthouse.ts";
import { expectHeight, expectPeers, mineAll, mineTo, stopAll } from "./support/story.ts";
import { openTab, type Tab, tabOf } from "./support/tab.ts";

const ROUTES = [
  "#/",
  "#/apocrypha",
  "#/codex",
  "#/explorer",
  "#/network",
  "#/wallet",
  "#/start",
  "#/settings",
  "#/nowhere",
];
/** Methods that answer without parameters; the others are asked one by one. */
const answersAlone = (method: MethodName): boolean =>
  METHOD_SCHEMAS[method].params.safeParse(undefined).success;

let lighthouse: TestLighthouse;
test.beforeEach(async () => {
  lighthouse = await startLighthouse({ paceMs: 2_000 });
});
test.afterEach(() => lighthouse.dispose());

/** Code and data of a refusal, or what came instead. */
function refusal(page: Page, call: unknown): Promise<unknown> {
  return page.evaluate(
    (given) =>
      window.fabula.request(given as never).then(
        (result) => ({ result }),
        (error: { readonly code?: unknown; readonly data?: unknown }) => ({
          code: error.code,
          data: error.data,
        }),
      ),
    call,
  );
}

/** Validates an answer against the shape that the table documents. */
function expectShape(method: MethodName, result: unknown): void {
  const parsed = z.safeParse(METHOD_SCHEMAS[method].result, result);
  expect(parsed.success ? [] : parsed.error.issues, method).toEqual([]);
}

/** Counts events from now on. */
async function hear(page: Page, names: readonly EventName[]): Promise<void> {
  await page.evaluate((all) => {
    const heard: Record<string, unknown[]> = {};
    Object.assign(window, { heard });
    for (const name of all) {
      window.fabula.on(name, (data) => {
        (heard[name] ??= []).push(data);
      });
    }
  }, names);
}

function heard(page: Page): Promise<Record<string, unknown[]>> {
  return page.evaluate(() => (window as unknown as { heard: Record<string, unknown[]> }).heard);
}

test("window.fabula is there on every route as soon as the shell has loaded", async ({
  context,
}) => {
  for (const route of ROUTES) {
    const page = await context.newPage();
    await page.goto(`${lighthouse.url}${route}`, { waitUntil: "domcontentloaded" });
    expect(
      await page.evaluate(() => [typeof window.fabula?.request, typeof window.fabula?.on]),
      route,
    ).toEqual(["function", "function"]);
    expect(await tabOf(page).request("get_tip")).toMatchObject({ height: 0, work: "0" });
    await page.close();
  }
});

test("each method that reads answers in its documented shape; refusals are coded", async ({
  context,
}) => {
  const tab = await openTab(context, lighthouse.url);
  const { page } = tab;
  await mineTo(tab, 2);
  const reading = (Object.keys(METHOD_SCHEMAS) as MethodName[]).filter(
    (method) => !METHOD_SCHEMAS[method].write && answersAlone(method),
  );
  for (const method of reading) expectShape(method, await tab.request(method));
  const { paragraphs, total } = await tab.request("get_canon", { from: 2, limit: 1 });
  expect({ total, heights: paragraphs.map((one) => one.height) }).toEqual({
    total: 2,
    heights: [2],
  });
  const block = paragraphs[0]!.block;
  expectShape("get_header", await tab.request("get_header", { block }));
  expectShape("get_block", await tab.request("get_block", { block }));
  expectShape("get_block", await tab.request("get_block", { height: 1 }));
  const { address } = await tab.request("get_wallet");
  const asked: readonly (readonly [MethodName, object])[] = [
    ["get_account", { address }],
    ["get_receipts", { address }],
    ["get_receipts", { paragraph: block }],
    ["get_round_blocks", { height: 1 }],
    ["get_handle", { handle: "nobody_yet" }],
    ["resolve_handle", { handle: "@nobody_yet" }],
    ["search", { query: "1" }],
  ];
  for (const [method, params] of asked) {
    expectShape(method, await tab.request(method, params));
  }

  // Amounts and work are decimal strings of micro-units; the author of two paragraphs was paid.
  const balance = await tab.request("balance");
  expect(balance.consumer).toMatch(/^[1-9]\d*$/);
  expect(balance.industrial).toMatch(/^\d+$/);
  expect((await tab.request("get_tip")).work).toMatch(/^[1-9]\d*$/);

  expect(await refusal(page, { method: "mint_money" })).toMatchObject({
    code: "unknown-method",
    data: { method: "mint_money" },
  });
  expect(await refusal(page, { method: "get_canon", params: { limit: 501 } })).toMatchObject({
    code: "bad-params",
    data: { method: "get_canon", path: "limit" },
  });
  expect(await refusal(page, { method: "get_header", params: { block: "ff" } })).toMatchObject({
    code: "bad-params",
    data: { path: "block" },
  });
  expect(
    await refusal(page, { method: "get_header", params: { block: "ab".repeat(32) } }),
  ).toMatchObject({
    code: "unknown-block",
  });
  expect(await refusal(page, { method: "submit_paragraph", params: { text: "" } })).toMatchObject({
    code: "no-words",
  });
  expect(await refusal(page, { method: "erase_data", params: { confirm: "yes" } })).toMatchObject({
    code: "bad-params",
  });
  expect(tab.errors).toEqual([]);
});

test("events are heard: tip, reorg, peers, mining, draft, sync, wallet", async ({ browser }) => {
  const contexts = await Promise.all(
    [0, 1].map(() => browser.newContext({ permissions: ["microphone"] })),
  );
  const [loser, winner] = (await Promise.all(
    contexts.map((context) => openTab(context, lighthouse.url)),
  )) as unknown as readonly [Tab, Tab];
  const { page } = loser;
  await hear(page, ["tip", "reorg", "peers", "mining", "draft", "sync", "wallet"]);
  await loser.request("save_draft", { text: "Not yet." });
  await expectPeers(winner, "direct", 1);
  // Alone behind a closed gate, one tab writes less than the other; then it learns of more work.
  await loser.request("set_gate", { allow: [] });
  await expect
    .poll(async () => (await loser.request("get_peers")).peers.length, { timeout: 20_000 })
    .toBe(0);
  await mineTo(loser, 1);
  await mineAll([winner]);
  await expectHeight(winner, 3);
  await stopAll([winner]);
  await loser.request("set_gate", { allow: null });
  await expect
    .poll(async () => (await heard(page))["reorg"]?.length ?? 0, { timeout: 60_000 })
    .toBeGreaterThanOrEqual(1);

  const all = await heard(page);
  const last = (name: string): unknown => all[name]?.at(-1);
  expect(last("tip")).toMatchObject(await winner.request("get_tip"));
  expect(last("reorg")).toMatchObject({
    forkHeight: 0,
    lost: [{ height: 1, mine: true }],
    gained: [{ height: 1 }, { height: 2 }, { height: 3 }],
  });
  expect(last("wallet")).toMatchObject({ consumer: "0" });
  expect(all["peers"]?.length).toBeGreaterThan(0);
  expect(all["mining"]).toContainEqual(
    expect.objectContaining({ active: true, writer: "builtin" }),
  );
  expect(all["draft"]).toContainEqual({
    draft: expect.objectContaining({ text: "Not yet.", state: "editing" }),
  });
  expect(all["sync"]?.length).toBeGreaterThan(0);
  const unknown = await page.evaluate(() => {
    try {
      window.fabula.on("weather" as never, () => undefined);
      return null;
    } catch (error) {
      return (error as { readonly code?: string }).code;
    }
  });
  expect(unknown).toBe("unknown-event");
  await Promise.all(contexts.map((context) => context.close()));
});

test("create_story gives story and link, and opens it; the link opens it elsewhere", async ({
  browser,
  context,
}) => {
  const tab = await openTab(context, lighthouse.url);
  await expectPeers(tab, "server", 1);
  const made = await tab.request("create_story", {
    title: "The Salt Road",
    premise: "Every seventh year the sea withdraws and the old road lies bare for one night.",
    paceMs: 2_000,
  });
  expectShape("create_story", made);
  expect(made.link).toContain(`#/s/${made.story}`);
  expect(await tab.request("get_genesis")).toMatchObject({
    story: made.story,
    title: "The Salt Road",
    paceMs: 2_000,
  });
  await expect(tab.page.getByRole("heading", { level: 1, name: "The Salt Road" })).toBeVisible();
  await mineTo(tab, 1);

  const guest = await browser.newContext({ permissions: ["microphone"] });
  const other = await openTab(guest, made.link);
  await expect(other.page.getByRole("heading", { level: 1, name: "The Salt Road" })).toBeVisible();
  await expect
    .poll(async () => (await other.request("get_tip")).hash, { timeout: 30_000 })
    .toBe((await tab.request("get_tip")).hash);
  await guest.close();

  const invalid = await refusal(tab.page, { method: "create_story", params: { title: "x" } });
  expect(invalid).toMatchObject({ code: "bad-params", data: { path: "premise" } });
});

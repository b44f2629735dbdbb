/**
 * What several journeys do with tabs: open some at once, let them mine to a height, stop them, and
 * check what must be true of every canon.
 *
 * @module
 */
import { type BrowserContext, expect } from "@playwright/test";
import type { ResultOf } from "../../src/peer/rpc/schema.ts";
import { expectOneTip, openTab, type Tab } from "./tab.ts";

/** A tab whose page errors are collected. */
export type WatchedTab = Tab & { readonly errors: string[] };

/** Rest of an author after its own paragraph, in paces (TRK-1). */
const REST_PACES = 2;
const QUICK = [100, 200, 400];

/** One tab in each of these contexts, at once. */
export function openTabs(
  contexts: readonly BrowserContext[],
  url: string,
): Promise<readonly WatchedTab[]> {
  return Promise.all(contexts.map((context) => openTab(context, url)));
}

/** Starts the built-in writer, at the gentle preset, in each tab. */
export async function mineAll(tabs: readonly Tab[]): Promise<void> {
  await Promise.all(
    tabs.map((tab) => tab.request("start_mining", { writer: "builtin", preset: "gentle" })),
  );
}

/** Stops mining in each tab. */
export async function stopAll(tabs: readonly Tab[]): Promise<void> {
  await Promise.all(tabs.map((tab) => tab.request("stop_mining")));
}

/**
 * Mines until each tab has more than `atLeast` consumer units on the canon that all `peers` agree on: what a
 * sibling block paid is lost again when the other one wins.
 */
export async function earn(
  tabs: readonly Tab[],
  atLeast: bigint,
  peers: Parameters<typeof expectOneTip>[0] = tabs,
): Promise<void> {
  const areFunded = async (): Promise<boolean> => {
    const wallets = await Promise.all(tabs.map((tab) => tab.request("get_wallet")));
    return wallets.every(({ consumer }) => BigInt(consumer) > atLeast);
  };
  do {
    await mineAll(tabs);
    await expect.poll(areFunded, { timeout: 60_000, intervals: QUICK }).toBe(true);
    await stopAll(tabs);
    await expectOneTip(peers);
  } while (!(await areFunded()));
}

/** Waits until a tab's canon has this many paragraphs. */
export async function expectHeight(tab: Tab, height: number, timeoutMs = 60_000): Promise<void> {
  await expect
    .poll(async () => (await tab.request("get_tip")).height, {
      timeout: timeoutMs,
      intervals: QUICK,
    })
    .toBeGreaterThanOrEqual(height);
}

/** Mines with one tab until its canon has this many paragraphs, then stops. */
export async function mineTo(tab: Tab, height: number): Promise<void> {
  await mineAll([tab]);
  await expectHeight(tab, height);
  await stopAll([tab]);
}

/** Waits until a tab has at least this many connections of a path. */
export async function expectPeers(
  tab: Tab,
  path: "direct" | "server",
  atLeast: number,
): Promise<void> {
  await expect
    .poll(async () => (await tab.request("get_status")).peerCount[path], {
      timeout: 30_000,
      intervals: QUICK,
    })
    .toBeGreaterThanOrEqual(atLeast);
}

/** TRK-1 by header timestamps: whoever wrote the page before may follow only after its rest. */
export function expectRest(paragraphs: ResultOf<"get_canon">["paragraphs"], paceMs: number): void {
  paragraphs.forEach((paragraph, index) => {
    const before = paragraphs[index - 1];
    if (before === undefined || before.author !== paragraph.author) return;
    expect(
      paragraph.timestampMs - before.timestampMs,
      `paragraph ${paragraph.height} follows one of the same author`,
    ).toBeGreaterThanOrEqual(REST_PACES * paceMs);
  });
}

/** No tab had an uncaught error. */
export function expectNoErrors(tabs: readonly WatchedTab[]): void {
  expect(tabs.flatMap((tab) => tab.errors)).toEqual([]);
}

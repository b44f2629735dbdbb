/**
 * Slots by real Web Locks; frames stand for tabs, since locks belong to documents.
 *
 * @module
 */
import { describe, expect, it, onTestFinished } from "vitest";
import { storyIdFromHex } from "../kernel/brand.ts";
import { openIdbKeyValueStore } from "./idb-key-value.ts";
import { openIdbStore } from "./idb-store.ts";
import {
  claimSlot,
  eraseSlot,
  listStoryDatabases,
  MAX_SLOTS,
  type SlotClaim,
  slotDatabaseName,
  storyDatabaseName,
} from "./slots.ts";
import { commitOf, madeUpBytes } from "./testing/made-up.ts";

const all = { max: MAX_SLOTS };

/** Another document of this origin: its locks are its own, and go when it goes. */
function openTab(): { locks: LockManager; end(): void } {
  const frame = document.createElement("iframe");
  document.body.append(frame);
  const end = (): void => frame.remove();
  onTestFinished(end);
  const locks = frame.contentWindow?.navigator.locks;
  if (!locks) throw new TypeError("a frame without Web Locks");
  return { locks, end };
}

async function claim(locks: LockManager, options: { max: number; preferred?: number } = all) {
  const claimed = await claimSlot(locks, options);
  onTestFinished(() => claimed.release());
  return claimed;
}

/** Waits until the browser itself says that a slot's lock is held, or free. */
function waitForSlot(slot: number, held: boolean): Promise<void> {
  return expect
    .poll(async () => {
      const state = await navigator.locks.query();
      return state.held?.some(({ name }) => name === slotDatabaseName(slot)) ?? false;
    })
    .toBe(held);
}

describe("slots, by real Web Locks", () => {
  it("[STO-3] each tab gets the lowest free slot; a closed tab's slot is the next one's", async () => {
    const [first, second, third] = [openTab(), openTab(), openTab()];
    expect((await claim(first.locks)).slot).toBe(0);
    expect((await claim(second.locks)).slot).toBe(1);
    expect((await claim(third.locks)).slot).toBe(2);
    second.end();
    await waitForSlot(1, false);
    expect((await claim(openTab().locks)).slot).toBe(1);
    expect((await claim(openTab().locks)).slot).toBe(3);
  });

  it("[STO-3] tabs that ask at the same time get different slots", async () => {
    const tabs = Array.from({ length: 6 }, openTab);
    const claims = await Promise.all(tabs.map(({ locks }) => claim(locks)));
    const slots = claims.map(({ slot }) => slot);
    expect(slots.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it("[STO-3] reopening the site is the same peer: a released slot is claimed again", async () => {
    const { slot, release } = await claim(navigator.locks);
    expect(slot).toBe(0);
    release();
    await waitForSlot(0, false);
    expect((await claim(openTab().locks)).slot).toBe(0);
  });

  it("[STO-3] a tab that reloads waits for its old slot instead of becoming somebody else", async () => {
    const before = openTab();
    expect((await claim(openTab().locks)).slot).toBe(0);
    expect((await claim(before.locks)).slot).toBe(1);
    const reloaded = claim(openTab().locks, { max: MAX_SLOTS, preferred: 1 });
    await expect
      .poll(async () => (await navigator.locks.query()).pending?.length)
      .toBeGreaterThan(0);
    before.end();
    expect((await reloaded).slot).toBe(1);
  });

  it("[STO-3] a duplicated tab gives up its copy's slot in the end and gets its own", async () => {
    await claim(openTab().locks);
    let due = (): void => undefined;
    const claiming: Promise<SlotClaim> = claimSlot(openTab().locks, {
      max: MAX_SLOTS,
      preferred: 0,
      timer: {
        start(_delayMs, onDue) {
          due = onDue;
          return () => undefined;
        },
      },
    });
    await expect
      .poll(async () => (await navigator.locks.query()).pending?.length)
      .toBeGreaterThan(0);
    due();
    const claimed = await claiming;
    onTestFinished(() => claimed.release());
    expect(claimed.slot).toBe(1);
  });

  it("[STO-3] with every slot taken it says so", async () => {
    const tabs = Array.from({ length: 3 }, openTab);
    await claim(tabs[0]?.locks ?? navigator.locks, { max: 2 });
    await claim(tabs[1]?.locks ?? navigator.locks, { max: 2 });
    await expect(claimSlot(tabs[2]?.locks ?? navigator.locks, { max: 2 })).rejects.toMatchObject({
      code: "no-free-slot",
      data: { max: 2 },
    });
  });

  it("[STO-3] where the browser refuses locks, it says so", async () => {
    const refusing = new Proxy(navigator.locks, {
      get: () => () => Promise.reject(new DOMException("no locks here", "SecurityError")),
    });
    await expect(claimSlot(refusing, all)).rejects.toMatchObject({ code: "locks-unavailable" });
  });

  it("[STO-3] names, lists and erases a slot's databases, and no other slot's", async () => {
    const story = storyIdFromHex("0123456789abcdef".repeat(4));
    const other = storyIdFromHex("f".repeat(64));
    expect(slotDatabaseName(41)).toBe("fabula-slot-41");
    expect(storyDatabaseName(41, story)).toBe("fabula-story-41-0123456789abcdef");
    const names = [
      storyDatabaseName(41, story),
      storyDatabaseName(41, other),
      storyDatabaseName(4, story),
      storyDatabaseName(411, story),
    ];
    onTestFinished(async () => {
      for (const slot of [4, 41, 411]) await eraseSlot(slot);
    });
    for (const name of names) {
      const store = await openIdbStore({ name });
      await store.putGenesis(madeUpBytes(1, 10));
      await store.commit(commitOf(1));
      await store.close();
    }
    const values = await openIdbKeyValueStore({ name: slotDatabaseName(41) });
    await values.put("name", "Ada");
    expect(await listStoryDatabases(41)).toEqual([
      { name: names[0], storyPrefix: "0123456789abcdef" },
      { name: names[1], storyPrefix: "ffffffffffffffff" },
    ]);
    // The slot's own connections let go by themselves.
    await eraseSlot(41);
    await expect(values.get("name")).rejects.toMatchObject({ code: "store-closed" });
    expect(await listStoryDatabases(41)).toEqual([]);
    expect(await listStoryDatabases(4)).toHaveLength(1);
    expect(await listStoryDatabases(411)).toHaveLength(1);
    const fresh = await openIdbKeyValueStore({ name: slotDatabaseName(41) });
    expect(await fresh.keys()).toEqual([]);
    await fresh.close();
  });
});

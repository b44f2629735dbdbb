import { describe, expect, it } from "vitest";
import { storyIdFromHex } from "../kernel/brand.ts";
import { createMemoryKeyValueStore } from "../storage/memory-key-value.ts";
import { createEventHub } from "./event-hub.ts";
import { MAX_LOG_ENTRIES } from "./limits.ts";
import { createLog } from "./log.ts";
import { openConsent } from "./mining/consent.ts";
import { openSettings } from "./settings.ts";
import { openStories } from "./stories.ts";

describe("event hub", () => {
  it("a listener that throws is reported and the others still hear", () => {
    const faults: string[] = [];
    const hub = createEventHub((event, reason) => faults.push(`${event} ${String(reason)}`));
    const heard: string[] = [];
    hub.on("status", () => {
      throw new RangeError("mine");
    });
    hub.on("status", ({ reason }) => heard.push(reason));
    hub.emit("status", { reason: "story" });
    expect(heard).toEqual(["story"]);
    expect(faults).toEqual(["status RangeError: mine"]);
  });

  it("who stops or begins to listen while an event goes round does not disturb it", () => {
    const hub = createEventHub(() => {});
    const heard: string[] = [];
    const stop = hub.on("status", () => {
      heard.push("first");
      stop();
      hub.on("status", () => heard.push("late"));
    });
    hub.on("status", () => heard.push("second"));
    hub.emit("status", { reason: "story" });
    expect(heard).toEqual(["first", "second"]);
    hub.emit("status", { reason: "story" });
    expect(heard).toEqual(["first", "second", "second", "late"]);
  });
});

describe("log", () => {
  it("[NET-6] keeps the newest lines only, and counts all of them", () => {
    let nowMs = 0;
    const log = createLog({ now: () => nowMs++, after: () => () => {} });
    for (let line = 0; line < MAX_LOG_ENTRIES + 50; line++) log.add("info", "orphan", String(line));
    const entries = log.entries(10_000);
    expect(entries).toHaveLength(MAX_LOG_ENTRIES);
    expect(entries.at(-1)?.detail).toBe(String(MAX_LOG_ENTRIES + 49));
    expect(log.entries(2).map(({ detail }) => detail)).toEqual(["548", "549"]);
    expect(log.counts().get("orphan")).toBe(MAX_LOG_ENTRIES + 50);
  });

  it("[NET-6] cuts what a stranger wrote", () => {
    const log = createLog({ now: () => 0, after: () => () => {} });
    log.add("warn", "bad-text", "x".repeat(10_000), "peer");
    expect(log.entries(1)[0]?.detail).toHaveLength(500);
  });
});

describe("settings", () => {
  it("are kept, and only what was named changes", async () => {
    const values = new Map<string, unknown>();
    const settings = await openSettings(createMemoryKeyValueStore(values));
    await settings.set({ name: "Ada", preset: "half" });
    await settings.set({ theme: "dark", name: undefined });
    const again = await openSettings(createMemoryKeyValueStore(values));
    expect(again.get()).toMatchObject({ name: "Ada", preset: "half", theme: "dark" });
  });

  it.each([null, "text", 7, { preset: "turbo", theme: 3, colour: "red" }])(
    "fall back to the defaults for what is unknown or damaged: %j",
    async (found) => {
      const defaults = (await openSettings(createMemoryKeyValueStore(new Map()))).get();
      const settings = await openSettings(
        createMemoryKeyValueStore(new Map<string, unknown>([["settings", found]])),
      );
      expect(settings.get()).toEqual(defaults);
    },
  );
});

describe("consent", () => {
  const open = async (values = new Map<string, unknown>()) => {
    const keep = createMemoryKeyValueStore(values);
    return openConsent(keep, await openSettings(keep));
  };

  it("is not given before the person says so, and is kept for the slot", async () => {
    const values = new Map<string, unknown>();
    const consent = await open(values);
    expect([consent.given(), consent.everGiven()]).toEqual([false, false]);
    await consent.give({ preset: "full", writer: "builtin" });
    const again = await open(values);
    expect([again.given(), again.writer(), again.preset()]).toEqual([true, "builtin", "full"]);
    expect((await open()).given()).toBe(false);
  });

  it("once withdrawn it stays so, and the writer is remembered", async () => {
    const values = new Map<string, unknown>();
    const consent = await open(values);
    await consent.give({ writer: "builtin" });
    await consent.withdraw();
    const again = await open(values);
    expect([again.given(), again.everGiven(), again.writer()]).toEqual([false, true, "builtin"]);
  });
});

describe("shelf of stories", () => {
  const id = (digit: string) => storyIdFromHex(digit.repeat(64));
  const story = (digit: string, via: readonly string[] = []) => ({
    story: id(digit),
    title: digit,
    genesis: new Uint8Array(3),
    via,
    openedMs: 0,
  });

  it("is kept, newest first, each story once, with the chosen one", async () => {
    const values = new Map<string, unknown>();
    const stories = await openStories(createMemoryKeyValueStore(values));
    for (const digit of ["a", "b", "a"]) await stories.remember(story(digit));
    await stories.choose(id("b"));
    const again = await openStories(createMemoryKeyValueStore(values));
    expect(again.list().map(({ title }) => title)).toEqual(["a", "b"]);
    expect(again.current()).toBe(id("b"));
  });

  it("does not forget ways in when a story is opened by its id alone", async () => {
    const stories = await openStories(createMemoryKeyValueStore(new Map()));
    await stories.remember(story("a", ["/one", "/two"]));
    await stories.remember(story("a"));
    await stories.remember(story("a", ["/three", "/one"]));
    expect(stories.find(id("a"))?.via).toEqual(["/three", "/one", "/two"]);
  });
});

import { beforeAll, describe, expect, it } from "vitest";
import { hexFromBytes } from "../kernel/bytes.ts";
import { emptyHistory, historyRoot } from "../kernel/history.ts";
import { initKernel } from "../kernel/init.ts";
import type { HeaderEntry } from "./header-entry.ts";
import { createHistories, historyWith } from "./histories.ts";
import { HISTORY_CACHE_ENTRIES, HISTORY_CHECKPOINT_HEIGHTS } from "./limits.ts";
import { openTestChain } from "./testing/forge.ts";
import { testGenesis } from "./testing/mine.ts";

beforeAll(initKernel);

/** A line of entries; histories read nothing of a block but its entry. */
async function line(length: number): Promise<HeaderEntry[]> {
  const { chain } = await openTestChain({ genesis: testGenesis() });
  const entries = [chain.tip()];
  for (let height = 1; height <= length; height++) {
    const parent = entries.at(-1) ?? chain.tip();
    entries.push({
      ...parent,
      id: `${height}`.padStart(64, "0") as HeaderEntry["id"],
      author: "ab".repeat(32) as HeaderEntry["author"],
      height,
      keyParent: parent,
      parent,
      timestampMs: parent.timestampMs + 1_000,
    });
  }
  return entries;
}

describe("histories", () => {
  it("[HDR-5] any block's history equals the one computed from the first header on", async () => {
    const length = HISTORY_CACHE_ENTRIES + HISTORY_CHECKPOINT_HEIGHTS + 40;
    const entries = await line(length);
    const roots: string[] = [];
    let history = emptyHistory;
    for (const entry of entries) {
      if (entry.keyParent !== null) history = historyWith(history, entry);
      roots.push(hexFromBytes(historyRoot(history)));
    }
    const histories = createHistories();
    const asked = [length, 0, 1, 5, HISTORY_CHECKPOINT_HEIGHTS + 1, length - 1, 300, length];
    for (const height of asked) {
      const entry = entries[height];
      if (entry === undefined) throw new RangeError(`no entry at ${height}`);
      expect(hexFromBytes(historyRoot(histories.through(entry)))).toBe(roots[height]);
    }
    expect(new Set(roots).size).toBe(length + 1);
  });
});

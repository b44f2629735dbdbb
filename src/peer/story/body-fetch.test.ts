import { beforeAll, describe, expect, it } from "vitest";
import { openTestChain } from "../../chain/testing/forge.ts";
import { TEST_START_MS, testGenesis } from "../../chain/testing/mine.ts";
import { blockIdFromHex } from "../../kernel/brand.ts";
import { initKernel } from "../../kernel/init.ts";
import { createVirtualClock } from "../../simulation/virtual-clock.ts";
import { HEDGE_MS, HEDGE_PEERS } from "../limits.ts";
import type { Answer } from "../wire/messages.ts";
import { fetchBody } from "./body-fetch.ts";
import { createIntake } from "./intake.ts";
import { storyContext } from "./testing/story-context.ts";

beforeAll(initKernel);

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Whom a search for one body asks while `others` are there, at 0, 1 and 20 times the hedge. */
async function asked(answer: () => Answer | Promise<Answer>): Promise<{
  readonly peers: readonly (readonly string[])[];
  readonly synced: readonly string[];
}> {
  const { chain } = await openTestChain({ genesis: testGenesis() });
  const clock = createVirtualClock(TEST_START_MS, settle);
  const peers: string[] = [];
  const { context } = storyContext(chain, {
    clock,
    answer: (peer) => {
      peers.push(peer);
      return answer();
    },
  });
  const synced: string[] = [];
  const end = fetchBody(context, createIntake(context), {
    id: blockIdFromHex("ab".repeat(32)),
    announcer: "announcer",
    others: () => ["announcer", "a", "b", "c", "d", "e", "f"],
    wantSync: (peer) => synced.push(peer),
  });
  end.catch(() => {});
  const seen: (readonly string[])[] = [];
  for (const atMs of [HEDGE_MS - 1, HEDGE_MS, 20 * HEDGE_MS]) {
    await clock.runUntil(TEST_START_MS + atMs);
    seen.push([...peers]);
  }
  return { peers: seen, synced };
}

describe("[NET-6] the search for an announced body", () => {
  it("[NET-1] asks the announcer alone for a second, then a few others and never more", async () => {
    const { peers, synced } = await asked(() => new Promise<Answer>(() => {}));
    const all = ["announcer", "a", "b", "c"];
    expect(all).toHaveLength(1 + HEDGE_PEERS);
    expect(peers).toEqual([["announcer"], all, all]);
    expect(synced).toEqual([]);
  });

  it("leaves it to sync when none of them has it", async () => {
    const { peers, synced } = await asked(() => ({ TAG: "blocks", data: [] }));
    expect(peers.at(-1)).toEqual(["announcer", "a", "b", "c"]);
    expect(synced).toEqual(["announcer"]);
  });
});

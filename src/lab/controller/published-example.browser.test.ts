import { expect, it } from "vitest";
import { PUBLISHED_RUN, playPublished } from "./testing/published-run.ts";

it("the published example runs to its end with the published log", async () => {
  const { logHash, logEvents, canon, refusals, stale, synced, transactions } =
    await playPublished();
  expect(canon.miner).toHaveLength(PUBLISHED_RUN.blocks);
  expect({ refusals, stale, synced }).toEqual({ refusals: {}, stale: 0, synced: 1 });
  expect(transactions.included).toBeGreaterThan(20);
  expect({ logHash, logEvents }).toEqual({
    logHash: PUBLISHED_RUN.logHash,
    logEvents: PUBLISHED_RUN.logEvents,
  });
}, 60_000);

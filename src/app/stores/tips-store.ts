/**
 * What the paragraphs on screen were tipped. Asked for one by one as they come into sight, and again when
 * the ledger moved while they are: a book has thousands of paragraphs, a screen a few.
 *
 * @module
 */
import { create, type StoreApi, type UseBoundStore } from "zustand";
import type { FabulaClient } from "../../peer/rpc/schema.ts";
import { type Pair, pairOf } from "../format/amounts.ts";

/** Sums by block. */
export interface TipsState {
  readonly sums: ReadonlyMap<string, Pair>;
}

/** The store. */
export const useTips: UseBoundStore<StoreApi<TipsState>> = create<TipsState>()(() => ({
  sums: new Map(),
}));

/** Asks for the tips of `blocks`; those that cannot be answered keep what they show. */
export async function loadTips(client: FabulaClient, blocks: readonly string[]): Promise<void> {
  const answers = await Promise.allSettled(
    blocks.map(async (paragraph) => {
      const { sum } = await client.request({
        method: "get_receipts",
        params: { paragraph, limit: 1 },
      });
      return [paragraph, pairOf(sum)] as const;
    }),
  );
  useTips.setState((state) => {
    const sums = new Map(state.sums);
    let changed = false;
    for (const answer of answers) {
      if (answer.status !== "fulfilled") continue;
      const [block, sum] = answer.value;
      const known = sums.get(block);
      if (known?.consumer === sum.consumer && known.industrial === sum.industrial) continue;
      sums.set(block, sum);
      changed = true;
    }
    return changed ? { sums } : state;
  });
}

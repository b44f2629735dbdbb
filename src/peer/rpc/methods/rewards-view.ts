/**
 * Where an address's rewards came from, read from the canon (RWD-2): the author of a key block gets its
 * coinbase less the old tracker's share of the pot, the old tracker gets that share, unless the block
 * proves that it equivocated.
 *
 * @module
 */
import type { Chain } from "../../../chain/create-chain.ts";
import type { HeaderEntry } from "../../../chain/header-entry.ts";
import type { Address, BlockId } from "../../../kernel/brand.ts";
import { splitPot } from "../../../ledger/rewards.ts";
import { noTokens, type TokenPair } from "../../../ledger/state.ts";
import type { ResultOf } from "../schema.ts";
import { emissionsOf } from "./emissions.ts";
import { amountsView } from "./transaction-view.ts";

type Rewards = ResultOf<"get_rewards">;

interface Earned {
  readonly entry: HeaderEntry;
  readonly reason: "paragraph" | "tracker";
  readonly coinbase: TokenPair;
  /** The old tracker's share of the pot, if it kept to its place. */
  readonly share: TokenPair;
}

/**
 * Newest first, at most `limit`. A tracker that was convicted has a line of nothing: it says where its
 * share went.
 */
export async function rewardsOf(chain: Chain, address: Address, limit: number): Promise<Rewards> {
  const all = earnedBy(chain, address);
  const listed = all.slice(0, limit);
  const convicting = await convictingBlocks(chain, listed);
  return {
    total: all.length,
    rewards: listed.map(({ entry, reason, coinbase, share }) => {
      const paid = convicting.has(entry.id) ? noTokens : share;
      const amounts = reason === "tracker" ? paid : less(coinbase, paid);
      return {
        block: entry.id,
        height: entry.height,
        timestampMs: entry.timestampMs,
        ...amountsView(amounts),
        reason,
      };
    }),
  };
}

function earnedBy(chain: Chain, address: Address): readonly Earned[] {
  const emissions = emissionsOf(chain);
  const earned: Earned[] = [];
  for (let height = chain.tip().height; height > 0; height--) {
    const entry = chain.canonAt(height);
    const tracker = entry?.keyParent?.author ?? null;
    if (entry === undefined || (entry.author !== address && tracker !== address)) continue;
    const coinbase = entry.header?.coinbase ?? noTokens;
    const pot = less(coinbase, emissions[height]?.reward ?? noTokens);
    const share = {
      consumer: splitPot(pot.consumer, tracker !== null).tracker,
      industrial: splitPot(pot.industrial, tracker !== null).tracker,
    };
    if (entry.author === address) earned.push({ entry, reason: "paragraph", coinbase, share });
    if (tracker === address && isSomething(share)) {
      earned.push({ entry, reason: "tracker", coinbase, share });
    }
  }
  return earned;
}

/** Blocks that carry a proof of equivocation; only bodies with a share at stake are read. */
async function convictingBlocks(
  chain: Chain,
  earned: readonly Earned[],
): Promise<ReadonlySet<BlockId>> {
  const atStake = earned.filter(({ share }) => isSomething(share)).map(({ entry }) => entry.id);
  const ids = [...new Set(atStake)];
  const blocks = await chain.readBlocks(ids);
  return new Set(ids.filter((_, index) => blocks[index]?.body.equivocation !== undefined));
}

function isSomething({ consumer, industrial }: TokenPair): boolean {
  return consumer > 0n || industrial > 0n;
}

function less(a: TokenPair, b: TokenPair): TokenPair {
  return { consumer: a.consumer - b.consumer, industrial: a.industrial - b.industrial };
}

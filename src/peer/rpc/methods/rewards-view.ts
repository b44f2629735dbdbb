/**
 * Where an address's rewards came from, read from the canon. Until transactions exist there are no
 * fees, so a block's whole coinbase is its author's.
 *
 * @module
 */
import type { Chain } from "../../../chain/create-chain.ts";
import type { Address } from "../../../kernel/brand.ts";
import type { ResultOf } from "../schema.ts";

type Rewards = ResultOf<"get_rewards">;

/** Newest first, at most `limit`. */
export function rewardsOf(chain: Chain, address: Address, limit: number): Rewards {
  const rewards: Rewards["rewards"] = [];
  let total = 0;
  for (let entry = chain.tip(); entry.keyParent !== null; entry = entry.keyParent) {
    if (entry.author !== address) continue;
    total++;
    if (rewards.length >= limit || entry.header === null) continue;
    const { coinbase } = entry.header;
    rewards.push({
      block: entry.id,
      height: entry.height,
      timestampMs: entry.timestampMs,
      consumer: coinbase.consumer.toString(),
      industrial: coinbase.industrial.toString(),
      reason: "paragraph",
    });
  }
  return { rewards, total };
}

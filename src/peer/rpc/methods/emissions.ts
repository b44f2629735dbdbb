/**
 * What each key block of the canon emitted. It follows from the headers alone (RWD-1, RWD-1b), so it is
 * computed once along the canon, and again only where the canon changed.
 *
 * @module
 */
import type { Chain } from "../../../chain/create-chain.ts";
import { type BlockId, blockIdFromHex } from "../../../kernel/brand.ts";
import { targetFromCompact, workOfTarget } from "../../../kernel/target.ts";
import { nextReferenceWork, rewardFor } from "../../../ledger/rewards.ts";
import { addTokens, noTokens, type TokenPair } from "../../../ledger/state.ts";

interface Emission {
  readonly id: BlockId;
  /** What this block emitted, in units. */
  readonly reward: TokenPair;
  /** All that was emitted up to and with this block. */
  readonly emitted: TokenPair;
  /** Reference work after this block. */
  readonly referenceWork: bigint;
}

const lines = new WeakMap<Chain, Emission[]>();

/** Newly emitted units of the canon's key blocks, by height from the genesis (which emits nothing) on. */
export function emissionsOf(chain: Chain): readonly Pick<Emission, "reward">[] {
  const line = lines.get(chain) ?? [genesisOf(chain)];
  lines.set(chain, line);
  while (line.length > 1 && chain.canonAt(line.length - 1)?.id !== line.at(-1)?.id) line.pop();
  for (let last = line.at(-1); last !== undefined; last = line.at(-1)) {
    const entry = chain.canonAt(line.length);
    if (entry === undefined) break;
    const reward = rewardFor(last.emitted, entry.work, last.referenceWork);
    line.push({
      id: entry.id,
      reward,
      emitted: addTokens(last.emitted, reward),
      referenceWork: nextReferenceWork(last.referenceWork, entry.work),
    });
  }
  return line;
}

function genesisOf({ genesis, storyId }: Chain): Emission {
  return {
    id: blockIdFromHex(storyId),
    reward: noTokens,
    emitted: noTokens,
    referenceWork: workOfTarget(targetFromCompact(genesis.initialTarget)),
  };
}

/**
 * `get_supply`: what was emitted against what the schedule would have emitted (RWD-1), and the pot.
 *
 * @module
 */
import type { Chain } from "../../../chain/create-chain.ts";
import { fullReward, MAX_SUPPLY, rewardFor } from "../../../ledger/rewards.ts";
import { supplyOf } from "../../../ledger/state.ts";
import type { ResultOf } from "../schema.ts";
import { amountsView } from "./transaction-view.ts";

/** Units of one token that blocks of full work emit up to a height; goes on from the height asked last. */
export function createSchedule(): (height: number) => bigint {
  let reached = { height: 0, emitted: 0n };
  return (height) => {
    let { height: at, emitted } = height < reached.height ? { height: 0, emitted: 0n } : reached;
    for (; at < height; at++) emitted += fullReward(emitted);
    reached = { height: at, emitted };
    return emitted;
  };
}

const scheduledAt = createSchedule();

/** Answers `get_supply`. */
export function supplyView(chain: Chain): ResultOf<"get_supply"> {
  const { emitted, pot, referenceWork } = supplyOf(chain.headState());
  const { height } = chain.tip();
  return {
    height,
    max: String(MAX_SUPPLY),
    emitted: amountsView(emitted),
    pot: amountsView(pot),
    nextReward: amountsView(rewardFor(emitted, referenceWork, referenceWork)),
    scheduled: String(scheduledAt(height)),
  };
}

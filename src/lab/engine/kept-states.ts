/**
 * The states that a run keeps: of the newest blocks, of those that somebody builds on, and one in so many
 * heights for good. A state shares all but some dozens of nodes with its neighbours, but as many nodes live
 * on with it; with a thousand kept, collecting garbage took as long as everything else.
 *
 * @module
 */
import type { StateMap } from "../../ledger/state-map.ts";
import type { BlockNumber } from "./block-book.ts";

/** States by the block they stand after. */
export interface KeptStates {
  get(number: BlockNumber): StateMap | undefined;
  add(number: BlockNumber, height: number, state: StateMap): void;
}

const NEWEST_KEPT = 16;
/** A state is kept for good at each so many heights, so that an old branch is not executed from the start. */
const CHECKPOINT_HEIGHTS = 16_384;

/** Keeps the genesis' state for good; `isBuiltOn` says whether somebody mines on a block. */
export function createKeptStates(
  genesisState: StateMap,
  isBuiltOn: (number: BlockNumber) => boolean,
): KeptStates {
  const checkpoints = new Map<BlockNumber, StateMap>([[0, genesisState]]);
  /** In the order in which they were added, or looked at for removal. */
  const recent = new Map<BlockNumber, StateMap>();

  const dropOldest = (): void => {
    let looked = 0;
    for (const [number, state] of recent) {
      if (recent.size <= NEWEST_KEPT || looked++ >= NEWEST_KEPT) return;
      recent.delete(number);
      if (isBuiltOn(number)) recent.set(number, state);
    }
  };

  return {
    get: (number) => recent.get(number) ?? checkpoints.get(number),
    add(number, height, state) {
      recent.set(number, state);
      if (height % CHECKPOINT_HEIGHTS === 0) checkpoints.set(number, state);
      dropOldest();
    },
  };
}

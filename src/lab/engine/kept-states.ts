/**
 * The states that a run keeps: of the newest blocks, of those that somebody builds on, and one in so many
 * heights for good. A state shares all but some dozens of nodes with its neighbours, but as many nodes live
 * on with it; with a thousand kept, collecting garbage took as long as everything else.
 *
 * @module
 */
import type { StateMap } from "../../ledger/state-map.ts";
import type { BlockNumber } from "./block-number.ts";

/** States by the block they stand after. */
export interface KeptStates {
  get(number: BlockNumber): StateMap | undefined;
  add(number: BlockNumber, height: number, state: StateMap): void;
}

const NEWEST_KEPT = 16;
/** A state is kept for good at each so many heights, so that an old branch is not executed from the start. */
const CHECKPOINT_HEIGHTS = 16_384;

interface Slot {
  number: BlockNumber;
  state: StateMap;
}

/** Keeps the genesis' state for good; `builtOn` says on which blocks somebody mines. */
export function createKeptStates(
  genesisState: StateMap,
  builtOn: () => ReadonlySet<BlockNumber>,
): KeptStates {
  const checkpoints = new Map<BlockNumber, StateMap>([[0, genesisState]]);
  // Not a Map: its outgrown tables link to the next one, and once in old space they kept every state alive
  // until the next full collection.
  const slots: Slot[] = [];
  let next = 0;

  /** The slot that may be used again: the oldest one that nobody builds on; `undefined` when there is room or need for more. */
  const reusable = (): Slot | undefined => {
    if (slots.length < NEWEST_KEPT) return undefined;
    // Asked once: with two thousand miners on as many blocks, asking each for each slot took a second a block.
    const needed = builtOn();
    for (let looked = 0; looked < slots.length; looked++) {
      const slot = slots[next];
      next = (next + 1) % slots.length;
      if (slot !== undefined && !needed.has(slot.number)) return slot;
    }
    return undefined;
  };

  return {
    get: (number) => slots.find((slot) => slot.number === number)?.state ?? checkpoints.get(number),
    add(number, height, state) {
      if (height % CHECKPOINT_HEIGHTS === 0) checkpoints.set(number, state);
      const slot = reusable();
      if (slot === undefined) slots.push({ number, state });
      else Object.assign(slot, { number, state });
    },
  };
}

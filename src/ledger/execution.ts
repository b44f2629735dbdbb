/**
 * What executing a block gives, key block or microblock alike.
 *
 * @module
 */
import type { TokenPair } from "./state.ts";
import type { StateDelta } from "./state-delta.ts";
import type { StateMap } from "./state-map.ts";
import type { Receipt } from "./transactions/apply-transaction.ts";

/** State after a block, its changes, and what its header must state of them. */
export interface Execution {
  readonly state: StateMap;
  /** Changes from the state before; worked out when asked, because only a block that is stored needs them. */
  delta(): StateDelta;
  /** Reward and pot (RWD-2); nothing in a microblock. */
  readonly coinbase: TokenPair;
  /** One for each transaction, in order. */
  readonly receipts: readonly Receipt[];
  /** Fees and prices of the block's own transactions: what feeChecksum is over. */
  readonly paid: TokenPair;
}

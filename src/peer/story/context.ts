/**
 * What the parts of one open story share. Each part is a small factory over this context; none knows
 * the others except through it.
 *
 * @module
 */
import type { Chain } from "../../chain/create-chain.ts";
import type { Store } from "../../chain/ports/store.ts";
import type { EventHub } from "../event-hub.ts";
import type { PeerLog } from "../log.ts";
import type { PeerPorts } from "../ports.ts";
import type { Wallet } from "../wallet/wallet.ts";

/** Shared by the parts of an open story. */
export interface StoryContext {
  readonly ports: PeerPorts;
  readonly chain: Chain;
  readonly store: Store;
  /** null when this peer only reads. */
  readonly wallet: Wallet | null;
  readonly log: PeerLog;
  readonly hub: EventHub;
}

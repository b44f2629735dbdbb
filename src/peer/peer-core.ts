/**
 * What the methods of the table work on. A file of its own, so that handlers know the shape of a peer
 * and not how one is made.
 *
 * @module
 */
import type { Genesis } from "../kernel/genesis.ts";
import type { EventHub } from "./event-hub.ts";
import type { Invite } from "./invite-link.ts";
import type { PeerLog } from "./log.ts";
import type { Consent } from "./mining/consent.ts";
import type { PeerPorts, SiteInfo } from "./ports.ts";
import type { FaultView } from "./rpc/shapes.ts";
import type { Settings } from "./settings.ts";
import type { Stories } from "./stories.ts";
import type { Session } from "./story/session.ts";
import type { Wallet } from "./wallet/wallet.ts";

/** What the RPC methods work on. */
export interface PeerCore {
  readonly ports: PeerPorts;
  readonly hub: EventHub;
  readonly log: PeerLog;
  readonly wallet: Wallet | null;
  readonly settings: Settings;
  readonly consent: Consent;
  readonly stories: Stories;
  faults(): readonly FaultView[];
  site(): SiteInfo | null;
  /** The open story; throws `no-story`, or what kept it from opening. */
  session(): Session;
  /** The open story, or null: settings, wallet and shelf work without one. */
  openSession(): Session | null;
  openGenesis(
    genesis: Genesis,
    options: { readonly via: readonly string[]; readonly chosen: boolean },
  ): Promise<Session>;
  openInvite(invite: Invite): Promise<Session>;
  /** Ends story, mesh and store, once; afterwards there is `no-story`. */
  shutDown(): Promise<void>;
}

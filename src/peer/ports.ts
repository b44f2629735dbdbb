/**
 * Everything a peer needs from the world. The three composition roots (chain worker, lighthouse,
 * simulation) each hand in their own; the peer imports no adapter.
 *
 * @module
 */
import type { BuiltinWriter } from "../authoring/builtin/builtin-writer.ts";
import type { Network } from "../chain/ports/network.ts";
import type { KeyValueStore, Store } from "../chain/ports/store.ts";
import type { StoryId } from "../kernel/brand.ts";
import type { MempoolLimits } from "../mempool/limits.ts";
import type { MinerPort } from "../mining/miner-messages.ts";

/** Wall time and timers; virtual in tests. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Runs `task` once after `delayMs`; the returned function cancels it. */
  after(delayMs: number, task: () => void): () => void;
}

/** Encryption that only this device can undo; its key cannot be exported. */
export interface DeviceCipher {
  seal(plain: Uint8Array): Promise<Uint8Array>;
  open(sealed: Uint8Array): Promise<Uint8Array>;
}

/** What the site (a lighthouse) says about itself in `fabula.json`. */
export interface SiteInfo {
  readonly genesis: Uint8Array;
  readonly multiaddrs: readonly string[];
}

/** How miners are started. */
export interface MiningPort {
  readonly spawn: () => MinerPort;
  readonly cores: number;
}

/** The ports of one peer. */
export interface PeerPorts {
  readonly role: "tab" | "lighthouse";
  readonly version: string;
  readonly slot: number;
  /** Reading only, with the reason (`insecure-context`, …); null for a full peer. */
  readonly readonlyReason: string | null;
  readonly webrtc: boolean;
  readonly clock: Clock;
  /** Cryptographically strong random bytes. */
  readonly randomBytes: (length: number) => Uint8Array;
  readonly network: Network;
  readonly keep: KeyValueStore;
  readonly openStore: (story: StoryId) => Promise<Store>;
  readonly mining: MiningPort;
  readonly loadBuiltin: () => Promise<BuiltinWriter>;
  /** null where the device has no key that cannot be exported (Node: the data folder's permissions protect). */
  readonly deviceCipher: DeviceCipher | null;
  /** Caps of the mempool that an operator chose; the defaults for the rest (MEM-2). */
  readonly mempoolLimits?: Partial<MempoolLimits>;
  /** Asks the site for its story and ways in; null when there is none or it does not answer. */
  readonly fetchSite: () => Promise<SiteInfo | null>;
  /** Site address without hash, for links. */
  readonly siteUrl: string;
  /** Deletes every database of this slot (settings → erase). */
  readonly eraseSlot: () => Promise<void>;
}

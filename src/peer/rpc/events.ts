/**
 * The one event stream. Names are stable: scripts rely on them.
 *
 * @module
 */
import type {
  DraftView,
  MiningView,
  PeerView,
  RelayView,
  ReorgView,
  RoundView,
  SyncView,
  TipView,
  TransactionView,
} from "./shapes.ts";

/** Payload of each event. */
export interface FabulaEvents {
  /** The best block changed (also after a reorganisation). */
  tip: TipView & {
    readonly story: string;
    readonly author: string | null;
    readonly round: RoundView;
  };
  /** Paragraphs left the canon. */
  reorg: ReorgView;
  peers: { readonly peers: readonly PeerView[]; readonly relay: RelayView };
  mining: MiningView;
  /** The kept draft changed; null when discarded. */
  draft: { readonly draft: DraftView | null };
  sync: SyncView;
  /** Transactions came or went. */
  mempool: { readonly size: number; readonly sizeBytes: number };
  /** A transaction was admitted, put in a block, or dropped (then `code` says why). */
  transaction: {
    readonly txid: string;
    readonly state: TransactionView["state"] | "dropped";
    readonly code: number | null;
    readonly from: string;
    readonly to: string;
  };
  wallet: { readonly address: string; readonly consumer: string; readonly industrial: string };
  /** Settings, story or faults changed: ask `get_status` again. */
  status: { readonly reason: "story" | "settings" | "fault" | "update" };
}

export type EventName = keyof FabulaEvents;

/** Every event name, for `subscribe` and for the bridges. */
export const EVENT_NAMES: readonly EventName[] = [
  "tip",
  "reorg",
  "peers",
  "mining",
  "draft",
  "sync",
  "mempool",
  "transaction",
  "wallet",
  "status",
];

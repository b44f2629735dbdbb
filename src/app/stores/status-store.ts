/**
 * What the shell shows: the peer's status and the few facts of the page around it.
 *
 * @module
 */
import { create, type StoreApi, type UseBoundStore } from "zustand";
import type { FabulaEvents } from "../../peer/rpc/events.ts";
import type { StatusView } from "../api-types.ts";

/** Status and page facts; `status` is null until the first answer. */
export interface StatusState {
  readonly status: StatusView | null;
  /** Code of the last failed `get_status`, null after a good one. */
  readonly failure: string | null;
  /** When the app began to wait for the first answer. */
  readonly startedMs: number;
  /** Why the chain worker was restarted, until put away. */
  readonly workerRestart: string | null;
  readonly updateWaiting: boolean;
  /** All data of this tab was erased. */
  readonly erased: boolean;
  /** Notices the person put away in this tab. */
  readonly dismissed: ReadonlySet<string>;
}

/** Before anything was heard. */
export const INITIAL_STATUS: StatusState = {
  status: null,
  failure: null,
  startedMs: 0,
  workerRestart: null,
  updateWaiting: false,
  erased: false,
  dismissed: new Set(),
};

/** The store. */
export const useStatus: UseBoundStore<StoreApi<StatusState>> = create<StatusState>()(
  () => INITIAL_STATUS,
);

/** The status after a `tip` event: tip and round change together. */
export function withTip(status: StatusView, event: FabulaEvents["tip"]): StatusView {
  const { hash, height, work, timestampMs, stateRoot, round } = event;
  return { ...status, tip: { hash, height, work, timestampMs, stateRoot }, round };
}

/** The status after a `peers` event. */
export function withPeers(status: StatusView, event: FabulaEvents["peers"]): StatusView {
  const peerCount = { direct: 0, relayed: 0, server: 0 };
  for (const peer of event.peers) peerCount[peer.path] += 1;
  return { ...status, peerCount, relay: event.relay };
}

/** Changes the status if there is one. */
export function patchStatus(change: (status: StatusView) => StatusView): void {
  useStatus.setState((state) => (state.status === null ? state : { status: change(state.status) }));
}

/** Puts a notice away for this tab. */
export function dismissNotice(id: string): void {
  useStatus.setState((state) => ({ dismissed: new Set([...state.dismissed, id]) }));
}

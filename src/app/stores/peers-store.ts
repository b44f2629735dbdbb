/**
 * Connected peers and the relay, as the last `peers` event told.
 *
 * @module
 */
import { create, type StoreApi, type UseBoundStore } from "zustand";
import type { PeerView, RelayView } from "../../peer/rpc/shapes.ts";

/** Remote peers only; this tab stands in the status. */
export interface PeersState {
  readonly self: string | null;
  readonly peers: readonly PeerView[];
  readonly relay: RelayView | null;
}

/** The store. */
export const usePeers: UseBoundStore<StoreApi<PeersState>> = create<PeersState>()(() => ({
  self: null,
  peers: [],
  relay: null,
}));

const PATH_ORDER = { server: 0, direct: 1, relayed: 2 } as const;

/** Lighthouses first, then direct peers, then relayed ones; by latency inside each. */
export function sortPeers(peers: readonly PeerView[]): readonly PeerView[] {
  return [...peers].sort(
    (a, b) =>
      PATH_ORDER[a.path] - PATH_ORDER[b.path] ||
      (a.latencyMs ?? Number.MAX_VALUE) - (b.latencyMs ?? Number.MAX_VALUE) ||
      (a.id < b.id ? -1 : 1),
  );
}

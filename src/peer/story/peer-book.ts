/**
 * What each connected peer said of itself: its tip, its work, its signed record. Claims steer whom to
 * ask; nothing is believed because of them.
 *
 * @module
 */
import type { PeerConnection, RelayState } from "../../chain/ports/network.ts";
import { hexFromBytes } from "../../kernel/bytes.ts";
import { MAX_VERIFIED_RECORDS } from "../limits.ts";
import type { PeerView } from "../rpc/shapes.ts";
import type { Status } from "../wire/messages.ts";
import { createRecordVerifier, type PeerRecord } from "../wire/records.ts";

/** A peer's last word. */
export interface PeerClaim {
  readonly tip: string;
  /** Last microblock on the tip; the tip itself when there is none. */
  readonly head: string;
  readonly microIndex: number;
  readonly height: number;
  readonly totalWork: bigint;
  readonly record: PeerRecord | null;
  readonly heardMs: number;
}

/** Claims of connected peers. */
export interface PeerBook {
  /** Keeps a status; a record that its author did not sign, or that names another peer, is dropped. */
  hear(peer: string, status: Status, nowMs: number): void;
  claim(peer: string): PeerClaim | undefined;
  /** Connected peers, heaviest claim first. */
  byWork(): readonly { readonly peer: string; readonly claim: PeerClaim }[];
  records(): readonly PeerRecord[];
  /** True when the record's author signed it; what was checked lately is not checked again. */
  readonly isGenuine: (record: PeerRecord) => boolean;
  connections(): readonly PeerConnection[];
  relay(): RelayState;
  update(peers: readonly PeerConnection[], relay: RelayState): void;
  views(tracker: string | null): readonly PeerView[];
}

/** Creates an empty book. */
export function createPeerBook(initialRelay: RelayState): PeerBook {
  const claims = new Map<string, PeerClaim>();
  const isGenuine = createRecordVerifier(MAX_VERIFIED_RECORDS);
  let connections: readonly PeerConnection[] = [];
  let relay = initialRelay;
  return {
    hear(peer, status, nowMs) {
      const record = status.record;
      const trusted = record !== undefined && record.peerId === peer && isGenuine(record);
      claims.set(peer, {
        tip: hexFromBytes(status.tip),
        head: hexFromBytes(status.head),
        microIndex: status.microIndex,
        height: status.height,
        totalWork: status.totalWork,
        record: trusted ? record : null,
        heardMs: nowMs,
      });
    },
    claim: (peer) => claims.get(peer),
    byWork: () =>
      [...claims]
        .map(([peer, claim]) => ({ peer, claim }))
        .sort((a, b) =>
          a.claim.totalWork === b.claim.totalWork
            ? 0
            : a.claim.totalWork > b.claim.totalWork
              ? -1
              : 1,
        ),
    records: () =>
      [...claims.values()].flatMap((claim) => (claim.record === null ? [] : [claim.record])),
    isGenuine,
    connections: () => connections,
    relay: () => relay,
    update(peers, nextRelay) {
      connections = peers;
      relay = nextRelay;
      const present = new Set(peers.map((peer) => peer.id));
      for (const peer of claims.keys()) if (!present.has(peer)) claims.delete(peer);
    },
    views: (tracker) =>
      connections.map((peer) => {
        const claim = claims.get(peer.id);
        const author = claim?.record == null ? null : hexFromBytes(claim.record.author);
        return {
          id: peer.id,
          path: peer.path,
          latencyMs: peer.latencyMs,
          lastMessageMs: peer.lastMessageMs,
          connectedMs: peer.connectedMs,
          direction: peer.direction,
          address: peer.address,
          score: peer.score,
          height: claim?.height ?? null,
          author,
          isTracker: author !== null && author === tracker,
        };
      }),
  };
}

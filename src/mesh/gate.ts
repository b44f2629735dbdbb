/**
 * Who may connect: an allow list (private meshes, and tests that cut a mesh in two), peers refused
 * because of their score, and the cap on connections. libp2p asks at every dial and every upgrade.
 *
 * @module
 */
import type { ConnectionGater } from "@libp2p/interface";
import { FREE_PLACES } from "./limits.ts";

/** What the gate must know of the present connections. */
export interface GateFacts {
  /** True for a peer that has a connection already (a relayed one may be followed by a direct one). */
  isConnected(peer: string): boolean;
  connectedPeers(): number;
  /** Peers with a connection that is more than signalling. */
  usablePeers(): number;
  /** Lighthouses we chose ourselves never meet the cap. */
  isWayIn(peer: string): boolean;
}

/** Decides about peers by id. */
export class Gate {
  readonly #maxPeers: number;
  readonly #refused: (peer: string) => boolean;
  #allow: ReadonlySet<string> | null = null;
  #facts: GateFacts | null = null;

  /** `refused` is true for peers whose score forbids them (docs/LIMITS.md). */
  constructor(maxPeers: number, refused: (peer: string) => boolean) {
    this.#maxPeers = maxPeers;
    this.#refused = refused;
  }

  /** Connects the gate to the node, which cannot exist before its gate. */
  attach(facts: GateFacts): void {
    this.#facts = facts;
  }

  /** Only these peers; `null` opens the gate. Existing connections are the caller's to close. */
  set(allow: readonly string[] | null): void {
    this.#allow = allow === null ? null : new Set(allow);
  }

  /** True unless the allow list or the score forbids the peer. */
  allows(peer: string): boolean {
    return (this.#allow === null || this.#allow.has(peer)) && !this.#refused(peer);
  }

  /** True if one more connection to this peer stays within the cap. */
  hasRoom(peer: string): boolean {
    const facts = this.#facts;
    if (facts === null || facts.isConnected(peer) || facts.isWayIn(peer)) return true;
    return facts.connectedPeers() < this.#maxPeers;
  }

  /** True while we should look for more peers, with `pending` dials under way; a few places stay free. */
  wantsMore(pending: number): boolean {
    const target = Math.max(1, this.#maxPeers - FREE_PLACES);
    return (this.#facts?.usablePeers() ?? 0) + pending < target;
  }

  /** True while more peers are connected than the cap permits: simultaneous upgrades can pass it. */
  isOverfull(): boolean {
    return (this.#facts?.connectedPeers() ?? 0) > this.#maxPeers;
  }

  /** The hooks for libp2p. */
  gater(): ConnectionGater {
    const deny = (peer: { toString(): string }): boolean => {
      const id = peer.toString();
      return !this.allows(id) || !this.hasRoom(id);
    };
    return {
      denyDialPeer: deny,
      // Without this hook libp2p's browser default would deny ws:// and private addresses.
      denyDialMultiaddr: () => false,
      denyInboundUpgradedConnection: deny,
      denyOutboundUpgradedConnection: deny,
      denyInboundRelayedConnection: (_relay, remote) => deny(remote),
      denyInboundRelayReservation: (source) => !this.allows(source.toString()),
      denyOutboundRelayedConnection: (source, destination) =>
        !this.allows(source.toString()) || !this.allows(destination.toString()),
    };
  }
}

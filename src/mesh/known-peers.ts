/**
 * The peers that announced themselves lately, and when each may be dialled again. Anyone can announce
 * any number of peers, so the book is capped and forgets.
 *
 * @module
 */
import type { Multiaddr } from "@multiformats/multiaddr";
import { DISCOVERED_TTL_MS, MAX_DISCOVERED_PEERS } from "./limits.ts";

const REDIAL_FIRST_MS = 500;
const REDIAL_MAX_MS = 60_000;

/** One announced peer; times are the local clock in ms. */
export interface KnownPeer {
  addresses: readonly Multiaddr[];
  readonly sinceMs: number;
  seenMs: number;
  failures: number;
  nextDialMs: number;
  /** Its connection broke without a goodbye: whoever notices dials, whatever the ids. */
  lost: boolean;
}

/** True if the peer has addresses, announced itself lately, and is not waiting after a failure. */
export function isDialable(known: KnownPeer, nowMs: number): boolean {
  if (known.addresses.length === 0 || nowMs < known.nextDialMs) return false;
  return nowMs - known.seenMs <= DISCOVERED_TTL_MS;
}

/** Books a failed dial: 0.5 s until the next, doubling to 60 s. */
export function dialFailed(known: KnownPeer, nowMs: number): void {
  known.nextDialMs = nowMs + Math.min(REDIAL_MAX_MS, REDIAL_FIRST_MS * 2 ** known.failures);
  known.failures += 1;
}

/** Announced peers by id. */
export class KnownPeers {
  readonly #peers = new Map<string, KnownPeer>();

  /** How many peers are known. */
  get size(): number {
    return this.#peers.size;
  }

  /** Takes an announcement; true if the peer is new. */
  learn(peer: string, addresses: readonly Multiaddr[], nowMs: number): boolean {
    const known = this.#peers.get(peer);
    if (known !== undefined) {
      known.addresses = addresses;
      known.seenMs = nowMs;
      return false;
    }
    this.#makeRoom(nowMs);
    const fresh = { failures: 0, nextDialMs: 0, lost: false };
    this.#peers.set(peer, { addresses, sinceMs: nowMs, seenMs: nowMs, ...fresh });
    return true;
  }

  /** The peer, if it is known. */
  get(peer: string): KnownPeer | undefined {
    return this.#peers.get(peer);
  }

  /** All ids. */
  ids(): string[] {
    return [...this.#peers.keys()];
  }

  /** Forgets a peer. */
  forget(peer: string): void {
    this.#peers.delete(peer);
  }

  /** Forgets everyone. */
  clear(): void {
    this.#peers.clear();
  }

  /** Forgets all failures. */
  retryAll(): void {
    for (const known of this.#peers.values()) {
      known.failures = 0;
      known.nextDialMs = 0;
    }
  }

  #makeRoom(nowMs: number): void {
    for (const [peer, known] of this.#peers)
      if (nowMs - known.seenMs > DISCOVERED_TTL_MS) this.#peers.delete(peer);
    if (this.#peers.size < MAX_DISCOVERED_PEERS) return;
    let oldest: string | null = null;
    let oldestMs = Number.POSITIVE_INFINITY;
    for (const [peer, known] of this.#peers) {
      if (known.seenMs >= oldestMs) continue;
      oldest = peer;
      oldestMs = known.seenMs;
    }
    if (oldest !== null) this.#peers.delete(oldest);
  }
}

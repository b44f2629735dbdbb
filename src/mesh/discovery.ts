/**
 * How tabs of one story find each other: each says on a gossip topic where it can be dialled (through
 * a relay, for signalling), the peer with the lower id dials. A peer that has too few connections
 * dials anyway, so that nobody waits for tabs that are full.
 *
 * @module
 */
import type { Multiaddr } from "@multiformats/multiaddr";
import type { Verdict } from "../chain/ports/network.ts";
import { connectionPath, connectionsTo } from "./connections.ts";
import type { Gate } from "./gate.ts";
import type { Gossip } from "./gossip.ts";
import { dialFailed, isDialable, type KnownPeer, KnownPeers } from "./known-peers.ts";
import type { MeshNode } from "./libp2p-config.ts";
import { HUNGRY_BELOW, MAX_PEERS_MESSAGE_BYTES } from "./limits.ts";
import { decodeAnnouncement, encodeAnnouncement } from "./peer-announcement.ts";
import { errorText, type Reporter } from "./reporter.ts";
import { PEERS_TOPIC } from "./topics.ts";

const ANNOUNCE_INTERVAL_MS = 3_000;
const ANNOUNCE_GAP_MS = 500;
const ANNOUNCE_JITTER_MS = 150;
// A dial takes a second, or ten on a busy machine; some hang for good, and a second try then succeeds.
const DIAL_TIMEOUTS_MS = [5_000, 10_000];
const DIAL_TIMEOUT_MAX_MS = 15_000;
const REDIAL_LOST_MS = 1_000;
// The lower id had this long to dial.
const PATIENCE_MS = 6_000;

/** What discovery works with. */
export interface DiscoveryParts {
  readonly node: MeshNode;
  readonly gossip: Gossip;
  readonly gate: Gate;
  readonly reporter: Reporter;
  readonly now: () => number;
  readonly random: () => number;
  /** False for a lighthouse: it judges and forwards announcements, and is reached by its address. */
  readonly active: boolean;
  readonly addresses: () => readonly string[];
}

/** Discovery in one story at a time. */
export class Discovery {
  readonly #parts: DiscoveryParts;
  readonly #self: string;
  readonly #known = new KnownPeers();
  readonly #dialling = new Set<string>();
  #story: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #timerAtMs = 0;
  #announcedMs = 0;

  constructor(parts: DiscoveryParts) {
    this.#parts = parts;
    this.#self = parts.node.peerId.toString();
  }

  /** Starts in a story, named by its tag. */
  join(story: string): void {
    this.leave();
    this.#story = story;
    this.#parts.gossip.join(PEERS_TOPIC, MAX_PEERS_MESSAGE_BYTES, (_from, author, bytes) =>
      this.#judge(author, bytes),
    );
    if (this.#parts.active) this.announceSoon();
  }

  /** Stops and forgets everyone. */
  leave(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#known.clear();
    if (this.#story !== null) this.#parts.gossip.leave(PEERS_TOPIC);
    this.#story = null;
  }

  /** Announces within a moment: somebody new listens, or our addresses changed. */
  announceSoon(): void {
    if (this.#story === null || !this.#parts.active) return;
    const sinceMs = this.#parts.now() - this.#announcedMs;
    const gapMs = Math.max(0, ANNOUNCE_GAP_MS - sinceMs);
    this.#schedule(gapMs + this.#parts.random() * ANNOUNCE_JITTER_MS);
  }

  /** A peer said goodbye: it is not dialled until it announces itself again. */
  forget(peer: string): void {
    this.#known.forget(peer);
  }

  /** A direct connection broke without a goodbye: dials again in a moment, whatever the ids. */
  redial(peer: string): void {
    const known = this.#known.get(peer);
    if (known === undefined) return;
    known.lost = true;
    // Both sides notice: chance lets one be first.
    known.nextDialMs = this.#parts.now() + REDIAL_LOST_MS * this.#parts.random();
    this.#schedule(REDIAL_LOST_MS);
  }

  /** Forgets failures and tries everyone now. */
  retryNow(): void {
    this.#known.retryAll();
    this.#considerAll();
    this.announceSoon();
  }

  #schedule(delayMs: number): void {
    const atMs = this.#parts.now() + delayMs;
    if (this.#timer !== undefined && this.#timerAtMs <= atMs) return;
    clearTimeout(this.#timer);
    this.#timerAtMs = atMs;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#announce();
      this.#considerAll();
      this.#schedule(ANNOUNCE_INTERVAL_MS * (0.75 + this.#parts.random() * 0.5));
    }, delayMs);
  }

  #announce(): void {
    const addresses = this.#parts.addresses();
    if (this.#story === null || addresses.length === 0) return;
    this.#announcedMs = this.#parts.now();
    const bytes = encodeAnnouncement(this.#self, this.#story, addresses, this.#announcedMs);
    this.#parts.gossip.publish(PEERS_TOPIC, bytes).catch((error: unknown) => {
      this.#parts.reporter.log("info", "announce-failed", undefined, errorText(error));
    });
  }

  #judge(author: string, bytes: Uint8Array): Verdict {
    const announcement = decodeAnnouncement(author, bytes);
    if (announcement === null) return "reject";
    // Announcements of other stories are passed on, and nobody here dials for them.
    const ours = announcement.story === this.#story && author !== this.#self;
    if (ours && this.#parts.active) this.#learn(author, announcement.addresses);
    if (!ours) this.#known.forget(author);
    return "accept";
  }

  #learn(peer: string, addresses: readonly Multiaddr[]): void {
    // Somebody new may be the one that must dial, and may not know us yet.
    if (this.#known.learn(peer, addresses, this.#parts.now())) this.announceSoon();
    this.#consider(peer);
  }

  #considerAll(): void {
    for (const peer of this.#known.ids()) this.#consider(peer);
  }

  #consider(peer: string): void {
    const known = this.#known.get(peer);
    if (known === undefined || this.#dialling.has(peer) || !this.#wants(peer, known)) return;
    this.#dialling.add(peer);
    void this.#dial(peer, known);
  }

  #wants(peer: string, known: KnownPeer): boolean {
    const { node, gate, now } = this.#parts;
    const nowMs = now();
    if (!isDialable(known, nowMs)) return false;
    if (!gate.allows(peer) || !gate.hasRoom(peer)) return false;
    if (connectionsTo(node, peer).some((each) => connectionPath(each) === "direct")) return false;
    if (!gate.wantsMore(this.#dialling.size)) return false;
    if (this.#self < peer || known.lost) return true;
    return nowMs - known.sinceMs > PATIENCE_MS && this.#directPeers() < HUNGRY_BELOW;
  }

  #directPeers(): number {
    const direct = new Set<string>();
    for (const each of this.#parts.node.getConnections())
      if (connectionPath(each) === "direct") direct.add(each.remotePeer.toString());
    return direct.size;
  }

  async #dial(peer: string, known: KnownPeer): Promise<void> {
    const { node, reporter, now } = this.#parts;
    const timeoutMs = DIAL_TIMEOUTS_MS[known.failures] ?? DIAL_TIMEOUT_MAX_MS;
    try {
      await node.dial([...known.addresses], { signal: AbortSignal.timeout(timeoutMs) });
      known.failures = 0;
      known.lost = false;
    } catch (error) {
      dialFailed(known, now());
      reporter.log("info", "dial-failed", peer, errorText(error));
    } finally {
      this.#dialling.delete(peer);
    }
  }
}

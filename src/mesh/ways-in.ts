/**
 * Keeps the ways into the mesh open: dials each lighthouse, waits longer after each failure, and asks
 * for a relay reservation anew whenever the connection was lost (libp2p does that only once).
 *
 * @module
 */
import { type Multiaddr, multiaddr } from "@multiformats/multiaddr";
import type { RelayState } from "../chain/ports/network.ts";
import { CodedError } from "../kernel/errors.ts";
import { Backoff } from "./backoff.ts";
import { connectionsTo, isLimited } from "./connections.ts";
import type { Gate } from "./gate.ts";
import type { MeshNode } from "./libp2p-config.ts";
import { MAX_WAYS_IN } from "./limits.ts";
import { parseMultiaddr } from "./peer-announcement.ts";
import { errorText, type Reporter } from "./reporter.ts";

const DIAL_TIMEOUT_MS = 15_000;

interface WayIn {
  readonly text: string;
  readonly address: Multiaddr;
  readonly backoff: Backoff;
  peer: string | null;
  state: "connecting" | "connected" | "lost";
  sinceMs: number;
  lastError: string | null;
  timer: ReturnType<typeof setTimeout> | undefined;
  busy: boolean;
}

/** What the supervisor works with. */
export interface WaysInParts {
  readonly node: MeshNode;
  readonly gate: Gate;
  readonly reporter: Reporter;
  readonly now: () => number;
  readonly random: () => number;
  /** True for tabs: they need a place at the relay to be dialled by other tabs. */
  readonly reserve: boolean;
  readonly onChange: () => void;
}

/** All ways in of a node. */
export class WaysIn {
  readonly #parts: WaysInParts;
  readonly #ways = new Map<string, WayIn>();
  #stopped = false;

  constructor(parts: WaysInParts) {
    this.#parts = parts;
  }

  /**
   * Adds addresses and waits for the first attempt of each; throws `bad-multiaddr` or
   * `too-many-ways-in`, and adds none then.
   */
  async add(addresses: readonly string[]): Promise<void> {
    const fresh = new Map<string, WayIn>();
    for (const text of addresses) {
      if (this.#ways.has(text) || fresh.has(text)) continue;
      const address = parseMultiaddr(text);
      if (address === null) throw new CodedError("bad-multiaddr", { address: text.slice(0, 256) });
      fresh.set(text, this.#newWay(text, address));
    }
    if (this.#ways.size + fresh.size > MAX_WAYS_IN)
      throw new CodedError("too-many-ways-in", { max: MAX_WAYS_IN });
    for (const [text, way] of fresh) this.#ways.set(text, way);
    await Promise.all([...fresh.values()].map((way) => this.#attempt(way)));
  }

  /** True for the peer behind one of the addresses. */
  has(peer: string): boolean {
    for (const way of this.#ways.values()) if (way.peer === peer) return true;
    return false;
  }

  /** Forgets all waiting and tries every way that is not connected. */
  retryNow(): void {
    for (const way of this.#ways.values()) {
      way.backoff.reset();
      if (way.state !== "connected") void this.#attempt(way);
    }
  }

  /** To be called when a peer's last connection closed. */
  peerGone(peer: string): void {
    for (const way of this.#ways.values()) {
      if (way.peer !== peer || way.state !== "connected") continue;
      this.#turn(way, "lost", "connection closed");
      this.#later(way);
    }
  }

  /** The best way's state. */
  state(): RelayState {
    const order = ["connected", "connecting", "lost"];
    const best = [...this.#ways.values()].sort(
      (a, b) => order.indexOf(a.state) - order.indexOf(b.state),
    )[0];
    if (best === undefined) return { state: "none", address: null, sinceMs: 0, lastError: null };
    return {
      state: best.state,
      address: best.text,
      sinceMs: best.sinceMs,
      lastError: best.lastError,
    };
  }

  /** Stops all attempts. */
  stop(): void {
    this.#stopped = true;
    for (const way of this.#ways.values()) clearTimeout(way.timer);
  }

  #newWay(text: string, address: Multiaddr): WayIn {
    return {
      text,
      address,
      backoff: new Backoff(this.#parts.random),
      // Known beforehand where the address says so, so that the gate never counts a lighthouse.
      peer: address.getComponents().findLast((each) => each.name === "p2p")?.value ?? null,
      state: "connecting",
      sinceMs: this.#parts.now(),
      lastError: null,
      timer: undefined,
      busy: false,
    };
  }

  async #attempt(way: WayIn): Promise<void> {
    if (way.busy || this.#stopped) return;
    clearTimeout(way.timer);
    if (way.peer !== null && !this.#parts.gate.allows(way.peer)) {
      this.#turn(way, "lost", "gate-closed");
      this.#later(way);
      return;
    }
    way.busy = true;
    try {
      const signal = AbortSignal.timeout(DIAL_TIMEOUT_MS);
      const connection = await this.#parts.node.dial(way.address, { signal });
      way.peer = connection.remotePeer.toString();
      await this.#reserve(way, way.peer);
      if (!this.#isConnected(way.peer)) throw new CodedError("peer-gone", { peer: way.peer });
      way.backoff.reset();
      this.#turn(way, "connected", null);
    } catch (error) {
      const text = errorText(error);
      // A lighthouse that stays away is one log line, not one a second.
      if (text !== way.lastError)
        this.#parts.reporter.log("info", "way-in-failed", way.peer ?? undefined, text);
      this.#turn(way, "lost", text);
      this.#later(way);
    } finally {
      way.busy = false;
    }
  }

  /** Asks for a place at the relay, unless we have one there. */
  async #reserve(way: WayIn, peer: string): Promise<void> {
    if (!this.#parts.reserve || way.text.includes("/p2p-circuit") || this.#hasReservation(peer))
      return;
    const base = way.text.includes(`/p2p/${peer}`) ? way.text : `${way.text}/p2p/${peer}`;
    const { node } = this.#parts;
    await node.services.internals.transportManager.listen([multiaddr(`${base}/p2p-circuit`)]);
    // The listener tells its addresses in a microtask, and failures only in a log: look for ourselves.
    await Promise.resolve();
    if (!this.#hasReservation(peer)) throw new CodedError("no-reservation", { peer });
  }

  #hasReservation(peer: string): boolean {
    const part = `/p2p/${peer}/p2p-circuit`;
    return this.#parts.node.getMultiaddrs().some((each) => each.toString().includes(part));
  }

  #isConnected(peer: string): boolean {
    return connectionsTo(this.#parts.node, peer).some((each) => !isLimited(each));
  }

  #later(way: WayIn): void {
    if (this.#stopped) return;
    clearTimeout(way.timer);
    way.timer = setTimeout(() => void this.#attempt(way), way.backoff.next());
  }

  #turn(way: WayIn, state: WayIn["state"], lastError: string | null): void {
    const changed = way.state !== state;
    way.lastError = lastError ?? way.lastError;
    if (!changed) return;
    way.state = state;
    way.sinceMs = this.#parts.now();
    if (state === "connected") way.lastError = null;
    this.#parts.onChange();
  }
}

/**
 * Watches connections come and go: drops relayed ones soon after a direct one stands (libp2p would
 * prefer them and then refuse to use them), enforces gate and cap, and tells the rest of the mesh.
 *
 * @module
 */
import type { Connection } from "@libp2p/interface";
import { CodedError } from "../kernel/errors.ts";
import { connectionPath, connectionsTo, endConnection, isLimited } from "./connections.ts";
import type { Gate } from "./gate.ts";
import type { MeshNode } from "./libp2p-config.ts";
import type { Reporter } from "./reporter.ts";

const DROP_LIMITED_MS = 1_000;
// Signalling is over by then, one way or the other; a place must not be held by a relayed connection.
const LIMITED_LIFE_MS = 20_000;

/** What the supervisor tells its owner. */
export interface SupervisorEvents {
  /** A connection that can carry gossip and requests opened. */
  onUsable(peer: string): void;
  /** A direct connection closed and there is no other. */
  onDirectLost(peer: string): void;
  /** The last connection of a peer closed. */
  onGone(peer: string): void;
  /** Anything changed that `peers()` shows. */
  onChange(): void;
}

/** Supervises the connections of one node. */
export class ConnectionSupervisor {
  readonly #node: MeshNode;
  readonly #gate: Gate;
  readonly #reporter: Reporter;
  readonly #events: SupervisorEvents;
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();

  constructor(node: MeshNode, gate: Gate, reporter: Reporter, events: SupervisorEvents) {
    this.#node = node;
    this.#gate = gate;
    this.#reporter = reporter;
    this.#events = events;
  }

  /** Listens to the node. */
  start(): void {
    this.#node.addEventListener("connection:open", this.#onOpen);
    this.#node.addEventListener("connection:close", this.#onClose);
  }

  /** Stops listening. */
  stop(): void {
    this.#node.removeEventListener("connection:open", this.#onOpen);
    this.#node.removeEventListener("connection:close", this.#onClose);
    for (const timer of this.#timers) clearTimeout(timer);
  }

  /** Ends all connections to a peer. */
  async disconnect(peer: string, code: string): Promise<void> {
    await Promise.all(connectionsTo(this.#node, peer).map((each) => endConnection(each, code)));
  }

  /** Ends at once, without the courtesies, all connections to a peer that is gone already. */
  abandon(peer: string, code: string): void {
    for (const each of connectionsTo(this.#node, peer)) {
      // A WebSocket must be closed with its handshake; WebRTC would wait for a peer that is not there.
      if (connectionPath(each) === "direct") each.abort(new CodedError(code));
      else void endConnection(each, code);
    }
  }

  /** Ends the connections of every peer for which `keep` is false. */
  async disconnectUnless(keep: (peer: string) => boolean, code: string): Promise<void> {
    const peers = new Set(this.#node.getConnections().map((each) => each.remotePeer.toString()));
    await Promise.all(
      [...peers].filter((each) => !keep(each)).map((each) => this.disconnect(each, code)),
    );
  }

  readonly #onOpen = (event: CustomEvent<Connection>): void => {
    const connection = event.detail;
    const peer = connection.remotePeer.toString();
    if (!this.#gate.allows(peer) || this.#isBeyondCap(peer)) {
      this.#reporter.log("info", "connection-refused", peer);
      void endConnection(connection, "connection-refused");
      return;
    }
    if (isLimited(connection)) {
      this.#after(LIMITED_LIFE_MS, () => void endConnection(connection, "limited-connection"));
    } else {
      this.#events.onUsable(peer);
      this.#after(DROP_LIMITED_MS, () => this.#dropLimited(peer));
    }
    this.#events.onChange();
  };

  readonly #onClose = (event: CustomEvent<Connection>): void => {
    const peer = event.detail.remotePeer.toString();
    const left = connectionsTo(this.#node, peer);
    if (connectionPath(event.detail) === "direct" && !left.some((each) => !isLimited(each)))
      this.#events.onDirectLost(peer);
    if (left.length === 0) this.#events.onGone(peer);
    this.#events.onChange();
  };

  /** The gate asked before the upgrade; several upgrades at once can still pass it. */
  #isBeyondCap(peer: string): boolean {
    return connectionsTo(this.#node, peer).length === 1 && this.#gate.isOverfull();
  }

  #dropLimited(peer: string): void {
    const connections = connectionsTo(this.#node, peer);
    if (!connections.some((each) => !isLimited(each))) return;
    for (const each of connections.filter(isLimited))
      void endConnection(each, "limited-connection");
  }

  #after(delayMs: number, action: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, delayMs);
    this.#timers.add(timer);
  }
}

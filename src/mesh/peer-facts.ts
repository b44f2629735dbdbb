/**
 * What is known about each connected peer, as the port shows it: path, latency, last message, score.
 *
 * @module
 */
import type { PeerConnection } from "../chain/ports/network.ts";
import { connectedPeerIds, connectionPath, connectionsTo } from "./connections.ts";
import type { MeshNode } from "./libp2p-config.ts";

interface Facts {
  latencyMs: number | null;
  lastMessageMs: number | null;
}

/** Facts by peer id, kept while a peer is connected. */
export class PeerFacts {
  readonly #node: MeshNode;
  readonly #score: (peer: string) => number;
  readonly #facts = new Map<string, Facts>();

  constructor(node: MeshNode, score: (peer: string) => number) {
    this.#node = node;
    this.#score = score;
  }

  /** A message of the peer arrived at `nowMs`. */
  heard(peer: string, nowMs: number): void {
    this.#entry(peer).lastMessageMs = nowMs;
  }

  /** A round trip was measured. */
  latency(peer: string, latencyMs: number): void {
    this.#entry(peer).latencyMs = latencyMs;
  }

  /** Local time of the peer's last message, or null. */
  lastMessageMs(peer: string): number | null {
    return this.#facts.get(peer)?.lastMessageMs ?? null;
  }

  /** Forgets a peer that left. */
  forget(peer: string): void {
    this.#facts.delete(peer);
  }

  /** All connected peers, each with its best connection, in the order of their ids. */
  list(): PeerConnection[] {
    const list: PeerConnection[] = [];
    for (const id of [...connectedPeerIds(this.#node)].sort()) {
      const connection = connectionsTo(this.#node, id)[0];
      if (connection === undefined) continue;
      const facts = this.#facts.get(id);
      list.push({
        id,
        path: connectionPath(connection),
        latencyMs: facts?.latencyMs ?? null,
        lastMessageMs: facts?.lastMessageMs ?? null,
        connectedMs: connection.timeline.open,
        direction: connection.direction,
        address: connection.remoteAddr.toString(),
        score: this.#score(id),
      });
    }
    return list;
  }

  #entry(peer: string): Facts {
    const known = this.#facts.get(peer);
    if (known !== undefined) return known;
    const facts = { latencyMs: null, lastMessageMs: null };
    // Only connected peers are remembered: the map stays as small as the mesh.
    if (connectedPeerIds(this.#node).has(peer)) this.#facts.set(peer, facts);
    return facts;
  }
}

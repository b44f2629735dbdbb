/**
 * Facts about connections: which one to use for a peer, what its address says about its path, and how
 * to end it so that the other side notices.
 *
 * @module
 */
import type { Connection } from "@libp2p/interface";
import { setMaxListeners } from "main-event";
import type { ConnectionPath } from "../chain/ports/network.ts";
import { CodedError } from "../kernel/errors.ts";
import type { MeshNode } from "./libp2p-config.ts";

const CLOSE_TIMEOUT_MS = 1_000;

/** The path of an address: WebRTC is direct even when its signalling ran over a relay. */
export function pathOf(address: string): ConnectionPath {
  if (address.includes("/webrtc")) return "direct";
  return address.includes("/p2p-circuit") ? "relayed" : "server";
}

const PREFERENCE: readonly ConnectionPath[] = ["direct", "server", "relayed"];

function rank(connection: Connection): number {
  return PREFERENCE.indexOf(connectionPath(connection));
}

/** The path of a connection. */
export function connectionPath(connection: Connection): ConnectionPath {
  return pathOf(connection.remoteAddr.toString());
}

/** True for connections that a relay limits: good for signalling only. */
export function isLimited(connection: Connection): boolean {
  return connection.limits !== undefined || connectionPath(connection) === "relayed";
}

/** Open connections to a peer, the best first, and the newest of equals: a page that was reloaded is the same peer. */
export function connectionsTo(node: MeshNode, peer: string): Connection[] {
  return node
    .getConnections()
    .filter((each) => each.status === "open" && each.remotePeer.toString() === peer)
    .sort((a, b) => rank(a) - rank(b) || b.timeline.open - a.timeline.open);
}

/** The connection for gossip and requests: open and not limited. */
export function usableConnection(node: MeshNode, peer: string): Connection | undefined {
  return connectionsTo(node, peer).find((each) => !isLimited(each));
}

/** Ids of all peers with an open connection. */
export function connectedPeerIds(node: MeshNode): Set<string> {
  const ids = new Set<string>();
  for (const each of node.getConnections())
    if (each.status === "open") ids.add(each.remotePeer.toString());
  return ids;
}

/** Closes a connection within a second, politely if it can; it never rejects. */
export async function endConnection(connection: Connection, code: string): Promise<void> {
  const signal = AbortSignal.timeout(CLOSE_TIMEOUT_MS);
  // Each stream of the connection listens to it.
  setMaxListeners(Number.POSITIVE_INFINITY, signal);
  try {
    await connection.close({ signal });
  } catch {
    connection.abort(new CodedError(code));
  }
}

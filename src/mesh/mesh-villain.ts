/**
 * A peer that knows libp2p, and none of our manners: for tests that go past the caps. Used by tests only.
 *
 * @module
 */
import "./polyfills.ts";
import type { Connection, Stream } from "@libp2p/interface";
import { webRTC } from "@libp2p/webrtc";
import { multiaddr } from "@multiformats/multiaddr";
import { expect } from "vitest";
import { privateKeyFromSeed } from "./identity.ts";
import { createTabNode, type MeshNode } from "./libp2p-config.ts";
import { type FixtureLighthouse, freshSeed, stopLater, until } from "./mesh-fixture.ts";
import { CONTROL_PROTOCOL } from "./topics.ts";

/** A node in a stranger's hands, connected to its victim. */
export interface Villain {
  readonly node: MeshNode;
  readonly id: string;
  readonly connection: Connection;
  open(protocol: string): Promise<Stream>;
  connected(): boolean;
}

/** Starts a villain; it ends with `stopAll`. */
export async function villain(victim: { readonly address: string }): Promise<Villain> {
  const node = await createTabNode({
    privateKey: await privateKeyFromSeed(freshSeed()),
    gater: { denyDialMultiaddr: () => false },
    score: () => 0,
    webRtc: webRTC(),
    maxConnections: 10,
  });
  stopLater(node);
  const connection = await node.dial(multiaddr(victim.address));
  return {
    node,
    id: node.peerId.toString(),
    connection,
    open: (protocol) => connection.newStream(protocol, { maxOutboundStreams: 64 }),
    connected: () => node.getConnections().some((each) => each.status === "open"),
  };
}

/**
 * Waits until the villain sees the door shut, checks that it stays shut, and returns what the victim
 * said about the villain.
 */
export async function codesOnceCutOff(
  victim: FixtureLighthouse,
  guest: Villain,
): Promise<string[]> {
  await until(() => !guest.connected());
  const again = guest.node
    .dial(multiaddr(victim.address))
    .then((each) => each.newStream(CONTROL_PROTOCOL));
  await expect(again).rejects.toBeInstanceOf(Error);
  return victim.log.filter((each) => each.peer === guest.id).map((each) => each.code);
}

/** Does something again and again while the villain is let. */
export async function repeat(
  guest: Villain,
  times: number,
  action: () => Promise<void>,
): Promise<void> {
  for (let i = 0; i < times && guest.connected(); i += 1) await action().catch(() => undefined);
}

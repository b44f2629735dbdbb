/**
 * The mesh of a tab: WebRTC to other tabs, a WebSocket to each lighthouse. It runs on the page (workers
 * have no WebRTC), and in Node for tests and scripts if `polyfills.ts` was imported before.
 *
 * @module
 */
import "./webrtc-init-race.ts";
import { webRTC } from "@libp2p/webrtc";
import type { Network } from "../chain/ports/network.ts";
import { Gate } from "./gate.ts";
import { privateKeyFromSeed } from "./identity.ts";
import { createTabNode } from "./libp2p-config.ts";
import { MAX_CONNECTIONS_TAB } from "./limits.ts";
import { MeshNetwork } from "./mesh-network.ts";
import { Scores } from "./scores.ts";

/** Options of `createNetwork`. */
export interface NetworkOptions {
  /** 32 bytes: the same seed is the same peer. */
  readonly seed: Uint8Array;
  readonly role: "tab";
  /** Local clock, ms since the Unix epoch. */
  readonly now: () => number;
  /** Numbers in [0, 1): jitter only. */
  readonly random: () => number;
  /** Peers besides lighthouses; 12 by default (NET-6). */
  readonly maxConnections?: number;
  /** STUN or TURN servers; none by default: nobody learns of a reader but the peers. */
  readonly iceServers?: readonly RTCIceServer[];
}

/** Starts a tab's mesh; call `join` and `addWaysIn` next. Throws `bad-seed`. */
export async function createNetwork(options: NetworkOptions): Promise<Network> {
  const maxConnections = options.maxConnections ?? MAX_CONNECTIONS_TAB;
  const scores = new Scores(options.now);
  const gate = new Gate(maxConnections, (peer) => scores.refused(peer));
  const node = await createTabNode({
    privateKey: await privateKeyFromSeed(options.seed),
    gater: gate.gater(),
    score: (peer) => scores.score(peer),
    webRtc: webRTC({ rtcConfiguration: { iceServers: [...(options.iceServers ?? [])] } }),
    maxConnections,
  });
  const { now, random, role } = options;
  const network = new MeshNetwork({ node, gate, scores, now, random, role });
  await network.start();
  if ("document" in globalThis) followPage(network);
  return network;
}

/** A page that closes says goodbye; one that comes back, or comes online, tries everything again. */
function followPage(network: MeshNetwork): void {
  globalThis.addEventListener("pagehide", () => network.bye());
  globalThis.addEventListener("pageshow", (event) => {
    if (event.persisted) network.retryNow();
  });
  globalThis.addEventListener("online", () => network.retryNow());
}

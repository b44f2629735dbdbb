/**
 * The mesh of a lighthouse: a WebSocket listener behind the public server, a circuit relay that helps
 * the tabs of any story to find each other, and a full `Network` for the lighthouse's own story.
 * Node only.
 *
 * @module
 */
import "./polyfills.ts";
import type { Network } from "../chain/ports/network.ts";
import { CodedError } from "../kernel/errors.ts";
import { Gate } from "./gate.ts";
import { privateKeyFromSeed } from "./identity.ts";
import { createLighthouseNode } from "./libp2p-config.ts";
import { MAX_CONNECTIONS_LIGHTHOUSE } from "./limits.ts";
import { MeshNetwork } from "./mesh-network.ts";
import { Scores } from "./scores.ts";

/** Options of `createLighthouseNetwork`. */
export interface LighthouseNetworkOptions {
  /** 32 bytes: the same seed is the same lighthouse, so that links to it stay good. */
  readonly seed: Uint8Array;
  /** IP address to listen on; 127.0.0.1 behind a server of ours. */
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  /** Public multiaddrs (without `/p2p/…`); empty: the listening address itself. */
  readonly announce: readonly string[];
  readonly now: () => number;
  readonly random: () => number;
  /** Peers; 256 by default (NET-6). */
  readonly maxConnections?: number;
  /** Time between heartbeats; 5 s by default. */
  readonly pingIntervalMs?: number;
}

/** A lighthouse's mesh and the port it listens on. */
export interface LighthouseNetwork {
  readonly network: Network;
  readonly listenPort: number;
}

/** Starts a lighthouse's mesh; throws `bad-seed` or `listen-failed`. */
export async function createLighthouseNetwork(
  options: LighthouseNetworkOptions,
): Promise<LighthouseNetwork> {
  const scores = new Scores(options.now);
  const gate = new Gate(options.maxConnections ?? MAX_CONNECTIONS_LIGHTHOUSE, (peer) =>
    scores.refused(peer),
  );
  const family = options.host.includes(":") ? "ip6" : "ip4";
  const node = await createLighthouseNode({
    privateKey: await privateKeyFromSeed(options.seed),
    gater: gate.gater(),
    score: (peer) => scores.score(peer),
    listen: `/${family}/${options.host}/tcp/${options.port}/ws`,
    announce: options.announce,
  });
  const bound = node.services.internals.transportManager.getAddrs()[0];
  const listenPort = Number(bound?.getComponents().find((each) => each.name === "tcp")?.value);
  // libp2p was told to start without a listener too; a lighthouse without one is of no use.
  if (!(listenPort > 0)) {
    await node.stop();
    throw new CodedError("listen-failed", { host: options.host, port: options.port });
  }
  const { now, random, pingIntervalMs } = options;
  const network = new MeshNetwork({
    node,
    gate,
    scores,
    now,
    random,
    role: "lighthouse",
    pingIntervalMs,
  });
  await network.start();
  return { network, listenPort };
}

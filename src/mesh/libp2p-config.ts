/**
 * The one place where libp2p is configured, for tabs and for lighthouses: what both share stands in
 * `shared`, so that they cannot drift apart (peers with different signature policies never meet).
 *
 * @module
 */
import {
  type CircuitRelayService,
  circuitRelayServer,
  circuitRelayTransport,
} from "@libp2p/circuit-relay-v2";
import { type GossipSub, type GossipsubOpts, gossipsub, StrictSign } from "@libp2p/gossipsub";
import { type Identify, type IdentifyPush, identify, identifyPush } from "@libp2p/identify";
import {
  type ConnectionGater,
  FaultTolerance,
  type Libp2p,
  type PrivateKey,
} from "@libp2p/interface";
import { noise } from "@libp2p/noise";
import { webSockets } from "@libp2p/websockets";
import { yamux } from "@libp2p/yamux";
import type { Multiaddr } from "@multiformats/multiaddr";
import { blake3 } from "@noble/hashes/blake3.js";
import { createLibp2p, type Libp2pOptions } from "libp2p";
import {
  MAX_CONNECTIONS_LIGHTHOUSE,
  MAX_GOSSIP_FRAME_BYTES,
  MAX_RESERVATIONS,
  RELAYED_BYTES,
  RELAYED_MS,
} from "./limits.ts";

/** Parts of libp2p that have no public door: listening anew after a relay restart needs this one. */
export interface Internals {
  readonly transportManager: TransportManager;
}

interface TransportManager {
  listen(addresses: Multiaddr[]): Promise<void>;
  /** Addresses the listeners are bound to, whatever is announced. */
  getAddrs(): Multiaddr[];
}

/** Services every node of the mesh has. */
export interface MeshServices extends Record<string, unknown> {
  identify: Identify;
  identifyPush: IdentifyPush;
  pubsub: GossipSub;
  internals: Internals;
}

/** A lighthouse's services: a relay server besides. */
export interface LighthouseServices extends MeshServices {
  relay: CircuitRelayService;
}

/** A node of the mesh, tab or lighthouse. */
export type MeshNode = Libp2p<MeshServices>;

/** What a node is made from. */
export interface NodeOptions {
  readonly privateKey: PrivateKey;
  readonly gater: ConnectionGater;
  /** Our own score of a peer, ≤ 0: gossip stops talking to peers near −100. */
  readonly score: (peer: string) => number;
}

/** A browser's transport between tabs, passed in so that a lighthouse never loads it. */
export type WebRtcTransport = NonNullable<Libp2pOptions["transports"]>[number];

// A dial through a relay takes seconds on a busy machine; libp2p's 5–10 s gave up too early.
const DIAL_TIMEOUT_MS = 15_000;

function gossip(
  options: NodeOptions,
  degree: Partial<GossipsubOpts>,
): ReturnType<typeof gossipsub> {
  return gossipsub({
    ...degree,
    globalSignaturePolicy: StrictSign,
    // NET-2: the same content has the same id, whoever says it.
    msgIdFn: (message) => blake3(message.data),
    allowPublishToZeroTopicPeers: true,
    ignoreDuplicatePublishError: true,
    emitSelf: false,
    heartbeatInterval: 500,
    floodPublish: true,
    runOnLimitedConnection: false,
    doPX: false,
    maxInboundDataLength: MAX_GOSSIP_FRAME_BYTES,
    decodeRpcLimits: {
      maxSubscriptions: 64,
      maxMessages: 256,
      maxIhaveMessageIDs: 1_024,
      maxIwantMessageIDs: 1_024,
      maxIdontwantMessageIDs: 512,
      maxControlMessages: 64,
      maxPeerInfos: 16,
    },
    gossipsubIWantFollowupMs: DIAL_TIMEOUT_MS,
    scoreParams: {
      // All tabs of a machine share one address.
      IPColocationFactorWeight: 0,
      // A busy page answers late without ill will: only our own scores (docs/LIMITS.md) judge.
      behaviourPenaltyWeight: 0,
      appSpecificScore: options.score,
      appSpecificWeight: 1,
    },
  });
}

function shared(options: NodeOptions, maxConnections: number): Libp2pOptions {
  return {
    privateKey: options.privateKey,
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    connectionGater: options.gater,
    // Its pings abort a link when an answer takes 5 s, which a busy page does; control.ts looks after links.
    connectionMonitor: { enabled: false },
    connectionManager: {
      // Our gate counts peers; libp2p counts connections, relayed ones too.
      maxConnections: maxConnections * 3,
      inboundConnectionThreshold: 1_000,
      maxIncomingPendingConnections: 100,
      maxParallelDials: 3,
      addressDialTimeout: DIAL_TIMEOUT_MS,
      dialTimeout: DIAL_TIMEOUT_MS,
      inboundUpgradeTimeout: DIAL_TIMEOUT_MS,
      reconnectRetries: 0,
    },
    // A tab must start while its lighthouse is away.
    transportManager: { faultTolerance: FaultTolerance.NO_FATAL },
  };
}

function internals(components: Internals): Internals {
  return { transportManager: components.transportManager };
}

/** Starts a tab's node: WebRTC with other tabs, WebSocket to lighthouses, relayed signalling. */
export async function createTabNode(
  options: NodeOptions & { readonly webRtc: WebRtcTransport; readonly maxConnections: number },
): Promise<MeshNode> {
  return await createLibp2p<MeshServices>({
    ...shared(options, options.maxConnections),
    addresses: { listen: ["/webrtc"] },
    transports: [webSockets(), options.webRtc, circuitRelayTransport()],
    services: {
      identify: identify({ runOnLimitedConnection: true }),
      identifyPush: identifyPush(),
      pubsub: gossip(options, { D: 4, Dlo: 3, Dhi: 6, Dout: 1, Dscore: 2, Dlazy: 3 }),
      internals,
    },
  });
}

/** How a lighthouse's node is made; the caps of its relay are those of `limits.ts` unless a test says otherwise. */
export interface LighthouseNodeOptions extends NodeOptions {
  readonly listen: string;
  readonly announce: readonly string[];
  readonly maxReservations?: number;
  readonly relayedMs?: number;
}

/** Starts a lighthouse's node: a WebSocket listener and a relay for any story's tabs. */
export async function createLighthouseNode(
  options: LighthouseNodeOptions,
): Promise<Libp2p<LighthouseServices>> {
  const node = await createLibp2p<LighthouseServices>({
    ...shared(options, MAX_CONNECTIONS_LIGHTHOUSE),
    addresses: { listen: [options.listen], announce: [...options.announce] },
    transports: [webSockets()],
    services: {
      identify: identify({ runOnLimitedConnection: true }),
      identifyPush: identifyPush(),
      // A hub: with its degree, a story's announcement reaches a dozen tabs in one hop.
      pubsub: gossip(options, { D: 8, Dlo: 6, Dhi: 14, Dout: 2, Dscore: 4, Dlazy: 6 }),
      internals,
      relay: circuitRelayServer({
        reservations: {
          maxReservations: options.maxReservations ?? MAX_RESERVATIONS,
          defaultDataLimit: BigInt(RELAYED_BYTES),
          defaultDurationLimit: options.relayedMs ?? RELAYED_MS,
        },
      }),
    },
  });
  // The relay keeps a place for two hours, also for who is gone: passers-by, or one stranger with many ids,
  // would fill it, and no new tab could be dialled.
  const { reservations } = node.services.relay;
  node.addEventListener("peer:disconnect", ({ detail: peer }) => {
    reservations.get(peer)?.signal.clear();
    reservations.delete(peer);
  });
  return node;
}

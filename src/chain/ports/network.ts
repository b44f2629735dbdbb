/**
 * What a peer needs from a mesh (NET-1…NET-6): gossip with a verdict before forwarding, request and
 * response with caps, and facts about each connection. Bytes in, bytes out: the mesh knows no block.
 *
 * @module
 */

/** Gossip topics of one story; `src/mesh` turns them into `/fabula/1/<story id, first 16 hex>/<topic>/1`. */
export type Topic = "announce" | "tracker" | "tx";

/**
 * What becomes of a message (NET-2): forwarded; dropped without blame; dropped, and its sender's score
 * falls. The verdict and the penalty belong to the error code.
 */
export type Verdict = "accept" | "ignore" | "reject";

/** How bytes reach a peer: straight, over a relay (signalling only, short-lived), or a lighthouse's WebSocket. */
export type ConnectionPath = "direct" | "relayed" | "server";

/** One connected peer. Times are the local clock in ms since the Unix epoch. */
export interface PeerConnection {
  readonly id: string;
  readonly path: ConnectionPath;
  /** Last measured round trip; `null` before the first. */
  readonly latencyMs: number | null;
  readonly lastMessageMs: number | null;
  readonly connectedMs: number;
  readonly direction: "inbound" | "outbound";
  readonly address: string;
  /** 0 is neutral; the connection is closed at −100 (docs/LIMITS.md). */
  readonly score: number;
}

/** State of the way in through a lighthouse. */
export interface RelayState {
  readonly state: "none" | "connecting" | "connected" | "lost";
  readonly address: string | null;
  /** Local time of the last change. */
  readonly sinceMs: number;
  readonly lastError: string | null;
}

/** Calls from the mesh into the peer. */
export interface NetworkHandlers {
  /** Judges a gossip message; called once per message id, before it is forwarded. */
  onMessage(topic: Topic, from: string, bytes: Uint8Array): Promise<Verdict>;
  /** Answers a request; a thrown `CodedError` closes the stream, and its penalty is applied to `from`. */
  onRequest(from: string, bytes: Uint8Array): Promise<Uint8Array>;
  /** After each change of the set of peers or of the relay's state (coalesced to at most 4 a second). */
  onPeers(peers: readonly PeerConnection[], relay: RelayState): void;
  /** Something worth a log line: a dial that failed, a peer cut off and why. */
  onLog(entry: NetworkLogEntry): void;
}

/** A structured log line of the mesh. */
export interface NetworkLogEntry {
  readonly level: "info" | "warn";
  readonly code: string;
  readonly peer?: string;
  readonly detail?: string;
}

/** Options of `request`. */
export interface RequestOptions {
  readonly timeoutMs: number;
  /** The answer is cut off with `response-too-large` beyond this. */
  readonly maxBytes: number;
}

/** A started mesh, joined to one story. */
export interface Network {
  readonly selfId: string;
  /** Joins a story's topics and request protocol, leaving the former story's. */
  join(storyId: string, handlers: NetworkHandlers): Promise<void>;
  /** Adds ways in (lighthouse or peer multiaddrs) and dials them, supervised with back-off. */
  addWaysIn(multiaddrs: readonly string[]): Promise<void>;
  /** Forgets back-off and dials everything now. */
  retryNow(): void;
  publish(topic: Topic, bytes: Uint8Array): Promise<void>;
  /** One request, one answer over a stream. Rejects with `request-timeout`, `peer-gone`, `response-too-large`, `request-refused`. */
  request(peer: string, bytes: Uint8Array, options: RequestOptions): Promise<Uint8Array>;
  /** Lowers a peer's score by `points` for `code`; at −100 the peer is disconnected and refused for a while. */
  penalise(peer: string, points: number, code: string): void;
  /** Only these peers may connect (others are cut off); `null` opens the gate again. For tests and for private meshes. */
  setGate(allow: readonly string[] | null): void;
  peers(): readonly PeerConnection[];
  relay(): RelayState;
  /** Addresses under which this peer can be reached (for links and tracker lists). */
  addresses(): readonly string[];
  stop(): Promise<void>;
}

/**
 * The port `Network` over a libp2p node: puts the parts of the mesh together, for tabs and lighthouses
 * alike. The parts do the work; this file only says who tells whom (all of it in one place, hence its length).
 *
 * @module
 */
import type {
  Network,
  NetworkHandlers,
  NetworkLogEntry,
  PeerConnection,
  RelayState,
  RequestOptions,
  Topic,
} from "../chain/ports/network.ts";
import { CodedError } from "../kernel/errors.ts";
import { ConnectionSupervisor } from "./connection-supervisor.ts";
import { connectedPeerIds, usableConnection } from "./connections.ts";
import { Control, PING_INTERVAL_MS } from "./control.ts";
import { Discovery } from "./discovery.ts";
import type { Gate } from "./gate.ts";
import { Gossip } from "./gossip.ts";
import type { MeshNode } from "./libp2p-config.ts";
import { MAX_PROTOCOL_STREAMS, MAX_TOPIC_BYTES } from "./limits.ts";
import { PeerFacts } from "./peer-facts.ts";
import type { Reporter } from "./reporter.ts";
import { RequestClient } from "./request-client.ts";
import { RequestServer } from "./request-server.ts";
import type { Scores } from "./scores.ts";
import { PEERS_TOPIC, requestProtocolName, storyTag, TOPICS, topicName } from "./topics.ts";
import { WaysIn } from "./ways-in.ts";

const PEERS_EVENT_GAP_MS = 250;
const BYE_FLUSH_MS = 50;

/** What a network is made from. */
export interface MeshNetworkOptions {
  readonly node: MeshNode;
  readonly gate: Gate;
  readonly scores: Scores;
  readonly now: () => number;
  readonly random: () => number;
  /** A tab finds and dials other tabs through relays; a lighthouse is found by its address. */
  readonly role: "tab" | "lighthouse";
  /** Time between heartbeats; 5 s by default. */
  readonly pingIntervalMs?: number | undefined;
}

interface Joined {
  readonly storyId: string;
  readonly handlers: NetworkHandlers;
  readonly client: RequestClient;
  readonly server: RequestServer;
}

/** Implements `Network`; make it with `createNetwork` or `createLighthouseNetwork`. */
export class MeshNetwork implements Network {
  readonly selfId: string;
  readonly #options: MeshNetworkOptions;
  readonly #node: MeshNode;
  readonly #facts: PeerFacts;
  readonly #gossip: Gossip;
  readonly #control: Control;
  readonly #discovery: Discovery;
  readonly #waysIn: WaysIn;
  readonly #supervisor: ConnectionSupervisor;
  readonly #reporter: Reporter;
  #joined: Joined | null = null;
  #joining: Promise<void> = Promise.resolve();
  #peersTimer: ReturnType<typeof setTimeout> | undefined;
  #pingTimer: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;

  constructor(options: MeshNetworkOptions) {
    const { node, gate, now, random } = options;
    this.#options = options;
    this.#node = node;
    this.selfId = node.peerId.toString();
    this.#reporter = {
      penalise: (peer, points, code) => this.penalise(peer, points, code),
      heard: (peer) => this.#facts.heard(peer, now()),
      log: (level, code, peer, detail) => this.#log(level, code, peer, detail),
    };
    const reporter = this.#reporter;
    const active = options.role === "tab";
    const addresses = (): readonly string[] => this.addresses();
    const onChange = (): void => this.#changed();
    this.#facts = new PeerFacts(node, (peer) => options.scores.score(peer));
    this.#gossip = new Gossip(node.services.pubsub, reporter, now);
    this.#control = new Control(node, reporter, now, {
      onLatency: (peer, latencyMs) => this.#facts.latency(peer, latencyMs),
      onBye: (peer) => this.#onBye(peer),
      onSilent: (peer) => this.#onSilent(peer),
      pingIntervalMs: options.pingIntervalMs ?? PING_INTERVAL_MS,
      lastMessageMs: (peer) => this.#facts.lastMessageMs(peer),
    });
    this.#discovery = new Discovery({
      node,
      gossip: this.#gossip,
      gate,
      reporter,
      now,
      random,
      active,
      addresses,
    });
    this.#waysIn = new WaysIn({ node, gate, reporter, now, random, reserve: active, onChange });
    this.#supervisor = new ConnectionSupervisor(node, gate, reporter, {
      onUsable: (peer) => void this.#control.greet(peer),
      onDirectLost: (peer) => this.#discovery.redial(peer),
      onGone: (peer) => this.#onGone(peer),
      onChange,
    });
    gate.attach({
      isConnected: (peer) => connectedPeerIds(node).has(peer),
      connectedPeers: () => this.#countedPeers().length,
      usablePeers: () =>
        this.#countedPeers().filter((each) => usableConnection(node, each) !== undefined).length,
      isWayIn: (peer) => this.#waysIn.has(peer),
    });
  }

  /** Begins to listen to the node and to answer control streams. */
  async start(): Promise<void> {
    this.#supervisor.start();
    await this.#control.start();
    this.#node.addEventListener("self:peer:update", this.#onSelfUpdate);
    this.#node.services.pubsub.addEventListener("subscription-change", this.#onSubscriptions);
    this.#schedulePing();
  }

  join(storyId: string, handlers: NetworkHandlers): Promise<void> {
    // One after the other, whatever the caller does.
    this.#joining = this.#joining.catch(() => undefined).then(() => this.#join(storyId, handlers));
    return this.#joining;
  }

  addWaysIn(multiaddrs: readonly string[]): Promise<void> {
    return this.#waysIn.add(multiaddrs);
  }

  retryNow(): void {
    this.#waysIn.retryNow();
    this.#discovery.retryNow();
  }

  async publish(topic: Topic, bytes: Uint8Array): Promise<void> {
    await this.#gossip.publish(topicName(this.#story().storyId, topic), bytes);
  }

  async request(peer: string, bytes: Uint8Array, options: RequestOptions): Promise<Uint8Array> {
    return await this.#story().client.request(peer, bytes, options);
  }

  penalise(peer: string, points: number, code: string): void {
    const fell = this.#options.scores.penalise(peer, points);
    this.#log("warn", code, peer, `-${points} → ${this.#options.scores.score(peer)}`);
    if (!fell) return;
    this.#log("warn", "peer-cut-off", peer, code);
    void this.#cutOff(peer, "peer-cut-off");
  }

  setGate(allow: readonly string[] | null): void {
    this.#options.gate.set(allow);
    for (const peer of connectedPeerIds(this.#node))
      if (!this.#options.gate.allows(peer)) void this.#cutOff(peer, "gate-closed");
    this.retryNow();
  }

  peers(): readonly PeerConnection[] {
    return this.#facts.list();
  }

  relay(): RelayState {
    return this.#waysIn.state();
  }

  addresses(): readonly string[] {
    const all = this.#node.getMultiaddrs().map(String);
    return this.#options.role === "tab" ? all.filter((each) => each.includes("/webrtc")) : all;
  }

  /** Says goodbye to everyone: for a page that is about to vanish. */
  bye(): void {
    this.#control.bye();
  }

  async stop(): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    clearTimeout(this.#peersTimer);
    clearTimeout(this.#pingTimer);
    this.#waysIn.stop();
    this.bye();
    await new Promise((resolve) => setTimeout(resolve, BYE_FLUSH_MS));
    await this.#leave();
    this.#supervisor.stop();
    await this.#node.stop();
  }

  async #join(storyId: string, handlers: NetworkHandlers): Promise<void> {
    const protocol = requestProtocolName(storyId);
    await this.#leave();
    if (this.#stopped) throw new CodedError("network-stopped");
    const now = this.#options.now;
    const connectionTo = (peer: string): ReturnType<typeof usableConnection> =>
      usableConnection(this.#node, peer);
    const client = new RequestClient(protocol, connectionTo, this.#reporter, now);
    const answer = (from: string, bytes: Uint8Array): Promise<Uint8Array> =>
      handlers.onRequest(from, bytes);
    const server = new RequestServer(answer, this.#reporter, now);
    this.#joined = { storyId, handlers, client, server };
    await this.#node.handle(protocol, server.handle, {
      maxInboundStreams: MAX_PROTOCOL_STREAMS,
      maxOutboundStreams: MAX_PROTOCOL_STREAMS,
      runOnLimitedConnection: false,
    });
    for (const topic of TOPICS)
      this.#gossip.join(topicName(storyId, topic), MAX_TOPIC_BYTES[topic], (from, _author, bytes) =>
        handlers.onMessage(topic, from, bytes),
      );
    this.#discovery.join(storyTag(storyId));
    this.#changed();
  }

  async #leave(): Promise<void> {
    const joined = this.#joined;
    if (joined === null) return;
    this.#joined = null;
    this.#discovery.leave();
    for (const topic of TOPICS) this.#gossip.leave(topicName(joined.storyId, topic));
    joined.client.forget();
    await this.#node.unhandle(requestProtocolName(joined.storyId));
    if (this.#options.role === "tab")
      await this.#supervisor.disconnectUnless((peer) => this.#waysIn.has(peer), "story-left");
  }

  async #cutOff(peer: string, code: string): Promise<void> {
    this.#control.bye(peer);
    await this.#supervisor.disconnect(peer, code);
  }

  #onBye(peer: string): void {
    this.#log("info", "peer-left", peer);
    this.#discovery.forget(peer);
    this.#supervisor.abandon(peer, "peer-left");
  }

  #onSilent(peer: string): void {
    this.#log("info", "peer-silent", peer);
    this.#supervisor.abandon(peer, "peer-silent");
  }

  #onGone(peer: string): void {
    this.#control.forget(peer);
    this.#gossip.forget(peer);
    this.#facts.forget(peer);
    this.#joined?.client.forget(peer);
    this.#joined?.server.forget(peer);
    this.#waysIn.peerGone(peer);
  }

  readonly #onSelfUpdate = (): void => this.#discovery.announceSoon();

  readonly #onSubscriptions = (
    event: CustomEvent<{ subscriptions: { topic: string; subscribe: boolean }[] }>,
  ): void => {
    this.#gossip.flush();
    if (event.detail.subscriptions.some((each) => each.subscribe && each.topic === PEERS_TOPIC))
      this.#discovery.announceSoon();
  };

  #schedulePing(): void {
    const intervalMs = this.#options.pingIntervalMs ?? PING_INTERVAL_MS;
    const delayMs = intervalMs * (0.9 + 0.2 * this.#options.random());
    this.#pingTimer = setTimeout(() => {
      this.#control.tick();
      this.#schedulePing();
    }, delayMs);
  }

  /** At most four `onPeers` a second, the first within 250 ms of its cause. */
  #changed(): void {
    if (this.#peersTimer !== undefined || this.#stopped) return;
    this.#peersTimer = setTimeout(() => {
      this.#peersTimer = undefined;
      this.#joined?.handlers.onPeers(this.peers(), this.relay());
    }, PEERS_EVENT_GAP_MS);
  }

  /** Peers that count against the cap: all but the ways in, which we chose ourselves. */
  #countedPeers(): string[] {
    return [...connectedPeerIds(this.#node)].filter((each) => !this.#waysIn.has(each));
  }

  #log(level: NetworkLogEntry["level"], code: string, peer?: string, detail?: string): void {
    this.#joined?.handlers.onLog({
      level,
      code,
      ...(peer === undefined ? {} : { peer }),
      ...(detail === undefined ? {} : { detail }),
    });
  }

  #story(): Joined {
    if (this.#joined === null) throw new CodedError("not-joined");
    return this.#joined;
  }
}

/**
 * A small stream beside each connection: ping and pong for latency and as a heartbeat, and `bye`,
 * because WebRTC needs 15 s to notice that a page is gone and a page that closes has only a moment.
 * A slow answer never ends a link; only silence on every channel through three pings does.
 *
 * @module
 */
import type { Connection, Stream } from "@libp2p/interface";
import { isCoded } from "../kernel/errors.ts";
import { connectedPeerIds, usableConnection } from "./connections.ts";
import { FramedStream } from "./framed-stream.ts";
import type { MeshNode } from "./libp2p-config.ts";
import { CONTROL_BURST, CONTROL_FRAMES_PER_SECOND, MAX_CONTROL_BYTES, PENALTY } from "./limits.ts";
import { errorText, type Reporter } from "./reporter.ts";
import { TokenBucket } from "./token-bucket.ts";
import { CONTROL_PROTOCOL } from "./topics.ts";

const PING = 1;
const PONG = 2;
const BYE = 3;
const NUMBER_BYTES = 4;
/** Pings without any sign of life after which a peer counts as crashed. */
export const SILENT_PINGS = 3;
/** Between pings to one peer, unless the owner says otherwise. */
export const PING_INTERVAL_MS = 5_000;
const IDLE_MS = 120_000;
const OPEN_TIMEOUT_MS = 15_000;
const MAX_ATTEMPTS = 3;

/** What control tells its owner and asks it. */
export interface ControlEvents {
  onLatency(peer: string, latencyMs: number): void;
  /** The peer said goodbye: its connections are as good as gone. */
  onBye(peer: string): void;
  /** Nothing came from the peer through three pings. */
  onSilent(peer: string): void;
  /** Time between two calls of `tick`. */
  readonly pingIntervalMs: number;
  /** Local time of the last gossip, request or answer of the peer, or null. */
  lastMessageMs(peer: string): number | null;
}

interface Link {
  readonly connectionId: string;
  framed: FramedStream | null;
  attempts: number;
  ping: number;
  sentMs: number;
  heardMs: number;
  unanswered: number;
}

/** Heartbeats, latency and goodbyes of all peers. */
export class Control {
  readonly #node: MeshNode;
  readonly #reporter: Reporter;
  readonly #now: () => number;
  readonly #events: ControlEvents;
  readonly #links = new Map<string, Link>();

  constructor(node: MeshNode, reporter: Reporter, now: () => number, events: ControlEvents) {
    this.#node = node;
    this.#reporter = reporter;
    this.#now = now;
    this.#events = events;
  }

  /** Answers other peers' control streams. */
  async start(): Promise<void> {
    await this.#node.handle(
      CONTROL_PROTOCOL,
      (stream, connection) => this.#pump(this.#frame(stream, connection), connection),
      { maxInboundStreams: 2, maxOutboundStreams: 2, runOnLimitedConnection: false },
    );
  }

  /** Opens the control stream of a new peer and pings it at once. */
  async greet(peer: string): Promise<void> {
    const connection = usableConnection(this.#node, peer);
    if (connection === undefined) return;
    let link = this.#links.get(peer);
    if (link?.connectionId !== connection.id) {
      link?.framed?.close();
      link = newLink(connection.id, this.#now());
      this.#links.set(peer, link);
    }
    if (link.framed?.stream.status === "open" || link.attempts >= MAX_ATTEMPTS) return;
    link.attempts += 1;
    try {
      const signal = AbortSignal.timeout(OPEN_TIMEOUT_MS);
      const stream = await connection.newStream(CONTROL_PROTOCOL, {
        signal,
        maxOutboundStreams: 2,
      });
      link.framed = this.#frame(stream, connection);
      link.heardMs = this.#now();
      this.#ping(link);
      await this.#pump(link.framed, connection);
    } catch (error) {
      if (connection.status === "open")
        this.#reporter.log("info", "control-stream-failed", peer, errorText(error));
    }
  }

  /** Pings every peer; to be called each `pingIntervalMs`. */
  tick(): void {
    for (const peer of connectedPeerIds(this.#node)) {
      const link = this.#links.get(peer);
      const stream = link?.framed?.stream;
      if (link === undefined || stream?.status !== "open") void this.greet(peer);
      else if (this.#isSilent(peer, link)) this.#events.onSilent(peer);
      else this.#ping(link);
    }
  }

  /** Says goodbye to one peer, or to all. Synchronous: it works while a page is closing. */
  bye(peer?: string): void {
    for (const [id, link] of this.#links)
      if (peer === undefined || id === peer) link.framed?.sendNow(Uint8Array.of(BYE));
  }

  /** Forgets a peer that left. */
  forget(peer: string): void {
    this.#links.delete(peer);
  }

  #isSilent(peer: string, link: Link): boolean {
    const heardMs = Math.max(link.heardMs, this.#events.lastMessageMs(peer) ?? 0);
    // Counted in pings, not in time alone: a machine that slept must not cut off everyone on waking.
    return (
      link.unanswered >= SILENT_PINGS &&
      this.#now() - heardMs >= SILENT_PINGS * this.#events.pingIntervalMs
    );
  }

  #ping(link: Link): void {
    // One number may be under way at a time, so that a late pong is measured from its own ping.
    if (link.unanswered === 0) {
      link.ping = (link.ping + 1) >>> 0;
      link.sentMs = this.#now();
    }
    link.unanswered += 1;
    link.framed?.sendNow(message(PING, link.ping));
  }

  #frame(stream: Stream, connection: Connection): FramedStream {
    return new FramedStream(stream, {
      maxFrameBytes: () => MAX_CONTROL_BYTES,
      maxQueuedFrames: CONTROL_BURST,
      onBreach: (code) =>
        this.#reporter.penalise(
          connection.remotePeer.toString(),
          PENALTY.tooLarge,
          `control-${code}`,
        ),
    });
  }

  async #pump(framed: FramedStream, connection: Connection): Promise<void> {
    const peer = connection.remotePeer.toString();
    const rate = new TokenBucket(CONTROL_FRAMES_PER_SECOND, CONTROL_BURST, this.#now());
    try {
      for (;;) {
        const frame = await framed.read(IDLE_MS);
        if (frame === null) return;
        if (!rate.take(1, this.#now())) {
          this.#reporter.penalise(peer, PENALTY.flood, "control-flood");
          continue;
        }
        if (!this.#receive(framed, peer, frame)) {
          this.#reporter.penalise(peer, PENALTY.garbage, "control-garbage");
          framed.abort("control-garbage");
          return;
        }
      }
    } catch (error) {
      framed.abort(isCoded(error) ? error.code : "control-failed");
    }
  }

  #receive(framed: FramedStream, peer: string, frame: Uint8Array): boolean {
    const link = this.#links.get(peer);
    if (link !== undefined) link.heardMs = this.#now();
    const kind = frame[0];
    if (kind === BYE && frame.byteLength === 1) {
      this.#events.onBye(peer);
      return true;
    }
    if (frame.byteLength !== 1 + NUMBER_BYTES) return false;
    const number = new DataView(frame.buffer, frame.byteOffset).getUint32(1);
    if (kind === PING) {
      framed.sendNow(message(PONG, number));
      return true;
    }
    if (kind !== PONG) return false;
    if (link === undefined || number !== link.ping || link.unanswered === 0) return true;
    link.unanswered = 0;
    this.#events.onLatency(peer, Math.max(0, this.#now() - link.sentMs));
    return true;
  }
}

function newLink(connectionId: string, nowMs: number): Link {
  return {
    connectionId,
    framed: null,
    attempts: 0,
    ping: 0,
    sentMs: 0,
    heardMs: nowMs,
    unanswered: 0,
  };
}

function message(kind: number, number: number): Uint8Array {
  const bytes = new Uint8Array(1 + NUMBER_BYTES);
  bytes[0] = kind;
  new DataView(bytes.buffer).setUint32(1, number);
  return bytes;
}

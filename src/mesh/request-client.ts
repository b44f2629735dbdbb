/**
 * The asking side of the request protocol. It keeps a few streams per peer open and uses them again
 * (opening one costs a round trip), and paces itself below the other side's caps, so that an honest
 * peer is never taken for a flood.
 *
 * @module
 */
import type { Connection } from "@libp2p/interface";
import type { RequestOptions } from "../chain/ports/network.ts";
import { CodedError } from "../kernel/errors.ts";
import { FramedStream } from "./framed-stream.ts";
import {
  BYTES_PER_MINUTE,
  CLIENT_IDLE_MS,
  MAX_OWN_STREAMS_PER_PEER,
  MAX_PROTOCOL_STREAMS,
  MAX_REQUEST_BYTES,
  MAX_RESPONSE_BYTES,
  MAX_WAITING_REQUESTS_PER_PEER,
  OWN_SHARE,
  PENALTY,
  REQUEST_BURST,
  REQUESTS_PER_SECOND,
} from "./limits.ts";
import { errorText, type Reporter } from "./reporter.ts";
import { TokenBucket } from "./token-bucket.ts";

/** What the client needs of a connection. */
export type ClientConnection = Pick<Connection, "status" | "newStream">;

interface Lane {
  readonly framed: FramedStream;
  readonly connection: ClientConnection;
  maxBytes: number;
  idleTimer: ReturnType<typeof setTimeout> | undefined;
}

interface Server {
  readonly idle: Lane[];
  inUse: number;
  readonly waiting: (() => void)[];
  readonly requests: TokenBucket;
  readonly bytes: TokenBucket;
}

/** Sends requests for one story. */
export class RequestClient {
  readonly #protocol: string;
  readonly #connectionTo: (peer: string) => ClientConnection | undefined;
  readonly #reporter: Reporter;
  readonly #now: () => number;
  readonly #servers = new Map<string, Server>();

  constructor(
    protocol: string,
    connectionTo: (peer: string) => ClientConnection | undefined,
    reporter: Reporter,
    now: () => number,
  ) {
    this.#protocol = protocol;
    this.#connectionTo = connectionTo;
    this.#reporter = reporter;
    this.#now = now;
  }

  /** As `Network.request`; further codes: `request-too-large`, `too-many-waiting`. */
  async request(peer: string, bytes: Uint8Array, options: RequestOptions): Promise<Uint8Array> {
    if (bytes.byteLength > MAX_REQUEST_BYTES)
      throw new CodedError("request-too-large", {
        sizeBytes: bytes.byteLength,
        maxBytes: MAX_REQUEST_BYTES,
      });
    if (this.#connectionTo(peer) === undefined) throw new CodedError("peer-gone", { peer });
    const deadlineMs = this.#now() + options.timeoutMs;
    const server = this.#server(peer);
    await this.#enter(server, peer, deadlineMs);
    try {
      await this.#pace(server, peer, bytes.byteLength, deadlineMs);
      return await this.#exchange(server, peer, bytes, options.maxBytes, deadlineMs);
    } finally {
      this.#leave(server);
    }
  }

  /** Closes all streams to a peer that left, or to everyone. */
  forget(peer?: string): void {
    for (const [id, server] of this.#servers) {
      if (peer !== undefined && id !== peer) continue;
      for (const lane of server.idle.splice(0)) this.#drop(lane);
      if (server.inUse === 0 && server.waiting.length === 0) this.#servers.delete(id);
    }
  }

  /** Waits for one of the few places per peer. */
  async #enter(server: Server, peer: string, deadlineMs: number): Promise<void> {
    if (server.inUse < MAX_OWN_STREAMS_PER_PEER) {
      server.inUse += 1;
      return;
    }
    if (server.waiting.length >= MAX_WAITING_REQUESTS_PER_PEER)
      throw new CodedError("too-many-waiting", { peer, max: MAX_WAITING_REQUESTS_PER_PEER });
    await this.#wait(deadlineMs, (ready) => {
      server.waiting.push(ready);
      return () => server.waiting.splice(server.waiting.indexOf(ready), 1);
    });
  }

  /** Hands the place to the next in line, who does not count it again. */
  #leave(server: Server): void {
    const next = server.waiting.shift();
    if (next === undefined) server.inUse -= 1;
    else next();
  }

  async #pace(server: Server, peer: string, sizeBytes: number, deadlineMs: number): Promise<void> {
    for (;;) {
      const nowMs = this.#now();
      const waitMs = Math.max(
        server.requests.waitMs(1, nowMs),
        server.bytes.waitMs(sizeBytes, nowMs),
      );
      if (waitMs === 0) break;
      if (nowMs + waitMs > deadlineMs)
        throw new CodedError("request-timeout", { peer, phase: "pace" });
      await this.#wait(deadlineMs, (ready) => {
        const timer = setTimeout(ready, waitMs);
        return () => clearTimeout(timer);
      });
    }
    server.requests.book(1, this.#now());
    server.bytes.book(sizeBytes, this.#now());
  }

  async #exchange(
    server: Server,
    peer: string,
    bytes: Uint8Array,
    maxBytes: number,
    deadlineMs: number,
  ): Promise<Uint8Array> {
    const lane = this.#idleLane(server) ?? (await this.#open(peer, deadlineMs));
    lane.maxBytes = Math.min(maxBytes, MAX_RESPONSE_BYTES);
    try {
      await lane.framed.write(bytes, this.#left(deadlineMs));
      const answer = await lane.framed.read(this.#left(deadlineMs));
      if (answer === null) throw new CodedError("stream-closed");
      this.#reporter.heard(peer);
      server.bytes.book(answer.byteLength, this.#now());
      this.#keep(server, lane);
      return answer;
    } catch (error) {
      lane.framed.abort("request-failed");
      throw this.#translate(error, peer, lane, maxBytes);
    }
  }

  #idleLane(server: Server): Lane | undefined {
    for (;;) {
      const lane = server.idle.pop();
      if (lane === undefined) return undefined;
      clearTimeout(lane.idleTimer);
      if (lane.framed.reusable) return lane;
      lane.framed.abort("stream-closed");
    }
  }

  #translate(error: unknown, peer: string, lane: Lane, maxBytes: number): CodedError {
    const code = error instanceof CodedError ? error.code : "";
    if (code === "frame-too-large") return new CodedError("response-too-large", { peer, maxBytes });
    if (code === "frame-timeout") return new CodedError("request-timeout", { peer });
    if (lane.connection.status !== "open") return new CodedError("peer-gone", { peer });
    return new CodedError("request-refused", { peer });
  }

  async #open(peer: string, deadlineMs: number): Promise<Lane> {
    const connection = this.#connectionTo(peer);
    if (connection === undefined) throw new CodedError("peer-gone", { peer });
    const signal = AbortSignal.timeout(this.#left(deadlineMs));
    try {
      const stream = await connection.newStream(this.#protocol, {
        signal,
        maxOutboundStreams: MAX_PROTOCOL_STREAMS,
      });
      const framed = new FramedStream(stream, {
        maxFrameBytes: () => lane.maxBytes,
        // An answer without a question: one frame is more than anybody may send.
        maxQueuedFrames: 1,
        onBreach: (code) => {
          if (code === "frames-unread") this.#reporter.penalise(peer, PENALTY.garbage, code);
        },
      });
      const lane: Lane = { framed, connection, maxBytes: 0, idleTimer: undefined };
      return lane;
    } catch (cause) {
      const detail = errorText(cause);
      if (signal.aborted) throw new CodedError("request-timeout", { peer, detail }, { cause });
      const code = connection.status === "open" ? "request-refused" : "peer-gone";
      throw new CodedError(code, { peer, detail }, { cause });
    }
  }

  #keep(server: Server, lane: Lane): void {
    if (!lane.framed.reusable) {
      lane.framed.close();
      return;
    }
    server.idle.push(lane);
    lane.idleTimer = setTimeout(() => {
      const index = server.idle.indexOf(lane);
      if (index >= 0) server.idle.splice(index, 1);
      this.#drop(lane);
    }, CLIENT_IDLE_MS);
  }

  #drop(lane: Lane): void {
    clearTimeout(lane.idleTimer);
    lane.framed.close();
  }

  #left(deadlineMs: number): number {
    return Math.max(1, deadlineMs - this.#now());
  }

  /** Waits until `start` calls back; at the deadline it gives up with `request-timeout`. */
  async #wait(deadlineMs: number, start: (ready: () => void) => () => void): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const cancel = start(() => {
        clearTimeout(timer);
        resolve();
      });
      const timer = setTimeout(() => {
        cancel();
        reject(new CodedError("request-timeout", { phase: "queue" }));
      }, this.#left(deadlineMs));
    });
  }

  #server(peer: string): Server {
    const known = this.#servers.get(peer);
    if (known !== undefined) return known;
    const nowMs = this.#now();
    const server = {
      idle: [],
      inUse: 0,
      waiting: [],
      requests: new TokenBucket(REQUESTS_PER_SECOND * OWN_SHARE, REQUEST_BURST * OWN_SHARE, nowMs),
      bytes: new TokenBucket(
        (BYTES_PER_MINUTE / 60) * OWN_SHARE,
        BYTES_PER_MINUTE * OWN_SHARE,
        nowMs,
      ),
    };
    this.#servers.set(peer, server);
    return server;
  }
}

/**
 * The answering side of the request protocol: frames in, frames out, one at a time per stream, with a
 * cap on everything a peer can ask for (NET-6). Who goes past a cap loses points and its stream.
 *
 * @module
 */
import type { Connection, Stream } from "@libp2p/interface";
import { CodedError } from "../kernel/errors.ts";
import { FramedStream } from "./framed-stream.ts";
import {
  BYTES_PER_MINUTE,
  FRAME_TIMEOUT_MS,
  MAX_QUEUED_FRAMES,
  MAX_REQUEST_BYTES,
  MAX_RESPONSE_BYTES,
  MAX_STREAMS_PER_PEER,
  PENALTY,
  REQUEST_BURST,
  REQUESTS_PER_SECOND,
  SERVER_IDLE_MS,
} from "./limits.ts";
import { errorText, type Reporter } from "./reporter.ts";
import { TokenBucket } from "./token-bucket.ts";

/** What the server must know of a connection: who is there. */
export type Caller = Pick<Connection, "remotePeer">;

/** Answers one request of a peer. */
export type Answer = (from: string, bytes: Uint8Array) => Promise<Uint8Array>;

interface Account {
  streams: number;
  readonly requests: TokenBucket;
  readonly bytes: TokenBucket;
}

/** Serves request streams of all peers for one story. */
export class RequestServer {
  readonly #answer: Answer;
  readonly #reporter: Reporter;
  readonly #now: () => number;
  readonly #callers = new Map<string, Account>();

  constructor(answer: Answer, reporter: Reporter, now: () => number) {
    this.#answer = answer;
    this.#reporter = reporter;
    this.#now = now;
  }

  /** The libp2p stream handler. */
  readonly handle = async (stream: Stream, connection: Caller): Promise<void> => {
    const peer = connection.remotePeer.toString();
    const caller = this.#caller(peer);
    if (caller.streams >= MAX_STREAMS_PER_PEER) {
      stream.abort(new CodedError("too-many-streams"));
      this.#reporter.penalise(peer, PENALTY.flood, "too-many-streams");
      return;
    }
    caller.streams += 1;
    const framed = new FramedStream(stream, {
      maxFrameBytes: () => MAX_REQUEST_BYTES,
      maxQueuedFrames: MAX_QUEUED_FRAMES,
      onBreach: (code) => this.#reporter.penalise(peer, PENALTY.tooLarge, code),
    });
    try {
      while (await this.#serveOne(framed, peer, caller));
      framed.close();
    } catch (error) {
      framed.abort(error instanceof CodedError ? error.code : "request-failed");
      this.#blame(peer, error);
    } finally {
      caller.streams -= 1;
    }
  };

  /** Forgets the rates of a peer whose streams are gone. */
  forget(peer: string): void {
    if (this.#callers.get(peer)?.streams === 0) this.#callers.delete(peer);
  }

  async #serveOne(framed: FramedStream, peer: string, caller: Account): Promise<boolean> {
    const request = await framed.read(SERVER_IDLE_MS);
    if (request === null) return false;
    this.#reporter.heard(peer);
    const nowMs = this.#now();
    if (!caller.requests.take(1, nowMs)) throw new CodedError("too-many-requests");
    if (!caller.bytes.take(request.byteLength, nowMs)) throw new CodedError("too-many-bytes");
    const answer = await this.#answer(peer, request);
    if (answer.byteLength > MAX_RESPONSE_BYTES)
      throw new CodedError("own-response-too-large", { sizeBytes: answer.byteLength });
    caller.bytes.book(answer.byteLength, this.#now());
    await framed.write(answer, FRAME_TIMEOUT_MS);
    return true;
  }

  /** An error of ours is logged, an error of theirs is paid for. */
  #blame(peer: string, error: unknown): void {
    if (error instanceof CodedError) {
      if (error.code === "frame-too-large" || error.code === "frames-unread") return;
      if (error.code === "frame-timeout" || error.code === "stream-closed") return;
      if (error.code === "too-many-requests" || error.code === "too-many-bytes") {
        this.#reporter.penalise(peer, PENALTY.flood, error.code);
        return;
      }
      const points = error.data["penalty"];
      if (typeof points === "number") this.#reporter.penalise(peer, points, error.code);
    }
    this.#reporter.log("warn", "request-failed", peer, errorText(error));
  }

  #caller(peer: string): Account {
    const known = this.#callers.get(peer);
    if (known !== undefined) return known;
    const nowMs = this.#now();
    const caller = {
      streams: 0,
      requests: new TokenBucket(REQUESTS_PER_SECOND, REQUEST_BURST, nowMs),
      bytes: new TokenBucket(BYTES_PER_MINUTE / 60, BYTES_PER_MINUTE, nowMs),
    };
    this.#callers.set(peer, caller);
    return caller;
  }
}

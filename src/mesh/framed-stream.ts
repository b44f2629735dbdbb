/**
 * Frames over a libp2p stream, with the caps that WebRTC needs on the receiving side (it cannot push
 * back): a frame's size, frames waiting to be read, time for a frame to arrive and to be taken.
 *
 * @module
 */
import type { Stream } from "@libp2p/interface";
import { CodedError } from "../kernel/errors.ts";
import { encodeFrame, FrameDecoder } from "./framing.ts";
import { FRAME_TIMEOUT_MS } from "./limits.ts";

/** Caps of one stream; a breach aborts the stream and calls `onBreach` with the code. */
export interface FramedStreamOptions {
  readonly maxFrameBytes: () => number;
  readonly maxQueuedFrames: number;
  readonly onBreach: (code: "frame-too-large" | "frames-unread") => void;
}

interface Reader {
  resolve(frame: Uint8Array | null): void;
  reject(error: CodedError): void;
}

/** One stream of frames. */
export class FramedStream {
  readonly stream: Stream;
  readonly #options: FramedStreamOptions;
  readonly #decoder: FrameDecoder;
  readonly #queue: Uint8Array[] = [];
  #reader: Reader | null = null;
  #ended = false;
  #breach: CodedError | null = null;
  #frameTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(stream: Stream, options: FramedStreamOptions) {
    this.stream = stream;
    this.#options = options;
    this.#decoder = new FrameDecoder(options.maxFrameBytes);
    stream.addEventListener("message", (event) => this.#take(event.data.subarray()));
    stream.addEventListener("remoteCloseWrite", () => this.#end());
    stream.addEventListener("close", () => this.#end());
    if (stream.status !== "open") this.#end();
  }

  /** True while both sides can still use the stream and nothing stands unread in it. */
  get reusable(): boolean {
    return (
      !this.#ended &&
      this.stream.status === "open" &&
      this.stream.writeStatus === "writable" &&
      this.#queue.length === 0 &&
      !this.#decoder.unfinished
    );
  }

  /** The next frame, or null at the end; throws `frame-timeout` or the breach that ended the stream. */
  async read(timeoutMs: number): Promise<Uint8Array | null> {
    const queued = this.#queue.shift();
    if (queued !== undefined) return queued;
    if (this.#breach !== null) throw this.#breach;
    if (this.#ended) return null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      return await new Promise<Uint8Array | null>((resolve, reject) => {
        this.#reader = { resolve, reject };
        timer = setTimeout(() => reject(new CodedError("frame-timeout", { timeoutMs })), timeoutMs);
      });
    } finally {
      clearTimeout(timer);
      this.#reader = null;
    }
  }

  /** Sends one frame and waits until the transport took it; throws `frame-timeout` or `stream-closed`. */
  async write(bytes: Uint8Array, timeoutMs: number): Promise<void> {
    const frame = encodeFrame(bytes);
    const signal = AbortSignal.timeout(timeoutMs);
    const CHUNK_BYTES = 65_536;
    for (let offset = 0; offset < frame.byteLength; offset += CHUNK_BYTES) {
      try {
        if (!this.stream.send(frame.subarray(offset, offset + CHUNK_BYTES)))
          await this.stream.onDrain({ signal });
      } catch (cause) {
        throw new CodedError(
          signal.aborted ? "frame-timeout" : "stream-closed",
          { timeoutMs },
          { cause },
        );
      }
    }
  }

  /** Sends one small frame now or not at all: for the last moments of a page. */
  sendNow(bytes: Uint8Array): boolean {
    if (this.stream.status !== "open" || this.stream.writeStatus !== "writable") return false;
    try {
      this.stream.send(encodeFrame(bytes));
      return true;
    } catch {
      return false;
    }
  }

  /** Closes our side; what was sent still arrives. */
  close(): void {
    this.stream.close().catch(() => this.abort("stream-closed"));
  }

  /** Ends the stream in both directions at once. */
  abort(code: string): void {
    this.stream.abort(new CodedError(code));
    this.#end();
  }

  #take(bytes: Uint8Array): void {
    if (this.#ended) return;
    try {
      const frames = this.#decoder.push(bytes);
      this.#watch(frames.length > 0);
      for (const frame of frames) this.#deliver(frame);
    } catch (error) {
      if (!(error instanceof CodedError)) throw error;
      this.#fail(error, "frame-too-large");
      return;
    }
    if (this.#queue.length > this.#options.maxQueuedFrames)
      this.#fail(new CodedError("frames-unread", { frames: this.#queue.length }), "frames-unread");
  }

  #deliver(frame: Uint8Array): void {
    const reader = this.#reader;
    if (reader === null) {
      this.#queue.push(frame);
      return;
    }
    this.#reader = null;
    reader.resolve(frame);
  }

  /** A frame that began must end: who sends it byte by byte would hold its memory for as long as it likes. */
  #watch(another: boolean): void {
    if (another || !this.#decoder.unfinished) {
      clearTimeout(this.#frameTimer);
      this.#frameTimer = undefined;
    }
    if (!this.#decoder.unfinished) return;
    // Slow, perhaps, and no offence.
    this.#frameTimer ??= setTimeout(
      () => this.#cut(new CodedError("frame-timeout", { timeoutMs: FRAME_TIMEOUT_MS })),
      FRAME_TIMEOUT_MS,
    );
  }

  #fail(error: CodedError, code: "frame-too-large" | "frames-unread"): void {
    this.#cut(error);
    this.#options.onBreach(code);
  }

  #cut(error: CodedError): void {
    this.#breach = error;
    this.#queue.length = 0;
    this.#reader?.reject(error);
    this.stream.abort(error);
    this.#end();
  }

  #end(): void {
    clearTimeout(this.#frameTimer);
    if (this.#ended) return;
    this.#ended = true;
    this.#reader?.resolve(null);
    this.#reader = null;
  }
}

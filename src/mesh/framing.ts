/**
 * Frames on a byte stream: four bytes of big-endian length, then that many bytes. Streams split and
 * join what is sent (WebRTC cuts at 16 KB), so both protocols of the mesh need this.
 *
 * @module
 */
import { CodedError } from "../kernel/errors.ts";

const HEADER_BYTES = 4;

/** `bytes` with its length in front. */
export function encodeFrame(bytes: Uint8Array): Uint8Array {
  const frame = new Uint8Array(HEADER_BYTES + bytes.byteLength);
  new DataView(frame.buffer).setUint32(0, bytes.byteLength);
  frame.set(bytes, HEADER_BYTES);
  return frame;
}

/** Cuts a byte stream into frames, however it arrives; keeps at most one unfinished frame. */
export class FrameDecoder {
  readonly #maxBytes: () => number;
  readonly #header = new Uint8Array(HEADER_BYTES);
  #headerFilled = 0;
  #expected = -1;
  #received = 0;
  #chunks: Uint8Array[] = [];

  /** `maxBytes` is asked when a frame begins, so that a cap may differ from answer to answer. */
  constructor(maxBytes: () => number) {
    this.#maxBytes = maxBytes;
  }

  /** True between the first and the last byte of a frame. */
  get unfinished(): boolean {
    return this.#headerFilled > 0;
  }

  /**
   * Takes the next bytes and returns the frames they complete. Throws `frame-too-large` as soon as a
   * header names more than the cap; nothing of that frame is kept.
   */
  push(bytes: Uint8Array): Uint8Array[] {
    const frames: Uint8Array[] = [];
    let rest = bytes;
    while (rest.byteLength > 0) {
      rest = this.#expected < 0 ? this.#takeHeader(rest) : this.#takeBody(rest);
      if (this.#expected >= 0 && this.#received === this.#expected) frames.push(this.#finish());
    }
    return frames;
  }

  #takeHeader(bytes: Uint8Array): Uint8Array {
    const taken = Math.min(HEADER_BYTES - this.#headerFilled, bytes.byteLength);
    this.#header.set(bytes.subarray(0, taken), this.#headerFilled);
    this.#headerFilled += taken;
    if (this.#headerFilled === HEADER_BYTES) {
      const sizeBytes = new DataView(this.#header.buffer).getUint32(0);
      const maxBytes = this.#maxBytes();
      if (sizeBytes > maxBytes) throw new CodedError("frame-too-large", { sizeBytes, maxBytes });
      this.#expected = sizeBytes;
      this.#received = 0;
    }
    return bytes.subarray(taken);
  }

  #takeBody(bytes: Uint8Array): Uint8Array {
    const taken = Math.min(this.#expected - this.#received, bytes.byteLength);
    // A copy: the transport may use its buffer again, and a view would keep all of it alive.
    this.#chunks.push(bytes.slice(0, taken));
    this.#received += taken;
    return bytes.subarray(taken);
  }

  #finish(): Uint8Array {
    const frame = new Uint8Array(this.#expected);
    let offset = 0;
    for (const chunk of this.#chunks) {
      frame.set(chunk, offset);
      offset += chunk.byteLength;
    }
    this.#chunks = [];
    this.#headerFilled = 0;
    this.#expected = -1;
    return frame;
  }
}

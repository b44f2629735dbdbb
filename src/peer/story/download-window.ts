/**
 * What a download may ask for now: the lowest chunk first, and no more than the memory that it was given (NET-6).
 * Blocks can only be connected in order, so whatever comes before the ones below it is held; with microblocks a
 * chunk may be some megabytes. Room for a whole answer is set aside before the question leaves.
 *
 * @module
 */
import type { BlockId } from "../../kernel/brand.ts";
import { MAX_BLOCKS_PER_REQUEST, MAX_RESPONSE_BYTES } from "../limits.ts";

/** Key blocks ahead of the connected ones that may be asked for: each costs more memory than its bytes. */
export const MAX_AHEAD: number = 16 * MAX_BLOCKS_PER_REQUEST;
/** Encoded bytes of blocks that were asked for or answered, and are not connected yet. */
export const MAX_HELD_BYTES = 33_554_432;
/** Microblocks of one chunk: beyond, no more of its rounds are asked for. */
export const CHUNK_MICRO_BYTES: number = MAX_RESPONSE_BYTES;
/** What one chunk can hold: an answer of key blocks, microblocks as above, and the answer that went beyond it. */
export const CHUNK_MAX_BYTES: number = MAX_RESPONSE_BYTES + CHUNK_MICRO_BYTES + MAX_RESPONSE_BYTES;

/** Consecutive key blocks that one question asks for. */
export interface Chunk {
  /** Place of the first in the order. */
  readonly start: number;
  readonly ids: readonly BlockId[];
}

/** A key block's place that was answered, and the bytes that wait there. */
export interface HeldPlace {
  readonly sizeBytes: number;
}

/** Chunks of one order that are still to be asked for, and the room for their answers. */
export interface DownloadWindow {
  /** The chunk to ask for next, with room set aside; undefined while there is no room, or nothing is left. */
  take(connected: number): Chunk | undefined;
  /** The first places of a chunk were answered; the room and the places that were not go back. */
  settle(chunk: Chunk, answered: readonly HeldPlace[]): void;
  /** Blocks that were held are connected. */
  release(sizeBytes: number): void;
  /** Bytes held or set aside. */
  heldBytes(): number;
}

/** Cuts `ids` into chunks; `maxHeldBytes` is at least room for two of them. */
export function createDownloadWindow(
  ids: readonly BlockId[],
  maxHeldBytes: number = MAX_HELD_BYTES,
): DownloadWindow {
  let queue: Chunk[] = [];
  for (let start = 0; start < ids.length; start += MAX_BLOCKS_PER_REQUEST) {
    queue.push({ start, ids: ids.slice(start, start + MAX_BLOCKS_PER_REQUEST) });
  }
  let heldBytes = 0;

  const mayTake = (chunk: Chunk, connected: number): boolean => {
    // Everybody waits for the first: room for it is never given to another.
    if (chunk.start === connected) return true;
    return chunk.start < connected + MAX_AHEAD && heldBytes + 2 * CHUNK_MAX_BYTES <= maxHeldBytes;
  };

  return {
    take(connected) {
      const [chunk] = queue;
      if (chunk === undefined || !mayTake(chunk, connected)) return undefined;
      queue = queue.slice(1);
      heldBytes += CHUNK_MAX_BYTES;
      return chunk;
    },
    settle(chunk, answered) {
      heldBytes -= CHUNK_MAX_BYTES;
      for (const { sizeBytes } of answered) heldBytes += sizeBytes;
      if (answered.length === chunk.ids.length) return;
      const rest = { start: chunk.start + answered.length, ids: chunk.ids.slice(answered.length) };
      queue = [...queue, rest].toSorted((a, b) => a.start - b.start);
    },
    release(sizeBytes) {
      heldBytes -= sizeBytes;
    },
    heldBytes: () => heldBytes,
  };
}

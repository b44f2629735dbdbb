/**
 * Bodies for a proved header chain, and the microblocks between: chunks in parallel from several peers, connected in order, each
 * run in one storage transaction. A peer that fails is left out; the chunk goes to another.
 *
 * @module
 */
import { type Block, decodeBlock } from "../../kernel/block.ts";
import type { BlockId } from "../../kernel/brand.ts";
import { bytesFromHex } from "../../kernel/bytes.ts";
import { CodedError } from "../../kernel/errors.ts";
import { blockIdOf } from "../../kernel/header.ts";
import { MAX_BLOCKS_PER_REQUEST } from "../limits.ts";
import { describeFault } from "../log.ts";
import { ask, blame } from "./ask.ts";
import type { StoryContext } from "./context.ts";
import {
  CHUNK_MICRO_BYTES,
  type Chunk,
  createDownloadWindow,
  type HeldPlace,
} from "./download-window.ts";
import { fetchMicroblocks, missingRound } from "./fetch-microblocks.ts";
import type { Intake } from "./intake.ts";

/** What to fetch and from whom. */
export interface BodyOrder {
  /** Oldest first; each one's parent is known or stands before it. */
  readonly ids: readonly BlockId[];
  /** Peers that claim to have them, best first. */
  readonly peers: readonly string[];
  readonly onProgress: (connected: number) => void;
  /** Bytes that may wait for their turn (default: `MAX_HELD_BYTES`). */
  readonly maxHeldBytes?: number;
}

/** Questions under way to one peer: one travels while the other's answer is being connected. */
export const REQUESTS_PER_PEER = 2;
/** Peers asked at once. */
export const MAX_PEERS = 4;

/** A key block and the microblocks that it builds on, in order, which wait for the blocks below. */
interface Held extends HeldPlace {
  readonly blocks: readonly Block[];
  readonly peer: string;
}

function readBlock(context: StoryContext, peer: string, bytes: Uint8Array): Block {
  try {
    return decodeBlock(bytes);
  } catch (reason) {
    const { code, detail } = describeFault(reason);
    blame(context, peer, code, detail);
    throw reason;
  }
}

/** The first key blocks of a chunk with what they build on; rejects when there is not even one. */
async function fetchChunk(
  context: StoryContext,
  peer: string,
  chunk: Chunk,
): Promise<readonly Held[]> {
  const question = { TAG: "blocks", data: chunk.ids.map(bytesFromHex) } as const;
  const answer = await ask(context, peer, question, ["blocks"]);
  const found: { readonly block: Block; readonly sizeBytes: number }[] = [];
  for (const bytes of answer.data.slice(0, chunk.ids.length)) {
    const block = readBlock(context, peer, bytes);
    if (blockIdOf(block.header) !== chunk.ids[found.length]) break;
    found.push({ block, sizeBytes: bytes.length });
  }
  // A full answer is cut at the response cap, and the rest is asked again; an empty one is a stall.
  if (found.length === 0) {
    blame(context, peer, "block-not-served", chunk.ids[0]);
    throw new CodedError("block-not-served", { peer });
  }
  const rounds = found.map(({ block }) => missingRound(context, block.header));
  const wanted = rounds.filter((round) => round !== undefined);
  const sealed =
    wanted.length === 0
      ? undefined
      : await fetchMicroblocks(context, peer, wanted, CHUNK_MICRO_BYTES);
  const held: Held[] = [];
  for (const [index, { block, sizeBytes }] of found.entries()) {
    const round = rounds[index];
    const below = round && sealed?.get(round.last);
    // The chunk was full before this round: it is asked for again, with what is above.
    if (round !== undefined && below === undefined) break;
    held.push({
      blocks: [...(below?.blocks ?? []), block],
      peer,
      sizeBytes: sizeBytes + (below?.sizeBytes ?? 0),
    });
  }
  return held;
}

/** Fetches and connects everything; false when it had to give up (no peer left, or an invalid block). */
export async function downloadBodies(
  context: StoryContext,
  intake: Intake,
  order: BodyOrder,
): Promise<boolean> {
  const { ids } = order;
  const window = createDownloadWindow(ids, order.maxHeldBytes);
  /** By place in `ids`. */
  const ready = new Map<number, Held>();
  let connected = 0;
  let failed = false;
  let fault: Error | undefined;
  let connecting: Promise<void> = Promise.resolve();
  const wakers = new Set<() => void>();
  const wakeAll = (): void => {
    for (const wake of wakers) wake();
    wakers.clear();
  };

  const connectReady = async (): Promise<void> => {
    while (!failed) {
      const first = ready.get(connected);
      if (first === undefined) return;
      const run: Block[] = [];
      let sizeBytes = 0;
      let end = connected;
      for (; run.length < MAX_BLOCKS_PER_REQUEST * 2; end++) {
        const item = ready.get(end);
        if (item === undefined || item.peer !== first.peer) break;
        run.push(...item.blocks);
        sizeBytes += item.sizeBytes;
      }
      const outcomes = await intake.connectMany(run, first.peer);
      const stuck = outcomes.find(
        (outcome) =>
          outcome.kind === "invalid" || outcome.kind === "orphan" || outcome.kind === "future",
      );
      if (stuck !== undefined || outcomes.length < run.length) {
        failed = true;
        return;
      }
      for (; connected < end; connected++) ready.delete(connected);
      window.release(sizeBytes);
      order.onProgress(connected);
      wakeAll();
    }
  };

  const work = async (peer: string): Promise<void> => {
    while (!failed && connected < ids.length) {
      const chunk = window.take(connected);
      if (chunk === undefined) {
        await new Promise<void>((resolve) => wakers.add(resolve));
        continue;
      }
      try {
        const held = await fetchChunk(context, peer, chunk);
        for (const [index, item] of held.entries()) ready.set(chunk.start + index, item);
        window.settle(chunk, held);
      } catch (reason) {
        window.settle(chunk, []);
        context.log.add("info", "sync-peer-dropped", describeFault(reason).detail, peer);
        wakeAll();
        return;
      }
      connecting = connecting.then(connectReady).catch((reason: unknown) => {
        failed = true;
        fault =
          reason instanceof Error ? reason : new CodedError("internal", { detail: String(reason) });
      });
      await connecting;
      wakeAll();
    }
    wakeAll();
  };

  const peers = order.peers.slice(0, MAX_PEERS);
  await Promise.all(
    peers.flatMap((peer) => Array.from({ length: REQUESTS_PER_PEER }, () => work(peer))),
  );
  // A store that refuses is no peer's fault: the caller must know, and try again later.
  if (fault !== undefined) throw fault;
  return !failed && connected === ids.length;
}

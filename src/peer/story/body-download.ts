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
import { fetchMicroblocks, missingRound } from "./fetch-microblocks.ts";
import type { Intake } from "./intake.ts";

/** What to fetch and from whom. */
export interface BodyOrder {
  /** Oldest first; each one's parent is known or stands before it. */
  readonly ids: readonly BlockId[];
  /** Peers that claim to have them, best first. */
  readonly peers: readonly string[];
  readonly onProgress: (connected: number) => void;
}

/** Questions under way to one peer: one travels while the other's answer is being connected. */
const REQUESTS_PER_PEER = 2;
/** Peers asked at once. */
const MAX_PEERS = 4;
/** Answered blocks that may wait for their turn, so that memory stays bounded. */
const MAX_AHEAD = 16 * MAX_BLOCKS_PER_REQUEST;

interface Chunk {
  readonly start: number;
  readonly ids: readonly BlockId[];
}

/** Fetches and connects everything; false when it had to give up (no peer left, or an invalid block). */
export async function downloadBodies(
  context: StoryContext,
  intake: Intake,
  order: BodyOrder,
): Promise<boolean> {
  const { ids } = order;
  const queue: Chunk[] = [];
  for (let start = 0; start < ids.length; start += MAX_BLOCKS_PER_REQUEST) {
    queue.push({ start, ids: ids.slice(start, start + MAX_BLOCKS_PER_REQUEST) });
  }
  /** By place in `ids`: a key block and the microblocks that it builds on, in order. */
  const ready = new Map<number, { readonly blocks: readonly Block[]; readonly peer: string }>();
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
      let end = connected;
      for (; run.length < MAX_BLOCKS_PER_REQUEST * 2; end++) {
        const item = ready.get(end);
        if (item === undefined || item.peer !== first.peer) break;
        run.push(...item.blocks);
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
      order.onProgress(connected);
      wakeAll();
    }
  };

  const readBlock = (peer: string, bytes: Uint8Array): Block => {
    try {
      return decodeBlock(bytes);
    } catch (reason) {
      const { code, detail } = describeFault(reason);
      blame(context, peer, code, detail);
      throw reason;
    }
  };

  const acceptAnswer = async (
    peer: string,
    chunk: Chunk,
    answers: readonly Uint8Array[],
  ): Promise<void> => {
    const keyBlocks: Block[] = [];
    for (const bytes of answers.slice(0, chunk.ids.length)) {
      const block = readBlock(peer, bytes);
      if (blockIdOf(block.header) !== chunk.ids[keyBlocks.length]) break;
      keyBlocks.push(block);
    }
    const rounds = keyBlocks.map(({ header }) => missingRound(context, header));
    const wanted = rounds.filter((round) => round !== undefined);
    const sealed = wanted.length === 0 ? null : await fetchMicroblocks(context, peer, wanted);
    keyBlocks.forEach((block, index) => {
      const round = rounds[index];
      const below = (round === undefined ? undefined : sealed?.get(round.last)) ?? [];
      ready.set(chunk.start + index, { blocks: [...below, block], peer });
    });
    const got = keyBlocks.length;
    if (got === chunk.ids.length) return;
    // A full answer is cut at the response cap; the rest is asked again, but an empty one is a stall.
    queue.unshift({ start: chunk.start + got, ids: chunk.ids.slice(got) });
    if (got === 0) {
      blame(context, peer, "block-not-served", chunk.ids[0]);
      throw new CodedError("block-not-served", { peer });
    }
  };

  const work = async (peer: string): Promise<void> => {
    while (!failed && connected < ids.length) {
      const chunk = queue[0];
      if (chunk === undefined || chunk.start >= connected + MAX_AHEAD) {
        if (chunk === undefined && ready.size === 0 && connected >= ids.length) return;
        await new Promise<void>((resolve) => wakers.add(resolve));
        continue;
      }
      queue.shift();
      try {
        const question = { TAG: "blocks", data: chunk.ids.map(bytesFromHex) } as const;
        const answer = await ask(context, peer, question, ["blocks"]);
        await acceptAnswer(peer, chunk, answer.data);
      } catch (reason) {
        if (
          !queue.some(
            (other) => other.start >= chunk.start && other.start < chunk.start + chunk.ids.length,
          )
        ) {
          queue.unshift(chunk);
        }
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

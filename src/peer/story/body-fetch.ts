/**
 * The body of one announced block. The announcer is asked first; when it is silent for a second, or has
 * nothing, or serves a bad copy, others are asked too: whoever forwards headers first and then serves
 * nothing must not be able to hold a block back.
 *
 * @module
 */
import { type Block, decodeBlock } from "../../kernel/block.ts";
import type { BlockId } from "../../kernel/brand.ts";
import { bytesFromHex } from "../../kernel/bytes.ts";
import { blockIdOf } from "../../kernel/header.ts";
import { HEDGE_MS, HEDGE_PEERS } from "../limits.ts";
import { describeFault } from "../log.ts";
import { ask, blame } from "./ask.ts";
import type { StoryContext } from "./context.ts";
import { fetchMicroblocks, missingRound } from "./fetch-microblocks.ts";
import type { Intake } from "./intake.ts";
import { isKept, thatHaveRoom } from "./microblock-places.ts";

/** What to fetch and whom to ask. */
export interface BodyWish {
  readonly id: BlockId;
  readonly announcer: string;
  /** Other peers, best first; asked for when the announcer has failed. */
  readonly others: () => readonly string[];
  readonly wantSync: (peer: string) => void;
}

/** `again`: this peer could not help, another may. */
type Attempt = { readonly block: Block | undefined } | "again";

async function blockFrom(
  context: StoryContext,
  peer: string,
  { id, announcer }: BodyWish,
): Promise<Block | undefined> {
  const question = { TAG: "blocks", data: [bytesFromHex(id)] } as const;
  const answer = await ask(context, peer, question, ["blocks"]);
  const bytes = answer.data[0];
  if (bytes === undefined) {
    // No points: the announcement cost somebody a proof of work, and who forwarded it may wait for the body too.
    if (peer === announcer) context.log.add("info", "block-not-served", id, peer);
    return undefined;
  }
  try {
    const block = decodeBlock(bytes);
    if (blockIdOf(block.header) === id) return block;
    blame(context, peer, "wrong-block", id);
  } catch (reason) {
    const { code, detail } = describeFault(reason);
    blame(context, peer, code, detail);
  }
  return undefined;
}

/** A key block builds on microblocks, and a microblock on those before it: what is missing of them is fetched first. */
async function closeRound(
  context: StoryContext,
  intake: Intake,
  peer: string,
  { header }: Block,
): Promise<void> {
  const round = missingRound(context, header);
  if (round === undefined) return;
  const found = await fetchMicroblocks(context, peer, [round]).catch(() => undefined);
  const line = found?.get(round.last)?.blocks ?? [];
  const blocks = header.kind === "key" ? line : thatHaveRoom(context, line);
  if (blocks.length > 0) await intake.connectMany(blocks, peer);
}

async function attempt(
  context: StoryContext,
  intake: Intake,
  peer: string,
  wish: BodyWish,
): Promise<Attempt> {
  const block = await blockFrom(context, peer, wish).catch(() => undefined);
  if (block === undefined) return "again";
  try {
    await closeRound(context, intake, peer, block);
    if (!isKept(context, block.header)) {
      context.log.add("info", "microblock-unheard", wish.id, peer);
      return { block: undefined };
    }
    const outcome = await intake.connect(block, peer);
    switch (outcome.kind) {
      case "invalid":
        // SIG-2: only a fault that the id commits to ends the search.
        return outcome.blame === "copy" ? "again" : { block: undefined };
      case "orphan":
        wish.wantSync(peer);
        return { block: undefined };
      case "future":
        return { block: undefined };
      case "extended":
      case "reorganised":
      case "side-branch":
      case "known":
        return { block };
    }
  } catch (reason) {
    // Our store or state failed: no peer can help, and sync tries again later.
    const { code, detail } = describeFault(reason);
    context.log.add("error", code, detail, peer);
    return { block: undefined };
  }
}

/** Fetches and connects; resolves to the block once it is connected, to `undefined` when that failed. Never rejects. */
export function fetchBody(
  context: StoryContext,
  intake: Intake,
  wish: BodyWish,
): Promise<Block | undefined> {
  return new Promise((resolve) => {
    let queue: readonly string[] | null = null;
    let asked = 0;
    let open = 0;
    let done = false;
    let cancelHedge = (): void => {};
    const finish = (block: Block | undefined): void => {
      if (done) return;
      done = true;
      cancelHedge();
      resolve(block);
    };
    const nextPeer = (): string | undefined => {
      if (asked === 0) return wish.announcer;
      queue ??= wish
        .others()
        .filter((peer) => peer !== wish.announcer)
        .slice(0, HEDGE_PEERS);
      return queue[asked - 1];
    };
    const askNext = (): void => {
      cancelHedge();
      if (done) return;
      const peer = nextPeer();
      if (peer === undefined) {
        if (open > 0) return;
        wish.wantSync(wish.announcer);
        finish(undefined);
        return;
      }
      asked++;
      open++;
      cancelHedge = context.ports.clock.after(HEDGE_MS, () => {
        for (let more = 0; more < HEDGE_PEERS; more++) askNext();
      });
      attempt(context, intake, peer, wish)
        .catch((): Attempt => "again")
        .then((result) => {
          open--;
          if (result === "again") askNext();
          else finish(result.block);
        })
        .catch(() => finish(undefined));
    };
    askNext();
  });
}

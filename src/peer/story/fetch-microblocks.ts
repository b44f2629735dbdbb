/**
 * NET-4: the microblocks that stand between key blocks. Headers-first sync and announcements know the last
 * one of a round by its id (a key block names it as its parent, a status as its head); the rest is asked
 * for by round and checked link by link before it goes through the one door.
 *
 * @module
 */
import { type Block, decodeBlock } from "../../kernel/block.ts";
import type { BlockId } from "../../kernel/brand.ts";
import { blockIdFromHex } from "../../kernel/brand.ts";
import { bytesFromHex, equalBytes, hexFromBytes } from "../../kernel/bytes.ts";
import { CodedError } from "../../kernel/errors.ts";
import type { Header } from "../../kernel/header.ts";
import { blockIdOf, HEADER_BYTES } from "../../kernel/header.ts";
import { ROUND_BODIES_MAX_BYTES } from "../../kernel/limits.ts";
import { RefusalCode } from "../../ledger/codes.ts";
import { MAX_ROUNDS_PER_REQUEST } from "../limits.ts";
import { describeFault } from "../log.ts";
import type { MicroblocksQuestion } from "../wire/messages.ts";
import { ask, blame } from "./ask.ts";
import type { StoryContext } from "./context.ts";

/** One round whose microblocks are wanted, up to `last`. */
export interface WantedRound {
  readonly keyBlock: BlockId;
  readonly last: BlockId;
}

/** A round's microblocks, oldest first, as they came. */
export interface FetchedRound {
  readonly blocks: readonly Block[];
  /** Encoded bytes of all of them. */
  readonly sizeBytes: number;
}

/** Up to where a round's microblocks are here. */
interface Base {
  readonly id: BlockId;
  readonly microIndex: number;
}

/** The round below a key block, if the microblock that it builds on is not known here. */
export function missingRound(
  { chain }: Pick<StoryContext, "chain">,
  header: Pick<Header, "kind" | "parent" | "keyParent">,
): WantedRound | undefined {
  if (header.kind === "key" && equalBytes(header.parent, header.keyParent)) return undefined;
  const last = blockIdFromHex(hexFromBytes(header.parent));
  if (chain.entry(last) !== undefined) return undefined;
  return { keyBlock: blockIdFromHex(hexFromBytes(header.keyParent)), last };
}

/** A round on its way: what came so far, each on the one before, the first on `base`. */
interface Gathering {
  readonly round: WantedRound;
  base: Base;
  readonly blocks: Block[];
  sizeBytes: number;
  done: boolean;
}

/** The running round is asked for from our head on; the tracker may have sealed another line, then from its beginning. */
function baseOf({ chain }: Pick<StoryContext, "chain">, { keyBlock }: WantedRound): Base {
  const head = chain.head();
  return head.kind === "micro" && head.keyParent?.id === keyBlock
    ? { id: head.id, microIndex: head.microIndex }
    : { id: keyBlock, microIndex: 0 };
}

/**
 * Microblocks of each round by the round's last id. Once `maxBytes` have come nothing more is asked for, and
 * rounds that are not whole by then are missing from the answer; the first round never is where `maxBytes`
 * is at least a round's cap (BODY-1b). Rejects with the mesh's codes, `block-not-served` when the peer has
 * them not, or the code of what it sent wrong (blamed by then).
 */
export async function fetchMicroblocks(
  context: StoryContext,
  peer: string,
  rounds: readonly WantedRound[],
  maxBytes: number = Number.POSITIVE_INFINITY,
): Promise<ReadonlyMap<BlockId, FetchedRound>> {
  const all: Gathering[] = rounds.map((round) => ({
    round,
    base: baseOf(context, round),
    blocks: [],
    sizeBytes: 0,
    done: false,
  }));
  for (;;) {
    const open = all.filter(({ done }) => !done).slice(0, MAX_ROUNDS_PER_REQUEST);
    const heldBytes = all.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    if (open.length === 0 || heldBytes >= maxBytes) break;
    const data = open.map(questionOf);
    const answer = await ask(context, peer, { TAG: "microblocks", data }, ["blocks"]);
    if (answer.data.length === 0) {
      // Another line of the tracker's may end before ours does: then nothing of it stands above our head.
      if (startOver(open)) continue;
      blame(context, peer, "block-not-served", open[0]?.round.last);
      throw new CodedError("block-not-served", { peer });
    }
    try {
      take(open, answer.data);
    } catch (reason) {
      const { code, detail } = describeFault(reason);
      blame(context, peer, code, detail);
      throw reason;
    }
  }
  return new Map(
    all
      .filter(({ done }) => done)
      .map(({ round, blocks, sizeBytes }) => [round.last, { blocks, sizeBytes }]),
  );
}

function questionOf({ round, base, blocks }: Gathering): MicroblocksQuestion {
  return {
    last: bytesFromHex(round.last),
    after: blocks.at(-1)?.header.microIndex ?? base.microIndex,
  };
}

/** Asks for rounds of which nothing came from their beginning instead of from our head; false when all are. */
function startOver(open: readonly Gathering[]): boolean {
  const fromHead = open.filter(({ base, blocks }) => base.microIndex > 0 && blocks.length === 0);
  for (const gathering of fromHead) {
    gathering.base = { id: gathering.round.keyBlock, microIndex: 0 };
  }
  return fromHead.length > 0;
}

/**
 * Hands the answer's blocks to the rounds in the order asked. Throws `wrong-block` for one that does not follow,
 * and `round-too-large` beyond what a round can have: headers that follow each other cost nothing, so a peer
 * could go on for ever.
 */
function take(open: readonly Gathering[], answer: readonly Uint8Array[]): void {
  let at = 0;
  for (const bytes of answer) {
    const gathering = open[at];
    if (gathering === undefined) throw new CodedError("wrong-block", { reason: "more than asked" });
    const block = decodeBlock(bytes);
    const { round, base, blocks } = gathering;
    const before = blocks.at(-1);
    const parent = before === undefined ? base.id : blockIdOf(before.header);
    const { header } = block;
    const follows =
      header.kind === "micro" &&
      hexFromBytes(header.keyParent) === round.keyBlock &&
      hexFromBytes(header.parent) === parent &&
      header.microIndex === base.microIndex + blocks.length + 1;
    if (!follows && startOver([gathering])) return;
    if (!follows) throw new CodedError("wrong-block", { last: round.last });
    if (block.body.transactions.length === 0) throw new CodedError(RefusalCode.transactionsMissing);
    blocks.push(block);
    gathering.sizeBytes += bytes.length;
    const roundBytes = gathering.sizeBytes - blocks.length * HEADER_BYTES;
    if (roundBytes > ROUND_BODIES_MAX_BYTES) {
      throw new CodedError(RefusalCode.roundTooLarge, { roundBytes, max: ROUND_BODIES_MAX_BYTES });
    }
    if (blockIdOf(header) === round.last) {
      gathering.done = true;
      at++;
    }
  }
}

/**
 * Answers to peers' questions, within the caps (NET-6). A question that does not decode costs its
 * sender the connection.
 *
 * @module
 */
import { microblocksUpTo } from "../../chain/header-entry.ts";
import { encodeBlock } from "../../kernel/block.ts";
import { type BlockId, blockIdFromHex } from "../../kernel/brand.ts";
import { bytesFromHex, hexFromBytes } from "../../kernel/bytes.ts";
import { CodedError } from "../../kernel/errors.ts";
import { encodeGenesis } from "../../kernel/genesis.ts";
import { encodeHeader } from "../../kernel/header.ts";
import { MAX_BLOCKS_PER_ANSWER, MAX_HEADERS_PER_REQUEST, MAX_RESPONSE_BYTES } from "../limits.ts";
import { describeFault } from "../log.ts";
import {
  type Answer,
  decodeQuestion,
  encodeAnswer,
  type MicroblocksQuestion,
  type Question,
  type Status,
} from "../wire/messages.ts";
import type { Announcements } from "./announcements.ts";
import { blame } from "./ask.ts";
import type { StoryContext } from "./context.ts";
import type { Payments } from "./payments.ts";
import type { PeerBook } from "./peer-book.ts";
import type { Tracker } from "./tracker.ts";

/** Room for framing in a full answer. */
const FRAMING_BYTES = 4_096;

interface ServeParts {
  readonly book: PeerBook;
  readonly tracker: Tracker;
  readonly announcements: Announcements;
  readonly payments: Payments;
  readonly heard: () => void;
}

/** What this peer says of itself. */
export function ownStatus(context: StoryContext, tracker: Tracker): Status {
  const tip = context.chain.tip();
  const head = context.chain.head();
  return {
    tip: bytesFromHex(tip.id),
    head: bytesFromHex(head.id),
    microIndex: head.microIndex,
    height: tip.height,
    totalWork: tip.totalWork,
    record: tracker.ownRecord(),
  };
}

/** Creates the handler of requests. */
export function createRequestServer(
  context: StoryContext,
  parts: ServeParts,
): (from: string, bytes: Uint8Array) => Promise<Uint8Array> {
  const { chain } = context;

  const blocks = async (ids: readonly BlockId[]): Promise<Uint8Array[]> => {
    const stored = await chain.readBlocks(ids);
    const out: Uint8Array[] = [];
    let sizeBytes = FRAMING_BYTES;
    for (const [index, id] of ids.entries()) {
      const block = stored[index] ?? (await parts.announcements.pending(id));
      // The asker counts on order: the first gap ends the answer.
      if (block === undefined) break;
      const encoded = encodeBlock(block);
      sizeBytes += encoded.length + 4;
      if (sizeBytes > MAX_RESPONSE_BYTES) break;
      out.push(encoded);
    }
    return out;
  };

  /** Whole rounds in the order asked; the first gap, or a full answer, ends it. */
  const microblocks = async (rounds: readonly MicroblocksQuestion[]): Promise<Uint8Array[]> => {
    const out: Uint8Array[] = [];
    let sizeBytes = FRAMING_BYTES;
    for (const { last, after } of rounds) {
      const entry = chain.entry(blockIdFromHex(hexFromBytes(last)));
      if (entry?.kind !== "micro") return out;
      const wanted = microblocksUpTo(entry).filter(({ microIndex }) => microIndex > after);
      const stored = await chain.readBlocks(
        wanted.slice(0, MAX_BLOCKS_PER_ANSWER - out.length).map(({ id }) => id),
      );
      for (const block of stored) {
        if (block === undefined) return out;
        const encoded = encodeBlock(block);
        sizeBytes += encoded.length + 4;
        if (sizeBytes > MAX_RESPONSE_BYTES) return out;
        out.push(encoded);
      }
      if (stored.length < wanted.length) return out;
    }
    return out;
  };

  const answer = async (from: string, question: Question): Promise<Answer> => {
    switch (question.TAG) {
      case "status":
        parts.book.hear(from, question.data, context.ports.clock.now());
        parts.heard();
        return { TAG: "status", data: ownStatus(context, parts.tracker) };
      case "headers": {
        const locator = question.data.locator.map((id) => blockIdFromHex(hexFromBytes(id)));
        const limit = Math.min(question.data.limit, MAX_HEADERS_PER_REQUEST);
        return { TAG: "headers", data: chain.headersAfter(locator, limit).map(encodeHeader) };
      }
      case "blocks":
        return {
          TAG: "blocks",
          data: await blocks(question.data.map((id) => blockIdFromHex(hexFromBytes(id)))),
        };
      case "genesis":
        return { TAG: "genesis", data: encodeGenesis(chain.genesis) };
      case "microblocks":
        return { TAG: "blocks", data: await microblocks(question.data) };
      case "mempool":
        return { TAG: "mempool", data: parts.payments.offer() };
      case "getPeers":
        return parts.tracker.answer(question.data);
    }
  };

  const read = (from: string, bytes: Uint8Array): Question => {
    const question = decodeQuestion(bytes);
    if (question.TAG !== "getPeers") return question;
    const { from: asker, to } = question.data;
    if (asker !== from || to !== context.ports.network.selfId) {
      throw new CodedError("misaddressed", { from: asker, to });
    }
    return question;
  };

  return async (from, bytes) => {
    let question: Question;
    try {
      question = read(from, bytes);
    } catch (reason) {
      const { code, detail } = describeFault(reason);
      blame(context, from, code, detail);
      throw reason;
    }
    // What fails from here on is our fault: the asker hears a refusal and loses nothing.
    return encodeAnswer(await answer(from, question));
  };
}

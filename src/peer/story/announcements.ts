/**
 * NET-1: a new block is announced by its header; who wants the body asks for it. A header is judged
 * before it is forwarded (NET-2); the body is fetched after, and peers that ask us for it meanwhile
 * wait for the same fetch instead of being told that we lack it.
 *
 * @module
 */
import type { Verdict } from "../../chain/ports/network.ts";
import { type Block, decodeBlock } from "../../kernel/block.ts";
import type { BlockId } from "../../kernel/brand.ts";
import { bytesFromHex } from "../../kernel/bytes.ts";
import { blockIdOf, decodeHeader, encodeHeader, type Header } from "../../kernel/header.ts";
import { MAX_PENDING_BLOCKS } from "../limits.ts";
import { describeFault } from "../log.ts";
import { consequenceOf } from "../penalties.ts";
import { ask, blame } from "./ask.ts";
import type { StoryContext } from "./context.ts";
import type { Intake } from "./intake.ts";

/** Blocks this deep below the tip are nobody's news; announcing them is a replay. */
const REPLAY_DEPTH = 6;

/** Announcements of one story. */
export interface Announcements {
  /** Tells the mesh about a block that was connected (and so is durable). */
  announce(block: Block): Promise<void>;
  /** Judges an announced header and starts to fetch its body. */
  hear(from: string, bytes: Uint8Array): Verdict;
  /** A body that is on its way, if any. */
  pending(id: string): Promise<Block | undefined> | undefined;
}

/** Creates the announcements; `wantSync` is called when an ancestor is missing. */
export function createAnnouncements(
  context: StoryContext,
  intake: Intake,
  wantSync: (peer: string) => void,
): Announcements {
  const { chain, ports, log } = context;
  const pending = new Map<string, Promise<Block | undefined>>();

  const fetchFrom = async (peer: string, id: BlockId): Promise<Block | undefined> => {
    const answer = await ask(context, peer, { TAG: "blocks", data: [bytesFromHex(id)] }, [
      "blocks",
    ]);
    const bytes = answer.data[0];
    if (bytes === undefined) {
      blame(context, peer, "block-not-served", id);
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
  };

  const fetchAndConnect = async (peer: string, id: BlockId): Promise<void> => {
    const fetching = fetchFrom(peer, id).catch(() => undefined);
    pending.set(id, fetching);
    try {
      const block = await fetching;
      if (block === undefined) {
        wantSync(peer);
        return;
      }
      const outcome = await intake.connect(block, peer);
      if (outcome.kind === "orphan") wantSync(peer);
    } catch (reason) {
      const { code, detail } = describeFault(reason);
      log.add("error", code, detail, peer);
    } finally {
      pending.delete(id);
    }
  };

  const refuse = (from: string, code: string, detail: string): Verdict => {
    blame(context, from, code, detail);
    return consequenceOf(code).verdict;
  };

  const hearHeader = (from: string, header: Header): Verdict => {
    const verdict = chain.checkHeader(header, ports.clock.now());
    const id = blockIdOf(header);
    switch (verdict.kind) {
      case "known": {
        const depth = chain.tip().height - header.height;
        return depth >= REPLAY_DEPTH
          ? refuse(from, "replayed", `${id} is ${depth} below the tip`)
          : "ignore";
      }
      case "orphan":
        log.add("info", "orphan", id, from);
        wantSync(from);
        return "ignore";
      case "invalid":
        return refuse(from, verdict.code, JSON.stringify(verdict.data));
      case "future":
      case "new": {
        if (!pending.has(id) && pending.size < MAX_PENDING_BLOCKS) {
          fetchAndConnect(from, id).catch(() => {});
        }
        return verdict.kind === "new" ? "accept" : "ignore";
      }
    }
  };

  return {
    async announce(block) {
      try {
        await ports.network.publish("announce", encodeHeader(block.header));
      } catch (reason) {
        // Alone or between connections: peers learn of it by the next exchange of status.
        log.add("info", "announce-failed", describeFault(reason).detail);
      }
    },
    hear(from, bytes) {
      try {
        return hearHeader(from, decodeHeader(bytes));
      } catch (reason) {
        const { code, detail } = describeFault(reason);
        return refuse(from, code, detail);
      }
    },
    pending: (id) => pending.get(id),
  };
}

/**
 * NET-1: a new block is announced by its header; who wants the body asks for it. A header is judged
 * before it is forwarded (NET-2); the body is fetched after (body-fetch.ts), and peers that ask us for
 * it meanwhile wait until it is connected. What cost its sender nothing new must cost the mesh nothing:
 * one proof of work is forwarded once, old and losing branches only within a budget.
 *
 * @module
 */
import { createLru } from "../../chain/lru.ts";
import type { HeaderVerdict } from "../../chain/outcome.ts";
import type { Verdict } from "../../chain/ports/network.ts";
import type { Block } from "../../kernel/block.ts";
import type { BlockId } from "../../kernel/brand.ts";
import { hexFromBytes } from "../../kernel/bytes.ts";
import { blockIdOf, decodeHeader, encodeHeader, type Header } from "../../kernel/header.ts";
import {
  MAX_FUTURE_WAIT_MS,
  MAX_HEARD_IDS,
  MAX_MICROBLOCKS_PER_PLACE,
  MAX_PENDING_BLOCKS,
  MAX_PENDING_BLOCKS_PER_PEER,
  SIDE_BRANCH_BURST,
  STALE_BRANCH_HEIGHTS,
} from "../limits.ts";
import { describeFault } from "../log.ts";
import { type Consequence, consequenceOf, consequenceOfRefusal } from "../penalties.ts";
import { blame, punish } from "./ask.ts";
import { fetchBody } from "./body-fetch.ts";
import type { StoryContext } from "./context.ts";
import type { Intake } from "./intake.ts";
import { hasRoom } from "./microblock-places.ts";

/** Blocks this deep below the tip are nobody's news; announcing them is a replay. */
const REPLAY_DEPTH = 6;

/** What announcements need of the rest of the story. */
export interface AnnouncementParts {
  readonly intake: Intake;
  /** An ancestor is missing, or a body could not be had. */
  readonly wantSync: (peer: string) => void;
  /** Other peers that may have a body, best first. */
  readonly others: () => readonly string[];
  /** False while this peer is behind: it would forward other people's old news as its own. */
  readonly mayForward: () => boolean;
}

/** Announcements of one story. */
export interface Announcements {
  /** Tells the mesh about a block that was connected (and so is durable). */
  announce(block: Block): Promise<void>;
  /** Judges an announced header and starts to fetch its body. */
  hear(from: string, bytes: Uint8Array): Verdict;
  /** A block that is on its way, if any: resolves once it is connected, to `undefined` when it never will be. */
  pending(id: string): Promise<Block | undefined> | undefined;
}

interface Pending {
  readonly from: string;
  readonly block: Promise<Block | undefined>;
}

/** Creates the announcements. */
export function createAnnouncements(
  context: StoryContext,
  parts: AnnouncementParts,
): Announcements {
  const { chain, ports, log } = context;
  const pending = new Map<string, Pending>();
  const heard = createLru<BlockId, true>(MAX_HEARD_IDS);
  const places = createLru<string, readonly BlockId[]>(MAX_HEARD_IDS);
  let sideBranches = SIDE_BRANCH_BURST;
  let sideBranchesMs = ports.clock.now();

  /** A losing branch costs its miner as little as relief's easiest target, and everybody a place on disk. */
  const takeSideBranch = (): boolean => {
    const now = ports.clock.now();
    const elapsed = Math.max(0, now - sideBranchesMs);
    sideBranchesMs = now;
    sideBranches = Math.min(SIDE_BRANCH_BURST, sideBranches + (2 * elapsed) / chain.genesis.paceMs);
    if (sideBranches < 1) return false;
    sideBranches -= 1;
    return true;
  };

  /** A key block paid for its announcement; of a microblock's place two are heard, and of the running round only. */
  const takePlace = (header: Header, id: BlockId): boolean => {
    if (header.kind === "key") return true;
    const place = `${hexFromBytes(header.keyParent)}/${header.microIndex}`;
    const taken = places.get(place) ?? [];
    if (taken.includes(id)) return true;
    if (!hasRoom(context, header) || taken.length >= MAX_MICROBLOCKS_PER_PLACE) return false;
    places.set(place, [...taken, id]);
    return true;
  };

  const fetch = (from: string, id: BlockId): void => {
    if (pending.has(id) || pending.size >= MAX_PENDING_BLOCKS) return;
    const ofPeer = [...pending.values()].filter((each) => each.from === from).length;
    if (ofPeer >= MAX_PENDING_BLOCKS_PER_PEER) return;
    const block = fetchBody(context, parts.intake, {
      id,
      announcer: from,
      others: parts.others,
      wantSync: parts.wantSync,
    }).finally(() => pending.delete(id));
    pending.set(id, { from, block });
  };

  const refuse = (from: string, code: string, detail: string, by: Consequence): Verdict => {
    punish(context, from, code, detail, by.points);
    return by.verdict;
  };

  const unheard = (from: string, id: BlockId): Verdict => {
    log.add("info", "microblock-unheard", id, from);
    return "ignore";
  };

  const hearNew = (
    from: string,
    header: Header,
    verdict: Extract<HeaderVerdict, { kind: "new" }>,
  ): Verdict => {
    const { entry, id } = verdict;
    const lag = chain.tip().height - (entry.keyParent?.height ?? 0);
    if (!verdict.wins && lag > STALE_BRANCH_HEIGHTS) {
      return refuse(from, "stale-branch", `${id} ${lag}`, consequenceOf("stale-branch"));
    }
    if (header.kind === "micro") {
      if (!takePlace(header, id)) return unheard(from, id);
    } else if (!verdict.wins) {
      if (!takeSideBranch()) {
        log.add("info", "side-branch-unheard", id, from);
        return "ignore";
      }
    }
    heard.set(id, true);
    fetch(from, id);
    return parts.mayForward() ? "accept" : "ignore";
  };

  const hearHeader = (from: string, header: Header): Verdict => {
    const id = blockIdOf(header);
    // SIG-2: another signature under an id is another message to gossip, and no news to anybody.
    if (chain.entry(id) === undefined && heard.get(id) !== undefined) return "ignore";
    const verdict = chain.checkHeader(header, ports.clock.now());
    switch (verdict.kind) {
      case "known": {
        const depth = chain.tip().height - header.height;
        return depth >= REPLAY_DEPTH
          ? refuse(from, "replayed", `${id} is ${depth} below the tip`, consequenceOf("replayed"))
          : "ignore";
      }
      case "orphan":
        log.add("info", "orphan", id, from);
        // A microblock of the running round was signed by its tracker: the gap is fetched with it. One of
        // another round costs its maker nothing, so nothing is asked because of it.
        if (header.kind === "key") parts.wantSync(from);
        else if (takePlace(header, id)) fetch(from, id);
        return "ignore";
      case "invalid":
        // The header is good and its body was found bad: who forwards it may not have seen the body yet.
        if (verdict.data["remembered"] === true) {
          log.add("info", verdict.code, `${id}, remembered`, from);
          return "ignore";
        }
        return refuse(
          from,
          verdict.code,
          JSON.stringify(verdict.data),
          consequenceOfRefusal(verdict.code),
        );
      case "future":
        if (verdict.untilMs - ports.clock.now() > MAX_FUTURE_WAIT_MS) {
          log.add("info", "future", `${id} beyond what is waited for`, from);
        } else if (takePlace(header, id)) fetch(from, id);
        return "ignore";
      case "new":
        return hearNew(from, header, verdict);
    }
  };

  return {
    async announce(block) {
      heard.set(blockIdOf(block.header), true);
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
        blame(context, from, code, detail);
        return consequenceOf(code).verdict;
      }
    },
    pending: (id) => pending.get(id)?.block,
  };
}

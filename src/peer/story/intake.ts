/**
 * Blocks come in here, from this tab's miner and from strangers alike (FRK-2), and what follows from
 * an outcome happens here once: log line, events, listeners, waiting for a future block's time.
 *
 * @module
 */
import type { HeaderEntry } from "../../chain/header-entry.ts";
import type { Outcome } from "../../chain/outcome.ts";
import type { Block } from "../../kernel/block.ts";
import { isCoded } from "../../kernel/errors.ts";
import { blockIdOf } from "../../kernel/header.ts";
import {
  MAX_FUTURE_WAIT_MS,
  MAX_REORGS,
  MAX_WAITING_FUTURE,
  MAX_WAITING_FUTURE_PER_PEER,
} from "../limits.ts";
import { consequenceOfRefusal } from "../penalties.ts";
import type { ParagraphView, ReorgView } from "../rpc/shapes.ts";
import { blockParagraphView } from "../views.ts";
import type { StoryContext } from "./context.ts";
import { isKept } from "./microblock-places.ts";

/** A full store is believed for this long; then one more block is tried. */
const STORE_FULL_MEMORY_MS = 30_000;

/** A change of the best block, key block or microblock. */
export interface HeadChange {
  readonly entry: HeaderEntry;
  /** False when only microblocks came or went: no reader sees a difference. */
  readonly pageTurned: boolean;
  /** Blocks that left the canon, oldest first, microblocks among them. */
  readonly lost: readonly HeaderEntry[];
}

/** The intake of one story. */
export interface Intake {
  /** Connects one block; `from` is null for our own. Rejects only with store faults. */
  connect(block: Block, from: string | null): Promise<Outcome>;
  /** Connects a run of blocks in one storage transaction (sync). */
  connectMany(blocks: readonly Block[], from: string): Promise<readonly Outcome[]>;
  onHead(listener: (change: HeadChange) => void): void;
  reorgs(): readonly ReorgView[];
  /** The store refused a block for lack of room a short while ago. */
  storeFull(): boolean;
  stop(): void;
}

/** Microblocks carry no paragraph. */
function isPage(entry: HeaderEntry): boolean {
  return entry.kind === "key";
}

/**
 * A reorganisation in the middle of a batch, told to its end: the branch wins with one block and goes on
 * with the next, and a reader wants to see all that came.
 */
function withWhatFollowed(outcome: Outcome, later: readonly Outcome[]): Outcome {
  if (outcome.kind !== "reorganised") return outcome;
  const followed = later.flatMap((next) => (next.kind === "extended" ? [next.entry] : []));
  const entry = followed.at(-1) ?? outcome.entry;
  return { ...outcome, entry, to: entry.id, gained: [...outcome.gained, ...followed] };
}

/** Creates the intake. */
export function createIntake(context: StoryContext): Intake {
  const { chain, log, hub, ports } = context;
  const headListeners: ((change: HeadChange) => void)[] = [];
  const reorgs: ReorgView[] = [];
  const waiting = new Map<string, { readonly cancel: () => void; readonly from: string | null }>();
  let fullSinceMs: number | null = null;

  const paragraphsOf = async (entries: readonly HeaderEntry[]): Promise<ParagraphView[]> => {
    const blocks = await chain.readBlocks(entries.map((entry) => entry.id));
    const self = context.wallet?.address ?? null;
    return blocks.flatMap((block, index) => {
      const entry = entries[index];
      return block === undefined || entry === undefined
        ? []
        : [blockParagraphView(block, entry.id, chain.confirmations(entry.id), self)];
    });
  };

  const announceReorg = async (
    outcome: Extract<Outcome, { kind: "reorganised" }>,
  ): Promise<void> => {
    const view: ReorgView = {
      atMs: ports.clock.now(),
      from: outcome.from,
      to: outcome.to,
      forkHeight: (outcome.gained.find(isPage)?.height ?? 1) - 1,
      lost: await paragraphsOf(outcome.lost.filter(isPage).slice(-50)),
      gained: await paragraphsOf(outcome.gained.filter(isPage).slice(-50)),
    };
    reorgs.unshift(view);
    reorgs.splice(MAX_REORGS);
    hub.emit("reorg", view);
  };

  const waitFor = (block: Block, untilMs: number, from: string | null): void => {
    const id = blockIdOf(block.header);
    if (waiting.has(id) || waiting.size >= MAX_WAITING_FUTURE) return;
    const ofPeer = [...waiting.values()].filter((each) => each.from === from).length;
    if (ofPeer >= MAX_WAITING_FUTURE_PER_PEER) return;
    const delayMs = Math.max(1, untilMs - ports.clock.now());
    // Kept places must come free again: relief makes blocks of a far future cheap (DIF-2).
    if (delayMs > MAX_FUTURE_WAIT_MS) return;
    const cancel = ports.clock.after(delayMs, () => {
      waiting.delete(id);
      if (isKept(context, block.header)) connect(block, from).catch(() => {});
    });
    waiting.set(id, { cancel, from });
  };

  const moved = (
    outcome: Extract<Outcome, { kind: "extended" | "reorganised" }>,
    pagesBefore: boolean,
  ): void => {
    const reorganised = outcome.kind === "reorganised";
    const lost = reorganised ? outcome.lost : [];
    const came = reorganised ? outcome.gained : [outcome.entry];
    const pageTurned = pagesBefore || [...lost, ...came].some(isPage);
    for (const listener of headListeners) listener({ entry: outcome.entry, pageTurned, lost });
  };

  const settle = (
    outcome: Outcome,
    block: Block,
    from: string | null,
    pagesBefore = false,
  ): void => {
    switch (outcome.kind) {
      case "extended":
      case "reorganised":
        moved(outcome, pagesBefore);
        if (outcome.kind === "reorganised" && outcome.lost.some(isPage)) {
          const { lost, gained } = outcome;
          const [left, came] = [lost.filter(isPage).length, gained.filter(isPage).length];
          log.add("info", "reorganised", `${left} left, ${came} came`, from);
          announceReorg(outcome).catch((reason: unknown) => {
            log.add("error", "internal", String(reason));
          });
        }
        break;
      case "invalid":
        log.add("warn", outcome.code, JSON.stringify(outcome.data), from);
        if (from !== null) {
          const { points } = consequenceOfRefusal(outcome.code);
          if (points > 0) ports.network.penalise(from, points, outcome.code);
        }
        break;
      case "future":
        log.add("info", "future", `waits ${outcome.untilMs - ports.clock.now()} ms`, from);
        waitFor(block, outcome.untilMs, from);
        break;
      case "side-branch":
        log.add("info", "side-branch", outcome.entry.id, from);
        break;
      case "orphan":
      case "known":
        break;
    }
  };

  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      const result = await work();
      fullSinceMs = null;
      return result;
    } catch (reason) {
      if (isCoded(reason, "store-full")) {
        if (fullSinceMs === null) {
          log.add("error", "store-full");
          hub.emit("status", { reason: "fault" });
        }
        fullSinceMs = ports.clock.now();
      }
      throw reason;
    }
  };

  const connect = async (block: Block, from: string | null): Promise<Outcome> => {
    const outcome = await guarded(() => chain.connectBlock(block, ports.clock.now()));
    settle(outcome, block, from);
    return outcome;
  };

  return {
    connect,
    async connectMany(blocks, from) {
      const outcomes = await guarded(() => chain.connectBlocks(blocks, ports.clock.now()));
      // Listeners care about where the batch ended, not about every step of a long sync.
      const lastMove = outcomes.findLastIndex(
        (outcome) => outcome.kind === "extended" || outcome.kind === "reorganised",
      );
      const pages = outcomes.some(
        (outcome) => outcome.kind === "extended" && isPage(outcome.entry),
      );
      outcomes.forEach((outcome, index) => {
        const block = blocks[index];
        if (block === undefined || (outcome.kind === "extended" && index !== lastMove)) return;
        settle(withWhatFollowed(outcome, outcomes.slice(index + 1)), block, from, pages);
      });
      return outcomes;
    },
    onHead(listener) {
      headListeners.push(listener);
    },
    reorgs: () => reorgs,
    storeFull: () => fullSinceMs !== null && ports.clock.now() - fullSinceMs < STORE_FULL_MEMORY_MS,
    stop() {
      for (const { cancel } of waiting.values()) cancel();
      waiting.clear();
    },
  };
}

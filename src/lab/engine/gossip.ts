/**
 * How blocks travel: each peer hands what it accepted to its neighbours; who misses an ancestor asks for
 * it; who comes back, or is joined again, exchanges best blocks with its neighbours.
 *
 * @module
 */
import { LogKind } from "../event-log.ts";
import type { BlockNumber } from "./block-number.ts";
import type { LabOutcome, LabPeer } from "./lab-peer.ts";
import { EventKind, type RunContext } from "./run-context.ts";

/** What others do when a peer took a block in. */
export interface GossipListener {
  /** `number` is new to the peer, and valid; `before` was its best block. */
  onBlock(peer: LabPeer, number: BlockNumber, before: BlockNumber): void;
  /** The peer has heard what it missed while it was away. */
  onReady(peer: LabPeer): void;
}

/** Blocks on their way. */
export interface Gossip {
  /** A peer shows a block that it found. */
  publish(peer: LabPeer, number: BlockNumber): void;
  deliver(peer: LabPeer, number: BlockNumber): void;
  fetched(peer: LabPeer, number: BlockNumber): void;
  greeted(peer: LabPeer, other: LabPeer): void;
  /** Plans the exchange of best blocks with every neighbour in reach, in both directions; false when there is none. */
  greetNeighbours(peer: LabPeer): boolean;
}

/**
 * Blocks × peers whose planned arrivals are remembered, so that only the first way to a peer is an event: eight
 * megabytes. An attacker shows a secret branch of a thousand blocks at once.
 */
const ARRIVALS_REMEMBERED = 1_048_576;
const MIN_BLOCKS_REMEMBERED = 16;
const MAX_BLOCKS_REMEMBERED = 2_048;

/** Creates the gossip of a run. */
export function createGossip(context: RunContext, listener: GossipListener): Gossip {
  const { book, peers, neighbourhood, queue, log, measure, scenario } = context;
  const arrivals = createArrivals(peers.length);

  const relay = (peer: LabPeer, number: BlockNumber): void => {
    const planned = arrivals.of(number);
    const links = neighbourhood.of(peer.index);
    for (let link = 0; link < links.peers.length; link++) {
      const to = peers[links.peers[link] ?? 0];
      if (to === undefined || to.knows(number) || !context.canReach(peer, to)) continue;
      const atMs =
        context.nowMs + context.delayNow(links.delayMs[link]) + scenario.latency.verifyMs;
      const plannedMs = planned[to.index] ?? 0;
      // One in the past was lost on a peer that had left.
      if (plannedMs >= context.nowMs && plannedMs <= atMs) continue;
      planned[to.index] = atMs;
      queue.add(atMs, EventKind.deliver, to.index, number);
    }
  };

  const take = (peer: LabPeer, number: BlockNumber): LabOutcome => {
    const { acceptableMs } = book.block(number);
    if (context.nowMs < acceptableMs && !peer.knows(number)) {
      queue.add(acceptableMs, EventKind.deliver, peer.index, number);
      return { kind: "known" };
    }
    const before = peer.head;
    const outcome = peer.connect(number);
    switch (outcome.kind) {
      case "known":
      case "orphan":
        return outcome;
      case "refused":
        log.add(LogKind.refused, context.nowMs, peer.index, number);
        measure.refused(number);
        return outcome;
      case "side-branch":
        log.add(LogKind.sideBranch, context.nowMs, peer.index, number);
        break;
      case "adopted":
        log.add(LogKind.adopted, context.nowMs, peer.index, number);
        if (outcome.lost > 0) {
          log.add(LogKind.reorganised, context.nowMs, peer.index, outcome.lost);
          measure.reorganised(outcome.lost);
        }
        measure.adopted(number);
        break;
    }
    listener.onBlock(peer, number, before);
    return outcome;
  };

  /** Takes a block in with all ancestors that are missing. */
  const takeBranch = (peer: LabPeer, number: BlockNumber): void => {
    const missing: BlockNumber[] = [];
    for (let at = number; !peer.knows(at); at = book.block(at).parent) missing.push(at);
    for (const at of missing.reverse()) {
      const { kind } = take(peer, at);
      if (kind === "adopted" || kind === "side-branch") relay(peer, at);
    }
  };

  /** Asks the first neighbour that has the block for what is missing below it. */
  const ask = (peer: LabPeer, number: BlockNumber): void => {
    const links = neighbourhood.of(peer.index);
    for (let link = 0; link < links.peers.length; link++) {
      const from = peers[links.peers[link] ?? 0];
      if (from === undefined || !from.knows(number) || !context.canReach(peer, from)) continue;
      queue.add(
        context.nowMs + 2 * context.delayNow(links.delayMs[link]),
        EventKind.fetched,
        peer.index,
        number,
      );
      return;
    }
  };

  return {
    publish(peer, number) {
      measure.published(number);
      const { kind } = take(peer, number);
      if (kind === "orphan") takeBranch(peer, number);
      relay(peer, number);
    },
    deliver(peer, number) {
      if (!peer.online || peer.knows(number)) return;
      const outcome = take(peer, number);
      if (outcome.kind === "orphan") ask(peer, number);
      if (outcome.kind !== "adopted" && outcome.kind !== "side-branch") return;
      measure.arrived(number);
      relay(peer, number);
    },
    fetched(peer, number) {
      if (peer.online) takeBranch(peer, number);
    },
    greeted(peer, other) {
      if (!context.canReach(peer, other)) return;
      takeBranch(peer, other.head);
      if (!peer.ready) {
        peer.ready = true;
        listener.onReady(peer);
      }
    },
    greetNeighbours(peer) {
      let greeted = false;
      const links = neighbourhood.of(peer.index);
      for (let link = 0; link < links.peers.length; link++) {
        const other = peers[links.peers[link] ?? 0];
        if (other === undefined || !context.canReach(peer, other)) continue;
        const atMs = context.nowMs + 2 * context.delayNow(links.delayMs[link]);
        queue.add(atMs, EventKind.greeted, peer.index, other.index);
        queue.add(atMs, EventKind.greeted, other.index, peer.index);
        greeted = true;
      }
      return greeted;
    },
  };
}

/** Earliest planned arrival of the newest blocks at each peer; infinite where none is planned. */
function createArrivals(peers: number): { of(number: BlockNumber): Float64Array } {
  const fitting = Math.floor(ARRIVALS_REMEMBERED / peers);
  const remembered = Math.min(MAX_BLOCKS_REMEMBERED, Math.max(MIN_BLOCKS_REMEMBERED, fitting));
  const slots: { number: BlockNumber; readonly atMs: Float64Array }[] = [];
  return {
    of(number) {
      const place = number % remembered;
      const slot = slots[place] ?? { number: -1, atMs: new Float64Array(peers) };
      slots[place] = slot;
      if (slot.number !== number) {
        slot.number = number;
        slot.atMs.fill(Number.POSITIVE_INFINITY);
      }
      return slot.atMs;
    },
  };
}

/**
 * What is measured while a run goes on: who took which block when, what was given up, which payments were
 * heard by everybody. It only listens.
 *
 * @module
 */
import type { FabulaEvents } from "../../peer/rpc/events.ts";
import { createSamples } from "../engine/samples.ts";
import { type EventLog, LogKind } from "../event-log.ts";
import { blocksGivenUp, type FoundBlock, type FoundBlocks } from "./found-blocks.ts";
import type { Resident } from "./residents.ts";

/** Delays of propagation that are kept. */
const MAX_DELAYS = 100_000;

/** A payment that an agent made. */
interface Payment {
  readonly from: number;
  /** One byte for each peer: 1 once it heard of it. */
  readonly heard: Uint8Array;
}

/** The measurements of a run. */
export interface Measurements {
  /** A peer has another best block, or came back with what its disk holds. */
  tipMoved(resident: Resident): void;
  /** A block is in the book now; its maker has told its tip before. */
  found(block: FoundBlock, maker: Resident): void;
  heard(resident: Resident, event: FabulaEvents["transaction"]): void;
  paid(from: Resident, txid: string): void;
  /** Somebody left: what the others all have heard counts as broadcast now. */
  presenceChanged(): void;
  payerOf(txid: string): number | undefined;
  /** Payments that an agent made. */
  createdBy(agent: number): number;
  readonly created: number;
  readonly broadcast: number;
  reorgDepths(): readonly number[];
  propagationMs(): Float64Array;
}

/** Starts measuring. */
export function createMeasurements(parts: {
  readonly residents: readonly Resident[];
  readonly blocks: FoundBlocks;
  readonly log: EventLog;
  /** Virtual time since the start, and as the peers have it. */
  readonly elapsedMs: () => number;
  readonly startMs: number;
}): Measurements {
  const { residents, blocks, log, elapsedMs, startMs } = parts;
  const tips = residents.map(() => blocks.best());
  const depths: number[] = [];
  const delays = createSamples(MAX_DELAYS);
  const payments = new Map<string, Payment>();
  /** Payments that somebody present has not heard of. */
  const spreading = new Map<string, Payment>();
  const created = residents.map(() => 0);
  let broadcast = 0;

  const take = (resident: Resident, block: FoundBlock): void => {
    const nowMs = elapsedMs();
    // What came with a return from absence was not on its way all that time.
    const wasHere = resident.onlineSinceMs - startMs <= block.foundMs;
    block.taken[resident.index] = 1;
    for (const { txid } of block.carries) hear(resident, txid);
    if (block.miner !== resident.index && wasHere) delays.add(nowMs - block.foundMs);
  };
  const hear = (resident: Resident, txid: string): void => {
    const payment = spreading.get(txid);
    if (payment === undefined) return;
    payment.heard[resident.index] = 1;
    settle(txid, payment);
  };
  const settle = (txid: string, { heard }: Payment): void => {
    if (residents.some(({ peer, index }) => peer !== null && heard[index] === 0)) return;
    spreading.delete(txid);
    broadcast++;
  };
  const move = (resident: Resident, tip: FoundBlock): void => {
    const { index } = resident;
    const before = tips[index] ?? tip;
    if (before === tip) return;
    tips[index] = tip;
    for (let at: FoundBlock | null = tip; at !== null && at.taken[index] === 0; at = at.parent) {
      take(resident, at);
    }
    const lost = blocksGivenUp(before, tip);
    if (lost > 0) {
      depths[lost] = (depths[lost] ?? 0) + 1;
      log.add(LogKind.reorganised, elapsedMs(), index, lost);
    }
    log.add(LogKind.adopted, elapsedMs(), index, tip.number);
  };

  return {
    tipMoved(resident) {
      const tip = blocks.find(resident.tip.hash);
      // Unknown: the peer is just making it, and `found` follows.
      if (tip !== undefined) move(resident, tip);
    },
    found(block, maker) {
      log.add(LogKind.found, block.foundMs, block.miner, block.number);
      log.add(
        LogKind.blockId,
        block.foundMs,
        block.number,
        Number.parseInt(block.id.slice(0, 8), 16),
      );
      for (const { txid, nonce } of block.carries) {
        const from = payments.get(txid)?.from;
        if (from !== undefined) log.add(LogKind.included, block.foundMs, from, nonce);
      }
      move(maker, block);
    },
    heard(resident, { txid, state }) {
      if (state !== "dropped") hear(resident, txid);
    },
    paid(from, txid) {
      const payment = { from: from.index, heard: new Uint8Array(residents.length) };
      payments.set(txid, payment);
      created[from.index] = (created[from.index] ?? 0) + 1;
      spreading.set(txid, payment);
      hear(from, txid);
    },
    presenceChanged() {
      for (const [txid, payment] of spreading) settle(txid, payment);
    },
    payerOf: (txid) => payments.get(txid)?.from,
    createdBy: (agent) => created[agent] ?? 0,
    get created() {
      return payments.size;
    },
    get broadcast() {
      return broadcast;
    },
    reorgDepths: () => Array.from({ length: depths.length }, (_, depth) => depths[depth] ?? 0),
    propagationMs: () => delays.values(),
  };
}

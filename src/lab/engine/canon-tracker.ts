/**
 * The best chain of all peers together, as the record shows it, kept up to date block by block so that a
 * chart may ask for it at any time.
 *
 * @module
 */
import { isBetterKeyBlock } from "../../chain/fork-choice.ts";
import type { Address } from "../../kernel/brand.ts";
import type { CanonRecord } from "../run.ts";
import type { BlockBook, BlockFacts } from "./block-book.ts";
import type { BlockNumber } from "./block-number.ts";

/** Earned by an agent on the best chain, in micro-units. */
export interface Earned {
  blocks: number;
  consumer: number;
  industrial: number;
  /** Its payments that stand in blocks of the best chain. */
  included: number;
}

/** Follows the best chain. */
export interface CanonTracker {
  readonly best: BlockNumber;
  readonly height: number;
  /** A peer took a block as its best one. */
  offer(number: BlockNumber): void;
  earned(agent: number): Readonly<Earned>;
  /** Block at a height, from 0. */
  at(height: number): BlockNumber;
  /** The whole chain: what was earned is of all its blocks. */
  record(): CanonRecord;
}

/** A tracker that stands at the genesis. */
export function createCanonTracker(book: BlockBook, addresses: readonly Address[]): CanonTracker {
  const chain: BlockNumber[] = [0];
  const earnings: Earned[] = Array.from({ length: addresses.length }, () => ({
    blocks: 0,
    consumer: 0,
    industrial: 0,
    included: 0,
  }));
  const agentOf = new Map(addresses.map((address, agent) => [address as string, agent]));

  const best = (): BlockNumber => chain.at(-1) ?? 0;
  const account = (facts: BlockFacts, sign: 1 | -1): void => {
    const { reward } = facts;
    const author = earnings[facts.miner];
    if (author !== undefined) {
      author.blocks += sign;
      author.consumer += sign * reward.consumer;
      author.industrial += sign * reward.industrial;
    }
    for (const { payload } of facts.transactions) {
      const payer = earnings[agentOf.get(payload.from_) ?? -1];
      if (payer !== undefined) payer.included += sign;
    }
    const tracker = earnings[book.block(facts.parent).miner];
    if (tracker === undefined) return;
    tracker.consumer += sign * reward.trackerConsumer;
    tracker.industrial += sign * reward.trackerIndustrial;
  };

  return {
    get best() {
      return best();
    },
    get height() {
      return chain.length - 1;
    },
    offer(number) {
      const newest = book.block(number);
      if (number === best()) return;
      if (!isBetterKeyBlock(newest.entry, book.block(best()).entry)) return;
      const gained: BlockFacts[] = [];
      let at = newest;
      while (chain[at.entry.height] !== at.number) {
        gained.push(at);
        at = book.block(at.parent);
      }
      while (chain.length - 1 > at.entry.height) account(book.block(chain.pop() ?? 0), -1);
      for (const facts of gained.reverse()) {
        chain.push(facts.number);
        account(facts, 1);
      }
    },
    earned: (agent) => earnings[agent] ?? { blocks: 0, consumer: 0, industrial: 0, included: 0 },
    at: (height) => chain[height] ?? 0,
    record() {
      const length = chain.length - 1;
      const record: CanonRecord = {
        miner: new Int32Array(length),
        foundMs: new Float64Array(length),
        timestampMs: new Float64Array(length),
        work: new Float64Array(length),
      };
      const createdMs = book.block(0).entry.timestampMs;
      for (let index = 0; index < length; index++) {
        const { miner, foundMs, entry } = book.block(chain[index + 1] ?? 0);
        record.miner[index] = miner;
        record.foundMs[index] = foundMs;
        record.timestampMs[index] = entry.timestampMs - createdMs;
        record.work[index] = Number(entry.work);
      }
      return record;
    },
  };
}

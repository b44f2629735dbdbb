/**
 * The hash rates that the blocks of a stretch of the live chain speak for.
 *
 * @module
 */
import { ID_MAX_LENGTH, TOTAL_HASHRATE_MAX } from "../scenario/limits.ts";
import { type LiveBlock, searchMs } from "./live-block.ts";

/** A stretch with at least one block. */
export interface RateInput {
  readonly paceMs: number;
  /** Oldest first. */
  readonly blocks: readonly LiveBlock[];
  /** What an author is called. */
  readonly nameOf: (author: string) => string;
}

/** An author as a miner. */
export interface RatedAuthor {
  readonly address: string;
  /** Fit for a scenario, and nobody else's. */
  readonly id: string;
  readonly blocks: number;
  /** Of all hash rates, in per cent with two decimals at most. */
  readonly hashrate: number;
}

/** All authors of a stretch. */
export interface RatedAuthors {
  /** Most blocks first; their hash rates sum to 100. */
  readonly authors: readonly RatedAuthor[];
  /** Ids by address, in the same order. */
  readonly ids: ReadonlyMap<string, string>;
  readonly totalHashesPerSecond: number;
}

/** Hash rates are written in hundredths of a per cent. */
const UNITS = 10_000;

/**
 * A header states when its candidate was made, and a peer that mines makes one anew every two seconds: so much
 * longer than its timestamp says a block may have been looked for. A find some milliseconds after a rest
 * speaks for a candidate of that moment, not for a thousandfold rate.
 */
const CANDIDATE_MS = 2_000;

/** Names as ids of a scenario, each once. */
function idsOf(addresses: readonly string[], nameOf: (address: string) => string): string[] {
  const taken = new Set<string>();
  return addresses.map((address) => {
    const plain = nameOf(address).replace(/[^A-Za-z0-9_-]/g, "");
    const base = (plain === "" ? address : plain).slice(0, ID_MAX_LENGTH - 4);
    let id = base;
    for (let number = 2; taken.has(id); number += 1) id = `${base}-${number}`;
    taken.add(id);
    return id;
  });
}

/** Expected hashes of its blocks ÷ the time in which it could look for them, in hashes a second. */
function rateOf(address: string, { blocks, paceMs }: RateInput): number {
  const own = blocks.filter(({ author }) => author === address);
  const work = own.reduce((sum, block) => sum + block.work, 0);
  const searched = blocks.reduce((sum, block) => sum + searchMs(block, address, paceMs), 0);
  return work / (Math.max(CANDIDATE_MS * own.length, searched) / 1_000);
}

/** Rates as hundredths of a per cent that sum to 100 %: the largest remainders get what rounding left. */
function hundredthsOf(rates: readonly number[]): readonly number[] {
  const total = rates.reduce((sum, rate) => sum + rate, 0);
  const exact = rates.map((rate) => (rate / total) * UNITS);
  // Nobody who found a block may come to nothing.
  const shares = exact.map((units) => Math.max(1, Math.floor(units)));
  let rest = UNITS - shares.reduce((sum, units) => sum + units, 0);
  const order = exact
    .map((units, index) => ({ index, rest: units - Math.floor(units) }))
    .sort((a, b) => b.rest - a.rest || a.index - b.index);
  for (let turn = 0; rest > 0; turn += 1, rest -= 1) {
    const { index = 0 } = order[turn % order.length] ?? {};
    shares[index] = (shares[index] ?? 0) + 1;
  }
  if (rest < 0) shares[0] = (shares[0] ?? 0) + rest;
  return shares;
}

/** Estimates the authors' hash rates: each is the work of its blocks ÷ the time in which it could look for them. */
export function rateAuthors(input: RateInput): RatedAuthors {
  const counts = new Map<string, number>();
  for (const { author } of input.blocks) counts.set(author, (counts.get(author) ?? 0) + 1);
  const sorted = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const addresses = sorted.map(([address]) => address);
  const ids = idsOf(addresses, input.nameOf);
  const rates = addresses.map((address) => rateOf(address, input));
  const hundredths = hundredthsOf(rates);
  const total = rates.reduce((sum, rate) => sum + rate, 0);
  return {
    authors: sorted.map(([address, blocks], index) => ({
      address,
      id: ids[index] ?? address,
      blocks,
      hashrate: (hundredths[index] ?? 1) / 100,
    })),
    ids: new Map(addresses.map((address, index) => [address, ids[index] ?? address])),
    totalHashesPerSecond: Math.min(TOTAL_HASHRATE_MAX, Math.max(1, Math.round(total))),
  };
}

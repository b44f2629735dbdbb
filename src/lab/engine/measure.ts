/**
 * What is counted while a run goes on.
 *
 * @module
 */
import type { BlockBook } from "./block-book.ts";
import type { BlockNumber } from "./block-number.ts";
import type { CanonTracker } from "./canon-tracker.ts";
import { createSamples, type Samples } from "./samples.ts";

/** Counters of a run. */
export interface Measure {
  readonly canon: CanonTracker;
  /** Blocks found by an agent, what was expected of it, and the variance of that; see `AgentRecord`. */
  readonly found: Int32Array;
  readonly expected: Float64Array;
  readonly variance: Float64Array;
  /** A block was found: chances of each agent at that moment, in proportion. */
  foundBlock(number: BlockNumber, chances: Float64Array): void;
  published(number: BlockNumber): void;
  /** A block reached a peer by gossip. */
  arrived(number: BlockNumber): void;
  adopted(number: BlockNumber): void;
  refused(number: BlockNumber): void;
  /** A find of a trace that the rules did not allow, or that nobody was there for. */
  refusedFind(code: string): void;
  reorganised(depth: number): void;
  forks(): number;
  /** Valid blocks so far. */
  valid(): number;
  reorgDepths(): readonly number[];
  refusals(): Readonly<Record<string, number>>;
  readonly propagation: Samples;
}

const PROPAGATION_SAMPLES = 100_000;

/** Counters at zero. `nowMs` is asked for the virtual time. */
export function createMeasure(
  book: BlockBook,
  canon: CanonTracker,
  agents: number,
  nowMs: () => number,
): Measure {
  const found = new Int32Array(agents);
  const expected = new Float64Array(agents);
  const variance = new Float64Array(agents);
  const propagation = createSamples(PROPAGATION_SAMPLES);
  /** Time at which a block was shown, which for a withheld one is later than it was found. */
  const shownMs: number[] = [];
  const blocksAtHeight: number[] = [];
  const depths: number[] = [];
  const refusals: Record<string, number> = {};
  const counted = new Set<BlockNumber>();
  let forks = 0;
  let valid = 0;

  const refuse = (code: string): void => {
    refusals[code] = (refusals[code] ?? 0) + 1;
  };

  return {
    canon,
    found,
    expected,
    variance,
    propagation,
    foundBlock(number, chances) {
      const { miner, refusal, entry } = book.block(number);
      found[miner] = (found[miner] ?? 0) + 1;
      let total = 0;
      for (const chance of chances) total += chance;
      // Finds of a trace may be of those who had no hash rate.
      for (let agent = 0; agent < agents && total > 0; agent++) {
        const p = (chances[agent] ?? 0) / total;
        expected[agent] = (expected[agent] ?? 0) + p;
        variance[agent] = (variance[agent] ?? 0) + p * (1 - p);
      }
      if (refusal !== null) return;
      valid++;
      const rivals = (blocksAtHeight[entry.height] ?? 0) + 1;
      blocksAtHeight[entry.height] = rivals;
      if (rivals === 2) forks++;
    },
    published(number) {
      shownMs[number] ??= nowMs();
    },
    arrived(number) {
      const shown = shownMs[number];
      if (shown !== undefined) propagation.add(nowMs() - shown);
    },
    adopted: (number) => canon.offer(number),
    refused(number) {
      const code = book.block(number).refusal;
      if (code === null || counted.has(number)) return;
      counted.add(number);
      refuse(code);
    },
    refusedFind: refuse,
    reorganised(depth) {
      depths[depth] = (depths[depth] ?? 0) + 1;
    },
    forks: () => forks,
    valid: () => valid,
    reorgDepths: () => Array.from(depths, (count) => count ?? 0),
    refusals: () => ({ ...refusals }),
  };
}

/**
 * What the live chain asked of each block of a stretch beside what a difficulty rule asks of the same finds.
 *
 * @module
 */
import type { LiveBlock } from "./live-block.ts";

/** What a rule asks of finds; same length each. */
export interface Asked {
  /** Timestamp of the block, in ms since the start of the run. */
  readonly atMs: ArrayLike<number>;
  /** Expected hashes. */
  readonly work: ArrayLike<number>;
}

/** Both sides. */
export interface TraceComparison {
  /** Expected hashes of each block of the stretch under the rule; `null` where the run has no such block. */
  readonly asked: readonly (number | null)[];
  /** Blocks of which it asks exactly what the live chain asked. */
  readonly equal: number;
  /** Least and greatest work as a multiple of the live chain's, and of all blocks together; `null` without a block. */
  readonly ratio: { readonly least: number; readonly most: number; readonly whole: number } | null;
}

/** Sets the stretch, counted from the block before it, beside a run of its trace. */
export function compareTrace(blocks: readonly LiveBlock[], { atMs, work }: Asked): TraceComparison {
  const byTime = new Map(Array.from(atMs, (time, index) => [time, work[index] ?? 0] as const));
  let timeMs = 0;
  const asked = blocks.map(({ solveMs }) => byTime.get((timeMs += solveMs)) ?? null);
  const pairs = blocks.flatMap((block, index) => {
    const one = asked[index] ?? null;
    return one === null ? [] : [{ real: block.work, asked: one }];
  });
  const sum = (of: "real" | "asked"): number => pairs.reduce((total, pair) => total + pair[of], 0);
  const ratios = pairs.map((pair) => pair.asked / pair.real);
  return {
    asked,
    equal: pairs.filter((pair) => pair.asked === pair.real).length,
    ratio:
      pairs.length === 0
        ? null
        : {
            least: ratios.reduce((least, one) => Math.min(least, one)),
            most: ratios.reduce((most, one) => Math.max(most, one)),
            whole: sum("asked") / sum("real"),
          },
  };
}

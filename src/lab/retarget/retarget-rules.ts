/**
 * The difficulty rules that the lab compares (DIF-3), each as the one target that a key block must state.
 * All are integer arithmetic over what the headers below say.
 *
 * @module
 */
import { type HeaderEntry, keyParentFacts } from "../../chain/header-entry.ts";
import type { ConsensusRules } from "../../chain/rules.ts";
import { STORY_RULES } from "../../chain/rules.ts";
import { compactFromTarget, targetFromCompact } from "../../kernel/target.ts";
import { type RetargetParameters, reliefDoublings, requiredTarget } from "../../ledger/retarget.ts";
import type { RetargetName } from "../scenario/scenario.ts";
import { twoToThe } from "./two-to-the.ts";

/** A difficulty rule, and from which age of the block below its target depends on the time at all. */
export interface RetargetRule {
  readonly requiredTarget: ConsensusRules["requiredTarget"];
  /** A number that is the same for two ages of the keyParent at which the rule asks for the same target. */
  step(paceMs: number, ageMs: number): number;
  /** Age at which the step after `step` begins; infinite when there is none. */
  nextStepMs(paceMs: number, step: number): number;
}

/** Blocks that the moving average looks back, the newest included, and how far one block may change it. */
const AVERAGE_WINDOW = 120;
const AVERAGE_CLAMP = 4n;
/** Age in paces from which DIF-2 doubles the target. */
const RELIEF_AFTER_PACES = 4;
/** Doubling a 256-bit target more often only meets its limit. */
const MAX_DOUBLINGS = 256;
/**
 * Time in which ASERT halves or doubles the target when no block comes, in paces: it then answers a lasting
 * change of the hash rate about as fast as DIF-1, which moves a quarter of the way with each block.
 */
const ASERT_HALF_LIFE_PACES = 4;

const timeless: Pick<RetargetRule, "step" | "nextStepMs"> = {
  step: () => 0,
  nextStepMs: () => Number.POSITIVE_INFINITY,
};

function clamped(target: bigint, maxTarget: bigint): number {
  const least = target < 1n ? 1n : target;
  return compactFromTarget(least > maxTarget ? maxTarget : least);
}

/** Age at which relief doubles once more than `doublings` times. */
function nextReliefMs(paceMs: number, doublings: number): number {
  return (RELIEF_AFTER_PACES + doublings) * paceMs;
}

/** The story's own rule (DIF-1, DIF-2). */
const relief: RetargetRule = {
  requiredTarget: (parameters, keyParent, timestampMs) =>
    STORY_RULES.requiredTarget(parameters, keyParent, timestampMs),
  step: reliefDoublings,
  nextStepMs: nextReliefMs,
};

/**
 * The dual-token kernel's rule, over targets: the target of the block below × actual ÷ expected time of the
 * last 120 blocks, at most 4 times easier or harder; unchanged below two blocks and where time stands still.
 */
const average: RetargetRule = {
  ...timeless,
  requiredTarget: (parameters, keyParent) =>
    windowTarget(parameters, keyParent, () => targetFromCompact(keyParent.target)),
};

/** The same from the mean target of these blocks, so that a change is not answered again by each block of the window. */
const meanTarget: RetargetRule = {
  ...timeless,
  requiredTarget: (parameters, keyParent) =>
    windowTarget(parameters, keyParent, (blocks) => {
      const sum = blocks.reduce((total, { target }) => total + targetFromCompact(target), 0n);
      return sum / BigInt(blocks.length);
    }),
};

/** `baseOf` the window's blocks × actual ÷ expected time, at most 4 times easier or harder than the block below. */
function windowTarget(
  { paceMs, maxTarget }: RetargetParameters,
  keyParent: HeaderEntry,
  baseOf: (blocks: readonly HeaderEntry[]) => bigint,
): number {
  const blocks: HeaderEntry[] = [];
  for (let at: HeaderEntry | null = keyParent; at !== null; at = at.keyParent) {
    blocks.push(at);
    if (blocks.length === AVERAGE_WINDOW) break;
  }
  const below = targetFromCompact(keyParent.target);
  const limit = targetFromCompact(maxTarget);
  const actualMs = BigInt(keyParent.timestampMs - (blocks.at(-1)?.timestampMs ?? 0));
  if (actualMs <= 0n) return clamped(below, limit);
  const target = (baseOf(blocks) * actualMs) / BigInt((blocks.length - 1) * paceMs);
  const [hardest, easiest] = [below / AVERAGE_CLAMP, below * AVERAGE_CLAMP];
  return clamped(target < hardest ? hardest : target > easiest ? easiest : target, limit);
}

/**
 * ASERT (absolutely scheduled exponentially rising targets, Bitcoin Cash's aserti3-2d): initial target ×
 * 2^((time since the genesis − heights × pace) ÷ half-life), by a cubic approximation in 16-bit fixed point.
 */
const asert: RetargetRule = {
  ...timeless,
  requiredTarget({ paceMs, initialTarget, maxTarget }, keyParent) {
    const limit = targetFromCompact(maxTarget);
    const first = targetFromCompact(initialTarget);
    const aheadMs = keyParent.timestampMs - genesisTime(keyParent) - keyParent.height * paceMs;
    const halfLifeMs = ASERT_HALF_LIFE_PACES * paceMs;
    return clamped(twoToThe(first, BigInt(aheadMs), BigInt(halfLifeMs)), limit);
  },
};

const genesisTimes = new WeakMap<HeaderEntry, number>();

/** Creation time of the entry's story: remembered for each entry, or a long chain would be walked at each block. */
function genesisTime(entry: HeaderEntry): number {
  const known = genesisTimes.get(entry);
  if (known !== undefined) return known;
  let at = entry;
  while (at.keyParent !== null && !genesisTimes.has(at)) at = at.keyParent;
  const time = genesisTimes.get(at) ?? at.timestampMs;
  genesisTimes.set(entry, time);
  return time;
}

/** The initial target for ever: with a constant hash rate, the theory's exponential intervals. */
const fixed: RetargetRule = {
  ...timeless,
  requiredTarget: ({ initialTarget, maxTarget }) =>
    clamped(targetFromCompact(initialTarget), targetFromCompact(maxTarget)),
};

/** ASERT, and DIF-2's doublings while no block comes. */
const asertRelief: RetargetRule = {
  step: reliefDoublings,
  nextStepMs: nextReliefMs,
  requiredTarget(parameters, keyParent, timestampMs) {
    const base = targetFromCompact(asert.requiredTarget(parameters, keyParent, timestampMs));
    const steps = reliefDoublings(parameters.paceMs, timestampMs - keyParent.timestampMs);
    return clamped(
      base << BigInt(Math.min(steps, MAX_DOUBLINGS)),
      targetFromCompact(parameters.maxTarget),
    );
  },
};

const RULES: Readonly<Record<RetargetName, RetargetRule>> = {
  relief,
  average,
  "mean-target": meanTarget,
  asert,
  "asert-relief": asertRelief,
  fixed,
};

/** Relief where nobody rests: DIF-1's allowance for an author that had to rest would shorten times that were not waited for. */
const reliefWithoutRest: RetargetRule = {
  ...relief,
  requiredTarget: (parameters, keyParent, timestampMs) =>
    requiredTarget(parameters, { ...keyParentFacts(keyParent), sameAuthor: false }, timestampMs),
};

/** The rule of this name in a story whose authors rest (TRK-1), or do not. */
export function retargetRule(name: RetargetName, rest = true): RetargetRule {
  return name === "relief" && !rest ? reliefWithoutRest : RULES[name];
}

/**
 * What the figures of a run say, in plain words: for reports, the command line and the page.
 *
 * @module
 */

import type { StaleOverSeeds } from "../statistics/over-seeds.ts";
import { NORMAL_95 } from "../statistics/proportions.ts";
import type {
  Alert,
  Criterion,
  MinerSummary,
  RunSummary,
  SelfishAssumption,
  SelfishSummary,
} from "../statistics/summary.ts";
import { chanceText, countText, durationText, figureText, percentText, plural } from "./format.ts";

/** Below this chance a difference is called one. */
const SIGNIFICANT = 0.05;

/** Names in a sentence; of many attackers the first ones stand for all. */
const NAMED = 3;
/** From this difference on, a share to be expected is told beside the hash rate. */
const NOTICEABLE = 0.01;

const isWithheld = ({ attack }: MinerSummary): boolean =>
  attack === "selfish" || attack === "majority";

/** What finds are in proportion to: never more than was tested. */
function basisOf({ miners, scenario }: RunSummary): string {
  if (scenario.retarget !== "fixed" && miners.some(isWithheld)) {
    return "what each could find: its hash rate, by the difficulty of the chain that it mined on, unless it rested or was away";
  }
  if (scenario.rest) return "the hash rate of those that were not resting";
  const isWeight = miners.every(
    ({ expectedShare, weight }) => Math.abs(expectedShare - weight) < NOTICEABLE * weight,
  );
  return isWeight ? "hash rate" : "the hash rate of those that mined at the time";
}

/** What rest takes from the largest miner; empty when it is hardly anything. */
function restText({ miners, scenario }: RunSummary): string {
  const [first, ...others] = miners.filter(({ attack }) => attack === null);
  if (first === undefined || !scenario.rest) return "";
  const { id, weight, expectedShare } = others.reduce(
    (most, miner) => (miner.weight > most.weight ? miner : most),
    first,
  );
  return weight - expectedShare < NOTICEABLE
    ? ""
    : ` A miner rests after each of its blocks: of ${id}, with ${percentText(weight)} of the hash rate, ${percentText(expectedShare)} is to be expected.`;
}

function bandsText(miners: readonly MinerSummary[]): string {
  const outside = miners.filter(({ inBand }) => inBand === false).length;
  return outside === 0
    ? "Every share lies in its 95 % band."
    : `${plural(outside, "share")} of ${countText(miners.length)} ${outside === 1 ? "lies" : "lie"} outside the 95 % band; ` +
        "by chance it would be 1 in 20.";
}

/** The best chain of a run in which found blocks were withheld or refused. */
function attackedText(miners: readonly MinerSummary[]): string {
  const found = miners.reduce((sum, miner) => sum + miner.found, 0);
  const parts = miners
    .filter((miner) => isWithheld(miner) || miner.attack === "cheat")
    .slice(0, NAMED)
    .map((miner) => {
      const why = isWithheld(miner) ? "blocks were withheld" : "its blocks were refused";
      const foundShare = miner.found / Math.max(1, found);
      const isOther = Math.abs(miner.share - foundShare) >= NOTICEABLE / 2;
      return `${miner.id} has ${percentText(miner.share)}, having found ${percentText(foundShare)} of all blocks, ${isOther ? "because" : "though"} ${why}`;
    });
  return `On the best chain: ${parts.join("; ")}.`;
}

/** Whether miners found what their hash rates say, and what they have of it on the best chain. */
export function sharesVerdict(summary: RunSummary): string {
  const { shareTest, miners, blocks, scenario } = summary;
  if (miners.length === 0) return "Nobody mines in this scenario.";
  if (blocks === 0) return "No block was found, so that there are no shares.";
  if (scenario.tracedFinds !== null) {
    return `Who found a block is given by a trace of ${plural(scenario.tracedFinds, "find")}, so that there is no chance to test; expected is what the scenario's hash rates would give.`;
  }
  const isByChance = miners.every(({ inBand }) => inBand !== null);
  const then = isByChance ? bandsText(miners) : attackedText(miners);
  if (shareTest === null) return then;
  const chance = chanceText(shareTest.pValue);
  const said = isByChance
    ? ["Blocks were found", "Blocks were not found"]
    : ["Found:", "Found: not"];
  const [yes, no] = said;
  return shareTest.pValue < SIGNIFICANT
    ? `${no} in proportion to ${basisOf(summary)} (${chance}).${restText(summary)} ${then}`
    : `${yes} in proportion to ${basisOf(summary)}, as far as chance allows to say (${chance}).${restText(summary)} ${then}`;
}

/** Whether block times are what chance makes. */
export function blockTimesVerdict({ blockTimes, engine, scenario }: RunSummary): string {
  const { sample, fit } = blockTimes;
  if (sample === null) return "No block was found, so that there are no block times.";
  const mean = `A block came every ${durationText(sample.mean)} on average, for a pace of ${durationText(scenario.paceMs)}.`;
  if (engine === "controller") {
    return `${mean} The controller decides by the clock, so that the times are not exponential.`;
  }
  if (scenario.tracedFinds !== null) return `${mean} The times are those of a trace.`;
  if (fit === null) {
    return `${mean} A test whether the times are exponential needs honest miners, a steady hash rate, a fixed difficulty and no rest.`;
  }
  return fit.pValue < SIGNIFICANT
    ? `${mean} The times differ from the exponential ones that hash rate and difficulty predict (${chanceText(fit.pValue)}).`
    : `${mean} The times are exponential, as hash rate and difficulty predict (${chanceText(fit.pValue)}).`;
}

/** How steady the pace was. */
export function stabilityVerdict({ stability, blocks }: RunSummary): string {
  if (blocks === 0) return "No block was found.";
  const gap = `The longest wait for a block was ${durationText(stability.worstGapMs)}`;
  const silence =
    stability.silentShare === 0
      ? `${gap}; never was the newest block older than four paces.`
      : `${gap}; during ${percentText(stability.silentShare)} of the run the newest block was older than four paces.`;
  if (stability.burst === null) return silence;
  return `${silence} In the busiest 60 paces blocks came at ${figureText(stability.burst)} times the pace's rate.`;
}

/** How many blocks were lost. */
export function forksVerdict({ forks, found }: RunSummary): string {
  if (found === 0) return "No block was found.";
  if (forks.stale === 0) return "No block was lost: every one that was found is on the best chain.";
  const { low, high } = forks.staleBand;
  const lost = `${percentText(forks.staleRate)} of all blocks were lost (95 % interval ${percentText(low)} to ${percentText(high)})`;
  return forks.deepest === 0
    ? `${lost}.`
    : `${lost}; the deepest reorganisation gave up ${plural(forks.deepest, "block")}.`;
}

/** How many blocks were lost over several seeds. */
export function staleOverSeedsText({ stale, found, rate, interval }: StaleOverSeeds): string {
  return `Over all seeds ${countText(stale)} of ${plural(found, "block")} were lost: ${percentText(rate)} (95 % interval ${percentText(interval.low)} to ${percentText(interval.high)}).`;
}

/** What stands behind the stale rate in theory. */
export const FORK_THEORY_TEXT: string =
  "Theory: while a block travels, others find x = rate × mean delay more of the same height, so that x ÷ (1 + x) of all " +
  "blocks are lost and 1 − exp(−x) of the heights fork (Decker and Wattenhofer 2013, with the delays that were measured). " +
  "It assumes honest miners who stay, and that a height is settled before the next; from about one lost block in five on it says too much.";

/** How fast blocks spread. */
export function propagationVerdict({ propagation, scenario }: RunSummary): string {
  if (propagation === null) return "No block reached another peer.";
  const share = propagation.median / scenario.paceMs;
  return `Half of all acceptances came within ${durationText(propagation.median)} of the find (${percentText(share)} of the pace), 95 % within ${durationText(propagation.p95)}.`;
}

/** How unevenly rewards are spread, beside the hash rates and what chance makes of them. */
export function giniVerdict({ gini }: RunSummary): string {
  const { rewards, hashrates, byChance } = gini;
  if (rewards === null || hashrates === null) return "Nobody earned anything.";
  const pair = `Gini of the rewards ${figureText(rewards)}, of the hash rates ${figureText(hashrates)}`;
  if (byChance === null) return `${pair}.`;
  const { low, high } = byChance;
  let how = "as uneven as";
  if (rewards < low) how = "more even than";
  if (rewards > high) how = "more uneven than";
  return `${pair}: rewards are ${how} chance makes them, given what is to be expected of each miner (${figureText(low)} to ${figureText(high)} in 95 of 100 runs).`;
}

/** What became of payments. */
export function transactionsVerdict({ transactions }: RunSummary): string {
  const { created, broadcast, included, waiting, unfunded } = transactions;
  if (created + unfunded === 0) return "Nobody pays in this scenario.";
  const made = `Of ${plural(created, "payment")} ${countText(broadcast)} reached everybody and ${countText(included)} ${included === 1 ? "is" : "are"} in a block; ${countText(waiting)} still ${waiting === 1 ? "waits" : "wait"}.`;
  return unfunded === 0
    ? made
    : `${made} ${plural(unfunded, "more was", "more were")} not made, because the balance did not cover them.`;
}

const SELFISH_GAPS: Readonly<Record<SelfishAssumption, (selfish: SelfishSummary) => string>> = {
  "no-rest": () => "knows no rest (here an author rests after its block)",
  "fixed-difficulty": () => "has one difficulty (here a rule changes it)",
  "no-dead-time": ({ deadTimeMs }) =>
    `knows no dead time (here no block is valid in the first ${durationText(deadTimeMs)} after another)`,
  "no-delay": ({ delayMs }) =>
    `knows no delays (here news takes ${durationText(delayMs)} on average, more than 1 % of the pace)`,
  "one-attacker": () => "has one attacker (here there are several)",
  "from-the-start": () => "has an attacker from the start (here it begins later)",
  steady: () => "has miners who stay (here they come and go, or phases change them)",
  autonomous: () => "has a clock for each miner (here the controller chooses)",
  "by-chance": () => "has chance find the blocks (here a trace does)",
};

/** Whether withholding paid, where chance does not hide it. */
function gainText({ share, alpha, standardError }: SelfishSummary): string {
  const gain = share - alpha;
  if (standardError !== null && Math.abs(gain) < NORMAL_95 * standardError) {
    return "made no difference that this run could show";
  }
  return gain > 0 ? "paid" : "did not pay";
}

/** What a selfish miner gained. */
export function selfishVerdict(selfish: SelfishSummary): string {
  const { id, alpha, share, theory, threshold, unmet, pValue } = selfish;
  const gained = `${id} has ${percentText(alpha)} of the hash rate and got ${percentText(share)} of the blocks: withholding ${gainText(selfish)}.`;
  const says = `Theory (Eyal and Sirer, ties by hash) says ${percentText(theory)}; it pays from ${percentText(threshold)} of the hash rate on.`;
  if (unmet.length > 0) {
    const gaps = unmet.map((name) => SELFISH_GAPS[name](selfish)).join(", ");
    return `${gained} ${says} No test of the difference: theory ${gaps}.`;
  }
  if (pValue === null) return `${gained} ${says} The run is too short for a test.`;
  return pValue < SIGNIFICANT
    ? `${gained} ${says} The run differs from it (${chanceText(pValue)}).`
    : `${gained} ${says} The run agrees with it (${chanceText(pValue)}).`;
}

/** A condition of success, met or not. */
export function criterionText({ name, value, wanted }: Criterion): string {
  switch (name) {
    case "blocks_created":
      return `${plural(value, "block")} on the best chain; ${countText(wanted)} wanted`;
    case "blocks_propagated":
      return `${percentText(value)} of the peers have the newest common block; ${percentText(wanted)} wanted`;
    case "transactions_created_broadcast":
      return `${plural(value, "payment")} reached everybody; ${countText(wanted)} wanted`;
    case "transactions_in_blocks":
      return `${plural(value, "payment")} in blocks; ${countText(wanted)} wanted`;
  }
}

/** An alert, with the time. */
export function alertText({ name, value, bound, atMs }: Alert): string {
  const since = `from ${durationText(atMs)} on`;
  switch (name) {
    case "low-sync":
      return `Only ${percentText(value)} of the peers had the newest common block at the end (bound ${percentText(bound)}).`;
    case "height-spread":
      return `Peers were up to ${plural(value, "block")} apart (bound ${countText(bound)}; first ${since}).`;
    case "no-miners":
      return `Nobody mined (first ${since}).`;
    case "full-pool":
      return `Up to ${plural(value, "payment")} waited (bound ${countText(bound)}; first ${since}).`;
    case "refused-blocks":
      return `${plural(value, "block was", "blocks were")} refused.`;
  }
}

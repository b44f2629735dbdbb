/**
 * Difficulty rules side by side (DIF-3): one scenario under each of them, on the same traces. Who comes and
 * goes, when phases begin and how lucky a miner is depend on the seed alone, so that what differs is the
 * rule's doing.
 *
 * @module
 */
import { BLOCKS_MAX } from "../scenario/limits.ts";
import type { RetargetName, Scenario } from "../scenario/scenario.ts";
import { significant } from "../statistics/figures.ts";
import type { RunSummary } from "../statistics/summary.ts";

/** The rules that a story could have; `fixed`, which follows nothing, is none. */
export const COMPARED_RULES: readonly RetargetName[] = [
  "relief",
  "average",
  "mean-target",
  "asert",
  "asert-relief",
];

/** What is compared, each as in `RunSummary`. */
export interface RuleFigures {
  readonly blocks: number;
  /** Mean expected hashes of a block: all that tells rules apart where a trace gives the times. */
  readonly meanWork: number | null;
  readonly meanToPace: number | null;
  readonly variation: number | null;
  readonly worstGapMs: number;
  readonly silentShare: number;
  readonly burst: number | null;
  readonly staleRate: number;
  /** Most blocks that a peer gave up at once. */
  readonly deepest: number;
  /** Share of the best chain that attackers have; `null` without an attacker or a block. */
  readonly attackerShare: number | null;
}

/** One rule: means over the seeds. */
export interface RuleRow extends RuleFigures {
  readonly rule: RetargetName;
}

/** One rule with one seed. */
export interface RuleRun extends RuleRow {
  readonly seed: number;
  readonly logHash: string;
}

/** The whole; JSON-safe, figures as in `RunSummary`. */
export interface RuleComparison {
  readonly format: "fabula-lab-difficulty/1";
  readonly scenario: string;
  readonly paceMs: number;
  /** How long each run lasted. */
  readonly durationMs: number;
  readonly seeds: readonly number[];
  /** What attackers have of all hash rates; 0 without. */
  readonly attackerWeight: number;
  readonly rows: readonly RuleRow[];
  /** All runs, by rule and then by seed. */
  readonly runs: readonly RuleRun[];
}

/** Runs a scenario with a seed to its end. */
export type RunRule = (scenario: Scenario, seed: number) => Promise<RunSummary>;

/**
 * The scenario with another rule. All rules get the same time, that of the scenario's blocks at the pace where
 * it names no shorter one: ended by height, a slow rule would see more of the trace than a quick one. The
 * engine is the autonomous one, for in the other the clock decides and not the difficulty.
 */
export function underRule(scenario: Scenario, rule: RetargetName): Scenario {
  const { stop, paceMs } = scenario;
  const durationMs = Math.min(stop.durationMs, stop.blocks * paceMs);
  return {
    ...scenario,
    engine: "autonomous",
    retarget: rule,
    stop: { blocks: BLOCKS_MAX, durationMs },
  };
}

function figuresOf({ blocks, work, stability, forks, miners }: RunSummary): RuleFigures {
  const attackers = miners.filter(({ attack }) => attack !== null);
  const taken = attackers.reduce((sum, miner) => sum + miner.blocks, 0);
  const { meanToPace, variation, worstGapMs, silentShare, burst } = stability;
  return {
    blocks,
    meanWork: work?.mean ?? null,
    meanToPace,
    variation,
    worstGapMs,
    silentShare,
    burst,
    staleRate: forks.staleRate,
    deepest: forks.deepest,
    attackerShare: attackers.length === 0 || blocks === 0 ? null : significant(taken / blocks),
  };
}

/** Mean over the runs that have the figure. */
function meanOf(
  runs: readonly RuleRun[],
  figure: (run: RuleFigures) => number | null,
): number | null {
  const known = runs.map(figure).filter((value) => value !== null);
  if (known.length === 0) return null;
  return significant(known.reduce((sum, value) => sum + value, 0) / known.length);
}

function rowOf(rule: RetargetName, runs: readonly RuleRun[]): RuleRow {
  return {
    rule,
    blocks: meanOf(runs, ({ blocks }) => blocks) ?? 0,
    meanWork: meanOf(runs, ({ meanWork }) => meanWork),
    meanToPace: meanOf(runs, ({ meanToPace }) => meanToPace),
    variation: meanOf(runs, ({ variation }) => variation),
    worstGapMs: meanOf(runs, ({ worstGapMs }) => worstGapMs) ?? 0,
    silentShare: meanOf(runs, ({ silentShare }) => silentShare) ?? 0,
    burst: meanOf(runs, ({ burst }) => burst),
    staleRate: meanOf(runs, ({ staleRate }) => staleRate) ?? 0,
    deepest: meanOf(runs, ({ deepest }) => deepest) ?? 0,
    attackerShare: meanOf(runs, ({ attackerShare }) => attackerShare),
  };
}

/** Runs the scenario under each rule with each of its seeds, one after the other; rejects as `run` does. */
export async function compareRules(scenario: Scenario, run: RunRule): Promise<RuleComparison> {
  const runs: RuleRun[] = [];
  for (const rule of COMPARED_RULES) {
    for (const seed of scenario.seeds) {
      const summary = await run(underRule(scenario, rule), seed);
      runs.push({ rule, seed, logHash: summary.logHash, ...figuresOf(summary) });
    }
  }
  const attackers = scenario.agents.filter(({ attack }) => attack !== null);
  return {
    format: "fabula-lab-difficulty/1",
    scenario: scenario.name,
    paceMs: scenario.paceMs,
    durationMs: underRule(scenario, "relief").stop.durationMs,
    seeds: scenario.seeds,
    attackerWeight: significant(attackers.reduce((sum, { weight }) => sum + weight, 0)),
    rows: COMPARED_RULES.map((rule) =>
      rowOf(
        rule,
        runs.filter((one) => one.rule === rule),
      ),
    ),
    runs,
  };
}

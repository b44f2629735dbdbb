/**
 * What the runs of a sweep came to, a row for each point. Plain values only, as in `RunSummary`: `null` stands
 * where there is nothing to tell, figures have six significant digits.
 *
 * @module
 */
import type { AttackName, EngineName, RetargetName } from "../scenario/scenario.ts";
import { type ForkTheory, forkTheory } from "../statistics/fork-theory.ts";
import { type Band, wilsonInterval } from "../statistics/proportions.ts";
import type { RunSummary } from "../statistics/summary.ts";
import type { SweepAxis, SweepValues } from "./expand-sweep.ts";

/** What the one attacker of a scenario got. */
export interface SweepAttacker {
  readonly kind: AttackName;
  /** Its share of the hash rate. */
  readonly alpha: number;
  /** Its share of the best chain: the mean over the seeds. */
  readonly share: number;
  /** What Eyal and Sirer's formula gives; `null` for other attacks than selfish mining, and so are the next two. */
  readonly theory: number | null;
  /** Of `share`, by batch means; `null` for runs that are too short, too. */
  readonly standardError: number | null;
  /** (share − theory) ÷ standard error; `null` where the theory's assumptions do not hold, too. */
  readonly deviation: number | null;
}

/** Figures of one point: of all its seeds put together, or of one. */
export interface SweepFigures {
  /** Key blocks on the best chains. */
  readonly blocks: number;
  /** Key blocks found, stale ones included. */
  readonly found: number;
  readonly stale: number;
  /** Of all key blocks found, with its 95 % interval. */
  readonly staleRate: number;
  readonly staleBand: Band;
  /** Share of the heights at which two blocks existed. */
  readonly forkRate: number | null;
  /** For the delays that were measured, the mean over the seeds; see `forkTheoryOf`. */
  readonly theory: ForkTheory | null;
  /** Most blocks that a peer gave up at once. */
  readonly deepest: number;
  /** Blocks that a peer gave up at once on the average, when it did. */
  readonly meanDepth: number | null;
  /** Time from finding to acceptance within which half, and 95 of 100, acceptances come: means over the seeds. */
  readonly propagationP50Ms: number | null;
  readonly propagationP95Ms: number | null;
  /** Mean time between blocks. */
  readonly meanBlockTimeMs: number | null;
  readonly meanToPace: number | null;
  /** `null` unless exactly one agent attacks. */
  readonly attacker: SweepAttacker | null;
}

/** One point: its seeds put together. */
export interface SweepRow extends SweepFigures {
  readonly values: SweepValues;
}

/** One run. */
export interface SweepRun extends SweepRow {
  readonly seed: number;
  readonly logHash: string;
}

/** The whole. */
export interface SweepResult {
  readonly format: "fabula-lab-sweep/1";
  readonly scenario: {
    readonly name: string;
    readonly description: string;
    readonly engine: EngineName;
    readonly paceMs: number;
    readonly retarget: RetargetName;
    readonly rest: boolean;
    readonly peers: number;
  };
  readonly seeds: readonly number[];
  readonly axes: readonly SweepAxis[];
  /** In the order of the points. */
  readonly rows: readonly SweepRow[];
  /** By point and then by seed. */
  readonly runs: readonly SweepRun[];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The mean of those that there are. */
function meanOf(values: readonly (number | null | undefined)[]): number | null {
  const known = values.filter((value) => value !== null && value !== undefined);
  return known.length === 0 ? null : sum(known) / known.length;
}

/** The attacker over runs of one scenario. */
function attackerOf(runs: readonly RunSummary[]): SweepAttacker | null {
  const attackers = runs.map(({ miners }) => miners.filter(({ attack }) => attack !== null));
  const [first] = attackers;
  const [attacker] = first ?? [];
  if (first?.length !== 1 || attacker?.attack == null) return null;
  const share = meanOf(attackers.map(([one]) => one?.share)) ?? 0;
  const selfish = runs.flatMap((run) => run.selfish);
  const errors = selfish.flatMap(({ standardError }) => standardError ?? []);
  const standardError = errors.length < runs.length ? null : Math.hypot(...errors) / runs.length;
  const theory = selfish[0]?.theory ?? null;
  const isTested = standardError !== null && standardError > 0 && selfish[0]?.comparable === true;
  return {
    kind: attacker.attack,
    alpha: attacker.weight,
    share,
    theory,
    standardError,
    deviation: isTested && theory !== null ? (share - theory) / standardError : null,
  };
}

/** The figures of runs of one scenario with different seeds. */
export function figuresOf(runs: readonly RunSummary[]): SweepFigures {
  const stale = sum(runs.map(({ forks }) => forks.stale));
  const found = sum(runs.map((run) => run.found));
  const blocks = sum(runs.map((run) => run.blocks));
  const reorgs = runs.flatMap(({ forks }) => forks.reorgs);
  const turns = sum(reorgs.map(({ count }) => count));
  const rivals = runs.map(({ forks }) => forks.theory?.rivals);
  const meanRivals = rivals.includes(undefined) ? null : meanOf(rivals);
  const times = sum(runs.map((run) => (run.blockTimes.sample?.mean ?? 0) * run.blocks));
  const meanBlockTimeMs = blocks === 0 ? null : times / blocks;
  return {
    blocks,
    found,
    stale,
    staleRate: found === 0 ? 0 : stale / found,
    staleBand: wilsonInterval(stale, found),
    forkRate: blocks === 0 ? null : sum(runs.map(({ forks }) => forks.heights)) / blocks,
    theory: meanRivals === null ? null : forkTheory(meanRivals),
    deepest: Math.max(0, ...runs.map(({ forks }) => forks.deepest)),
    meanDepth: turns === 0 ? null : sum(reorgs.map(({ depth, count }) => depth * count)) / turns,
    propagationP50Ms: meanOf(runs.map(({ propagation }) => propagation?.median)),
    propagationP95Ms: meanOf(runs.map(({ propagation }) => propagation?.p95)),
    meanBlockTimeMs,
    meanToPace: meanBlockTimeMs === null ? null : meanBlockTimeMs / (runs[0]?.scenario.paceMs ?? 1),
    attacker: attackerOf(runs),
  };
}

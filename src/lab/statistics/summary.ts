/**
 * What a run came to, in figures: the JSON of `fabula lab run --json`, and what reports and charts are
 * made of. Plain values only; times are virtual milliseconds, shares are 0…1, amounts micro-units, derived
 * figures have six significant digits, and `null` stands where there is nothing to tell. Nothing in it
 * depends on the machine or the time of day.
 *
 * @module
 */
import type { AttackName, EngineName, RetargetName } from "../scenario/scenario.ts";
import type { BlockTimes, Stability } from "./block-times.ts";
import type { ForkTheory } from "./fork-theory.ts";
import type { Band } from "./proportions.ts";
import type { Sample } from "./sample.ts";
import type { ShareTest } from "./share-test.ts";

/** One miner. */
export interface MinerSummary {
  readonly id: string;
  /** As written in the scenario, in per cent. */
  readonly hashrate: number;
  /** Its share of all hash rates of the scenario. */
  readonly weight: number;
  /** Key blocks on the best chain. */
  readonly blocks: number;
  /** Micro-units of both tokens together, for blocks on the best chain. */
  readonly reward: number;
  readonly rewardConsumer: number;
  readonly rewardIndustrial: number;
  /** Key blocks found, stale ones included. */
  readonly found: number;
  /**
   * Chance that a block is its, averaged over all blocks found: its share of the hash rate of those that were online
   * and not resting, each rate divided by the difficulty of the chain that its owner mined on.
   */
  readonly expectedShare: number;
  /** Its share of the best chain. */
  readonly share: number;
  /** Where its share lies in 95 of 100 runs if chance and hash rate alone decide. */
  readonly band: Band;
  /** `null` where more than chance decides: finds of a trace, and attackers whose blocks are withheld or refused. */
  readonly inBand: boolean | null;
  readonly attack: AttackName | null;
}

/** How often blocks were lost. */
export interface ForkSummary {
  /** Key blocks that were found and are not on the best chain. */
  readonly stale: number;
  /** Of all key blocks found. */
  readonly staleRate: number;
  /** 95 % interval of the rate. */
  readonly staleBand: Band;
  /** Heights at which two blocks existed. */
  readonly heights: number;
  /** How often one peer gave up that many blocks at once. */
  readonly reorgs: readonly { readonly depth: number; readonly count: number }[];
  readonly deepest: number;
  /** What Decker and Wattenhofer's formula gives for the delays of this run; `null` where it does not apply. */
  readonly theory: ForkTheory | null;
}

/** Gini coefficients: 0 even, towards 1 uneven. */
export interface GiniSummary {
  /** Of the miners' rewards. */
  readonly rewards: number | null;
  /**
   * Where that of the blocks lies in 95 of 100 runs, if chance alone decides by what is expected of each miner;
   * `null` without a block, and where a trace gave the finds.
   */
  readonly byChance: Band | null;
  /** Of their hash rates, to compare with. */
  readonly hashrates: number | null;
  /** Of the peers' links. */
  readonly connections: number | null;
}

/** Payments between agents. */
export interface TransactionSummary {
  readonly created: number;
  /** Reached every peer that was online. */
  readonly broadcast: number;
  /** In a block of the best chain. */
  readonly included: number;
  /** Not made, because the balance did not cover them. */
  readonly unfunded: number;
  /** Waiting at the end. */
  readonly waiting: number;
}

/**
 * What Eyal and Sirer's formula takes for granted: one attacker, from the start; honest others who stay and have a
 * clock each; chance; one difficulty; a block may follow at once, by anybody, and is heard of at once.
 */
export type SelfishAssumption =
  | "one-attacker"
  | "from-the-start"
  | "autonomous"
  | "by-chance"
  | "steady"
  | "fixed-difficulty"
  | "no-rest"
  | "no-dead-time"
  | "no-delay";

/** What selfish mining gained, beside the theory. */
export interface SelfishSummary {
  readonly id: string;
  /** Its share of the hash rate. */
  readonly alpha: number;
  /** Its share of the best chain. */
  readonly share: number;
  /** By batch means of 30 stretches; `null` for too short a run. */
  readonly standardError: number | null;
  /** What Eyal and Sirer's formula gives for `alpha`, with ties by hash (γ = 1/2). */
  readonly theory: number;
  /** Least share of the hash rate from which it pays in theory. */
  readonly threshold: number;
  /** What the theory assumes and is not so here, by weight; empty for a run that can be held against it. */
  readonly unmet: readonly SelfishAssumption[];
  /** Whether nothing is unmet. */
  readonly comparable: boolean;
  /** Time after a block in which none may follow (HDR-6). */
  readonly deadTimeMs: number;
  /** Mean delay from showing a block to its acceptance by a peer. */
  readonly delayMs: number;
  /** How often chance alone leads at least this far from the theory. */
  readonly pValue: number | null;
}

/** Stable name of a criterion, as in the source. */
export type CriterionName =
  | "blocks_created"
  | "blocks_propagated"
  | "transactions_created_broadcast"
  | "transactions_in_blocks";

/** One condition of success. */
export interface Criterion {
  readonly name: CriterionName;
  readonly pass: boolean;
  readonly value: number;
  readonly wanted: number;
}

/** Stable name of an alert. */
export type AlertName = "low-sync" | "height-spread" | "no-miners" | "full-pool" | "refused-blocks";

/** Something that should not go unnoticed. */
export interface Alert {
  readonly name: AlertName;
  /** When it was first seen; the end for what is known only then. */
  readonly atMs: number;
  /** The worst figure: a share, heights, payments, or blocks. */
  readonly value: number;
  /** The bound that it passed. */
  readonly bound: number;
}

/** The whole. */
export interface RunSummary {
  readonly format: "fabula-lab-run/1";
  readonly scenario: {
    readonly name: string;
    readonly description: string;
    readonly paceMs: number;
    readonly retarget: RetargetName;
    readonly rest: boolean;
    readonly peers: number;
    readonly totalHashesPerSecond: number;
    /** Finds that a trace gave in place of chance; `null` without a trace. */
    readonly tracedFinds: number | null;
  };
  readonly engine: EngineName;
  readonly seed: number;
  /** The same on every machine for one scenario and seed. */
  readonly logHash: string;
  readonly logEvents: number;
  readonly endMs: number;
  /** Key blocks on the best chain. */
  readonly blocks: number;
  /** Key blocks found, stale ones included. */
  readonly found: number;
  /** In the configuration's order. */
  readonly miners: readonly MinerSummary[];
  /** `null` with too few blocks, and where a trace gave the finds. */
  readonly shareTest: ShareTest | null;
  readonly blockTimes: BlockTimes;
  /** Expected hashes of each block of the best chain; `null` without a block. */
  readonly work: Sample | null;
  readonly stability: Stability;
  readonly forks: ForkSummary;
  /** Time from finding to acceptance by another peer, in ms. */
  readonly propagation: Sample | null;
  readonly gini: GiniSummary;
  readonly transactions: TransactionSummary;
  /** Blocks that were refused, by code. */
  readonly refusals: Readonly<Record<string, number>>;
  readonly selfish: readonly SelfishSummary[];
  readonly criteria: readonly Criterion[];
  /** Whether all criteria hold. */
  readonly success: boolean;
  readonly alerts: readonly Alert[];
}

/**
 * What a run of the lab is made of, after its YAML was read, checked and completed: no option is left
 * open, every unit is in the name.
 *
 * @module
 */

/** `controller`: weighted choice at fixed intervals, told to real peers; `autonomous`: a Poisson clock for each miner. */
export type EngineName = "autonomous" | "controller";

/**
 * Which target a block must state. `relief` is the story's own rule (DIF-1, DIF-2); `average` the
 * dual-token kernel's, by the last 120 blocks, clamped to ±4×; `mean-target` the same from the mean target of
 * these blocks; `asert` the exponential rule, `asert-relief` with relief (DIF-2) on top of it; `fixed` never
 * changes (for theory).
 */
export const RETARGET_NAMES = [
  "relief",
  "average",
  "mean-target",
  "asert",
  "asert-relief",
  "fixed",
] as const;

/** One of these rules. */
export type RetargetName = (typeof RETARGET_NAMES)[number];

/**
 * How an attacker differs from an honest miner.
 * - `selfish`: withholds blocks by the strategy of Eyal and Sirer (2014).
 * - `majority`: builds a secret branch from a time on and shows it once it is heavier than the public one.
 * - `hopper`: mines only while the target is easier than at the start.
 * - `many-keys`: signs each block with another key, so that it never rests (TRK-1).
 * - `time-shift`: stamps its blocks as far ahead of its clock as others accept (HDR-6).
 * - `cheat`: announces blocks that claim twice the reward (RWD-2); everybody refuses them.
 */
export type AttackName = "selfish" | "majority" | "hopper" | "many-keys" | "time-shift" | "cheat";

/** What an attacker does. */
export interface Attack {
  readonly kind: AttackName;
  /** Virtual time at which it begins; honest before. */
  readonly fromMs: number;
  /** `majority`: the secret branch is shown no earlier than when the public one has this many blocks on the fork. */
  readonly depth: number;
}

/** How an agent pays others. */
export interface UserBehaviour {
  /** Mean time between two payments. */
  readonly transactionIntervalMs: number;
  /** Bounds of the consumer amount, in micro-units; both ends included. */
  readonly minAmount: number;
  readonly maxAmount: number;
}

/** One agent of the configuration: a peer that mines, pays, or both. */
export interface Agent {
  readonly id: string;
  readonly isMiner: boolean;
  /** As written, in per cent; 0 for one that does not mine. */
  readonly hashrate: number;
  /** hashrate ÷ the sum of all; the probability that the controller chooses it. */
  readonly weight: number;
  /** A miner below the threshold of solo miners, which behaves as a user too. */
  readonly isSolo: boolean;
  /** `null` for one that pays nobody. */
  readonly user: UserBehaviour | null;
  readonly attack: Attack | null;
  /** The source's own fields, for the registries; empty where not given. */
  readonly daemon: string;
  readonly wallet: string;
  readonly userScript: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Who hears whom. `random`: each peer chooses `degree` others; `dag`: each of a later number links to `degree` earlier ones. */
export interface Topology {
  readonly kind: "mesh" | "star" | "ring" | "dag" | "random";
  readonly degree: number;
}

/** One-way delays; each link has its own, drawn evenly between the bounds. */
export interface Latency {
  readonly minMs: number;
  readonly maxMs: number;
  /** Time a peer takes to check a block before it passes it on. */
  readonly verifyMs: number;
}

/** Tabs come and go: exponential sessions and absences. */
export interface Churn {
  /** Whom it concerns: everybody, only miners, or only peers that do not mine. */
  readonly who: "all" | "miners" | "readers";
  readonly meanSessionMs: number;
  readonly meanAbsenceMs: number;
}

/** What changes at a time, for good or until a later phase says otherwise; absent fields stay as they were. */
export interface Phase {
  readonly atMs: number;
  /** What the report and the charts call it. */
  readonly label: string;
  /** All hash rates times this, in relation to the start. */
  readonly hashrateFactor?: number;
  /** New hash rates in per cent of the start's total, by agent id. */
  readonly hashrates?: Readonly<Record<string, number>>;
  /** Agents that leave or come back. */
  readonly online?: Readonly<Record<string, boolean>>;
  /** Peers are split into this many groups that hear only each other; 1 heals. */
  readonly groups?: number;
  /** All delays times this. */
  readonly latencyFactor?: number;
}

/** A block that an agent found, at a virtual time. */
export interface TracedFind {
  readonly atMs: number;
  /** Index of the agent, which is a miner. */
  readonly agent: number;
}

/** A complete scenario. */
export interface Scenario {
  readonly name: string;
  /** One or two sentences; empty when not given. */
  readonly description: string;
  readonly engine: EngineName;
  /** Each is one run; at least one. Integers from 0 to 4,294,967,295. */
  readonly seeds: readonly number[];
  /** Target time between two blocks, or the controller's interval. */
  readonly paceMs: number;
  readonly retarget: RetargetName;
  /** Whether an author rests after its block (TRK-1). */
  readonly rest: boolean;
  /** Hashes a second of all miners together at the start. */
  readonly totalHashesPerSecond: number;
  /** Compact target of the first block; `null`: that which all hash rates meet once a pace. */
  readonly initialTarget: number | null;
  /** Compact target that is never exceeded (DIF-2); `null`: 16 times easier than the first one. */
  readonly maxTarget: number | null;
  /** Finds that are given, by time; `null`: the miners' clocks find. */
  readonly trace: readonly TracedFind[] | null;
  /** The run ends at this height, or at this time, whichever comes first. */
  readonly stop: { readonly blocks: number; readonly durationMs: number };
  /** In the order of the configuration. */
  readonly agents: readonly Agent[];
  /** All peers: the agents, and readers that neither mine nor pay. */
  readonly peers: number;
  readonly topology: Topology;
  readonly latency: Latency;
  readonly churn: Churn | null;
  /** By time. */
  readonly phases: readonly Phase[];
  /** Per cent below which a miner is a solo miner; 0 without. */
  readonly soloMinerThreshold: number;
  /** A run is a success when all of these hold; see `report`. */
  readonly success: SuccessCriteria;
}

/** What a run must reach to count as a success, and when it raises an alert (the source's monitor). */
export interface SuccessCriteria {
  readonly minBlocks: number;
  /** Share (0…1) of peers online at the end that must have the newest common block. */
  readonly minSynced: number;
  readonly minTransactionsIncluded: number;
  /** Alert when the heights of two online peers differ by more. */
  readonly maxHeightSpread: number;
  /** Alert when more transactions wait. */
  readonly maxPool: number;
}

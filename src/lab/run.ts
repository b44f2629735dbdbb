/**
 * One run of a scenario: what drives it, and what it hands over. An engine is advanced in small steps by
 * whoever hosts it (a worker, the command line, a test), so that it can be watched and stopped; it knows
 * no clock but the virtual one, and the same scenario and seed give the same record on every machine.
 *
 * @module
 */
import type { Scenario } from "./scenario/scenario.ts";

/** How far a run has come. */
export interface RunProgress {
  /** Share of the stop condition that is nearer, 0…1. */
  readonly done: number;
  readonly simulatedMs: number;
  /** Height of the best chain of all peers. */
  readonly height: number;
  /** Key blocks found so far, stale ones included. */
  readonly found: number;
}

/** A run under way. */
export interface Run {
  /** Does about `work` events; true when the run is over. Rejects with a `CodedError` when it cannot go on. */
  advance(work: number): Promise<boolean>;
  progress(): RunProgress;
  /** What was measured up to now; cheap enough for a chart that follows the run. */
  record(): RunRecord;
  /** Frees what the run holds; the record stays. */
  close(): Promise<void>;
}

/** What one agent did; agents that do not mine have zeros. */
export interface AgentRecord {
  /** Key blocks found, stale ones included. */
  readonly found: number;
  /** Key blocks on the best chain. */
  readonly blocks: number;
  /**
   * Σ, over all blocks found, of the probability that this agent finds it, given who was mining then: its
   * share of the hash rate among those that were online and not resting.
   */
  readonly expected: number;
  /** Σ p(1 − p) of the same probabilities. */
  readonly variance: number;
  /** Earned on the best chain, in micro-units of each token. */
  readonly consumer: number;
  readonly industrial: number;
  readonly created: number;
  readonly included: number;
}

/** The best chain, one entry for each key block, oldest first; same length each. */
export interface CanonRecord {
  /** Index of the agent. */
  readonly miner: Int32Array;
  /** Virtual time at which it was found. */
  readonly foundMs: Float64Array;
  /** As its header states it. */
  readonly timestampMs: Float64Array;
  /** Expected hashes, rounded to a double. */
  readonly work: Float64Array;
}

/** Samples for charts, evenly spaced in virtual time; same length each. */
export interface SeriesRecord {
  readonly atMs: Float64Array;
  readonly height: Float64Array;
  /** Expected hashes of the block that would be mined then. */
  readonly work: Float64Array;
  /** Hashes a second of everybody who mines. */
  readonly hashrate: Float64Array;
  readonly online: Float64Array;
  readonly stale: Float64Array;
  /** Greatest difference of heights between two online peers. */
  readonly spread: Float64Array;
  readonly pool: Float64Array;
}

/** What a run measured. Times are virtual milliseconds since its start. */
export interface RunRecord {
  readonly scenario: Scenario;
  readonly seed: number;
  readonly endMs: number;
  /** In the configuration's order. */
  readonly agents: readonly AgentRecord[];
  readonly canon: CanonRecord;
  readonly series: SeriesRecord;
  /** Valid key blocks that were found and are not on the best chain, those still withheld at the end among them. */
  readonly stale: number;
  /** How often one peer gave up that many blocks at once: index = depth, from 1. */
  readonly reorgDepths: readonly number[];
  /** Times at which two blocks of one height existed, counted once for each height. */
  readonly forks: number;
  /**
   * Delay from the moment a block was shown (a withheld one is found earlier) to its acceptance by a peer that it
   * reached by itself, not as somebody's ancestor: an even sample, in ms, at most 100,000.
   */
  readonly propagationMs: Float64Array;
  /** Links of each peer at the start. */
  readonly degrees: Int32Array;
  readonly transactions: {
    readonly created: number;
    /** Reached every peer that was online. */
    readonly broadcast: number;
    readonly included: number;
    /** Refused before signing: the balance did not cover it. */
    readonly unfunded: number;
  };
  /** Blocks that were refused, by code. */
  readonly refusals: Readonly<Record<string, number>>;
  /** Share of peers online at the end that have the newest common block. */
  readonly synced: number;
  readonly heightSpread: number;
  readonly poolSize: number;
  /** Hash of the event log, hex; the same on every engine. */
  readonly logHash: string;
  readonly logEvents: number;
}

/**
 * What the parts of an autonomous run share.
 *
 * @module
 */
import type { EventLog } from "../event-log.ts";
import type { Scenario } from "../scenario/scenario.ts";
import type { BlockBook } from "./block-book.ts";
import type { EventQueue } from "./event-queue.ts";
import type { LabPeer } from "./lab-peer.ts";
import type { LabStory } from "./lab-story.ts";
import type { Measure } from "./measure.ts";
import type { Neighbourhood } from "./neighbourhood.ts";

/** Kinds of planned events, and what `a` and `b` are. */
export const EventKind = {
  /** A miner's clock rings: agent, version of its plan. */
  found: 1,
  /** A miner's chances change with the time alone: agent, version of its plan. */
  replan: 2,
  /** A block reaches a peer: peer, block. */
  deliver: 3,
  /** The ancestors of a block reach a peer that asked for them: peer, block. */
  fetched: 4,
  /** A peer hears of another's best block: peer, the other. */
  greeted: 5,
  /** A peer leaves or comes back: peer. */
  churn: 6,
  /** Number of the phase. */
  phase: 7,
  sample: 8,
  /** A user's clock rings: agent. */
  pay: 9,
  /** A payment reaches a peer: peer, number of the payment. */
  payment: 10,
  /** An attacker begins: agent. */
  attack: 11,
  /** A find of the trace: agent, its place in the trace. */
  traced: 12,
} as const;

/** Shared by all parts of a run. */
export interface RunContext {
  readonly scenario: Scenario;
  readonly seed: number;
  readonly story: LabStory;
  readonly book: BlockBook;
  readonly peers: readonly LabPeer[];
  readonly neighbourhood: Neighbourhood;
  readonly queue: EventQueue;
  readonly log: EventLog;
  readonly measure: Measure;
  /** Virtual time since the start. */
  nowMs: number;
  /** Whether what one peer sends now reaches the other. */
  canReach(from: LabPeer, to: LabPeer): boolean;
  /** What a link's one-way delay is now, in ms. */
  delayNow(linkMs: number | undefined): number;
  latencyFactor: number;
}

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

/**
 * Kinds of planned events. Agents, peers and phases go by index (an agent's peer has its index), blocks and
 * payments by number; what is not named is 0.
 *
 * | kind    | `a`   | `b`                      | what happens                                               |
 * | ------- | ----- | ------------------------ | ---------------------------------------------------------- |
 * | found   | agent | version of its plan      | its clock rings; nothing, when it was planned anew since   |
 * | replan  | agent | version of its plan      | its chances change with the time alone; the same           |
 * | deliver | peer  | block                    | the block reaches the peer                                 |
 * | fetched | peer  | block                    | it and the ancestors that the peer asked for reach it      |
 * | greeted | peer  | the other peer           | it hears of the other's best block                         |
 * | churn   | peer  |                          | it leaves, or comes back                                   |
 * | phase   | phase |                          | the phase begins                                           |
 * | sample  |       |                          | the series get their next row                              |
 * | pay     | agent |                          | its clock for payments rings                               |
 * | payment | peer  | payment                  | the payment reaches the peer                               |
 * | attack  | agent |                          | it is an attacker from now on                              |
 * | traced  | agent | its place in the trace   | a given find                                               |
 */
export const EventKind = {
  found: 1,
  replan: 2,
  deliver: 3,
  fetched: 4,
  greeted: 5,
  churn: 6,
  phase: 7,
  sample: 8,
  pay: 9,
  payment: 10,
  attack: 11,
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

/**
 * A stretch of the live chain as a scenario that replays it: its real solve times and authors, the story's
 * pace, and the target that its first block stated.
 *
 * What is equal, under the story's own rule (`retarget: relief`): every block's author, its timestamp as
 * counted from the block before the stretch, and its target, to the bit. The run's genesis stands for the
 * block before. From height 1 on, with the genesis' initial target, that holds of every story. Otherwise the
 * stretch begins with the first block from which it holds, as `traceStart` finds out; where there is none it
 * begins with its first one, and targets may be up to a third easier than the story's (an author's rest before
 * the first block is not known; (3P + s) ÷ (1¾P + s) with s ≥ 2P), never easier than its cap. A first block whose target
 * is not given is taken for the easiest of its work, which is its own from 2^20 hashes on.
 *
 * @module
 */
import { CodedError } from "../../kernel/errors.ts";
import { TRACE_MAX } from "../scenario/limits.ts";
import { rateAuthors } from "./author-rates.ts";
import type { Replay, ReplayInput } from "./replay-scenario.ts";
import { type TracedBlock, type TraceStart, type TraceStory, traceStart } from "./trace-start.ts";

/** What is replayed. */
export interface TraceInput extends ReplayInput, TraceStory {
  readonly blocks: readonly TracedBlock[];
}

/** The scenario, and what it replays. */
export interface TraceReplay extends Replay {
  /** The given blocks from the first on that is replayed. */
  readonly blocks: readonly TracedBlock[];
  /** Whether the story's own rule asks of all of them what the story asked. */
  readonly isExact: boolean;
}

/** From so much work on, a compact target follows from its work. */
const TELLING_WORK = 2 ** 20;

function hexOf(compact: number): string {
  return compact.toString(16).padStart(8, "0");
}

/** What the reader of the scenario may rely on, and what not. */
function promiseOf({ target, work }: TracedBlock, { isExact, isWholeStory }: TraceStart): string {
  const isTold = isWholeStory || target !== undefined || work >= TELLING_WORK;
  const targets = isExact
    ? `Under the story's own rule every target is ${isTold ? "the real one" : "nearly the real one"}.`
    : "Nothing before the first paragraph is known: under the story's own rule targets may be up to a third easier than the real ones.";
  const rewards =
    isExact && isWholeStory
      ? "Rewards are then the real ones too, but for fees."
      : "Rewards are not the real ones: the run emits from the beginning, and its reference work (RWD-1b) starts at its first target.";
  return `# ${targets}\n# ${rewards}`;
}

/**
 * Makes the scenario, and says which miner stands for which author. Throws `nothing-to-replay` for an empty
 * stretch and `trace-too-long` {blocks, most}.
 */
export function traceScenario(input: TraceInput): TraceReplay {
  const { paceMs, story, title, maxTarget } = input;
  const start = traceStart(input);
  if (start === null) throw new CodedError("nothing-to-replay");
  const blocks = input.blocks.slice(start.from);
  if (blocks.length > TRACE_MAX) {
    throw new CodedError("trace-too-long", { blocks: blocks.length, most: TRACE_MAX });
  }
  const { authors, ids, totalHashesPerSecond } = rateAuthors({ ...input, blocks });
  const [first, last] = [blocks[0], blocks.at(-1)];
  if (first === undefined || last === undefined) throw new CodedError("nothing-to-replay");
  const stretch = `paragraphs ${first.height} to ${last.height}`;
  const agents = authors.map(
    ({ id, hashrate }) => `    - { id: "${id}", is_miner: true, hashrate: ${hashrate} }`,
  );
  const finds = blocks.map(
    ({ solveMs, author }) => `    - [${solveMs / 1_000}, "${ids.get(author) ?? ""}"]`,
  );
  const yaml = `# The live chain, replayed: ${JSON.stringify(title)}, ${stretch}
# story ${story}
# Each find is real: the time since the paragraph before, in seconds, and its author.
${promiseOf(first, start)}
# With another rule under retarget the same finds show what that rule would have asked.
# The hash rates are estimated from the stretch and find nothing; they say what was to be expected of whom.
lab:
  name: "Trace of ${stretch}"
  description: "Real solve times and authors of a stretch of the live chain."
  engine: autonomous
  pace: ${paceMs}ms
  total_hashrate: ${totalHashesPerSecond}
  initial_target: "${hexOf(start.initialTarget)}"
  max_target: "${hexOf(maxTarget)}"
  retarget: relief
  latency: { min: 0, max: 0, verify: 0 }
  trace:
${finds.join("\n")}
agents:
  user_agents:
${agents.join("\n")}
`;
  return { yaml, ids, blocks, isExact: start.isExact };
}

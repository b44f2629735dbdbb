/**
 * A stretch of the live chain as a scenario that replays it: its real solve times and authors, the story's
 * pace, and the target that its first block stated.
 *
 * What is equal, under the story's own rule (`retarget: relief`): every block's author, its timestamp as
 * counted from the block before the stretch, and its target, to the bit. The run's genesis stands for the
 * block before, and a genesis has no author (DIF-1, TRK-1). So the stretch begins with the first block that
 * neither came so late that relief eased its target (DIF-2) nor was written by the author of the block
 * before it. Where there is no such block it begins with its first one; if that one's author wrote the block
 * before it too, all targets from the second on are off by one factor, else by roundings. Without `maxTarget`, what is eased beyond 16 times the first target is not equal.
 * Without `target`, the work of the first block stands for it, from which its target follows where it is
 * 2^20 hashes or more; from less, all targets may be off by a little.
 *
 * @module
 */
import { CodedError } from "../../kernel/errors.ts";
import { compactFromTarget, targetFromCompact, targetOfWork } from "../../kernel/target.ts";
import { reliefDoublings } from "../../ledger/retarget.ts";
import { TRACE_MAX } from "../scenario/limits.ts";
import { parseScenario } from "../scenario/parse-scenario.ts";
import type { LiveBlock } from "./live-block.ts";
import { type Replay, type ReplayInput, replayScenario } from "./replay-scenario.ts";

/** A block whose target is perhaps known. */
export interface TracedBlock extends LiveBlock {
  /** Compact, as its header states it; that of its work without. */
  readonly target?: number;
}

/** What is replayed; a `ReplayInput` will do. */
export interface TraceInput extends ReplayInput {
  readonly blocks: readonly TracedBlock[];
  /** Compact target that relief never exceeds, as the story's genesis states it. */
  readonly maxTarget?: number;
}

/** The scenario, and what it replays. */
export interface TraceReplay extends Replay {
  /** The given blocks from the first on that is replayed. */
  readonly blocks: readonly TracedBlock[];
}

/** From so much work on, a compact target follows from its work. */
const TELLING_WORK = 2 ** 20;

/** From where on every target is equal to the story's. */
function exactFrom(blocks: readonly LiveBlock[], paceMs: number): number {
  return blocks.findIndex(
    ({ author, after, solveMs }) => author !== after && reliefDoublings(paceMs, solveMs) === 0,
  );
}

function hexOf(compact: number): string {
  return compact.toString(16).padStart(8, "0");
}

/** The target that a block states, or the greatest that has its work, without the relief that it had (DIF-2). */
function baseTargetOf({ target, work, solveMs }: TracedBlock, paceMs: number): number {
  const stated =
    target === undefined
      ? targetOfWork(BigInt(Math.max(1, Math.round(work))))
      : targetFromCompact(target);
  const base = stated >> BigInt(reliefDoublings(paceMs, solveMs));
  return compactFromTarget(base > 0n ? base : 1n);
}

/** What the reader of the scenario may rely on. */
function promiseOf({ target, work }: TracedBlock, isExact: boolean, maxTarget?: number): string {
  if (!isExact) {
    return "No author came in time after another one: all targets from the second on may be off by one factor.";
  }
  const real =
    target !== undefined || work >= TELLING_WORK ? "the real one" : "nearly the real one";
  const unless =
    maxTarget === undefined ? ", unless it is more than 16 times easier than the first" : "";
  return `Under the story's own rule every target is ${real}${unless}.`;
}

/**
 * Makes the scenario, and says which miner stands for which author. Throws `nothing-to-replay` for an empty
 * stretch and `trace-too-long` {blocks, most}.
 */
export function traceScenario(input: TraceInput): TraceReplay {
  const { paceMs, story, title, maxTarget } = input;
  const exact = exactFrom(input.blocks, paceMs);
  const blocks = input.blocks.slice(Math.max(0, exact));
  if (blocks.length > TRACE_MAX) {
    throw new CodedError("trace-too-long", { blocks: blocks.length, most: TRACE_MAX });
  }
  const { yaml: simulated, ids } = replayScenario({ ...input, blocks });
  const { scenario } = parseScenario(simulated);
  const [first, last] = [blocks[0], blocks.at(-1)];
  if (scenario === null || first === undefined || last === undefined) {
    throw new CodedError("nothing-to-replay");
  }
  const stretch = `paragraphs ${first.height} to ${last.height}`;
  const targets = [`  initial_target: "${hexOf(baseTargetOf(first, paceMs))}"`];
  if (maxTarget !== undefined) targets.push(`  max_target: "${hexOf(maxTarget)}"`);
  const agents = scenario.agents.map(
    ({ id, hashrate }) => `    - { id: "${id}", is_miner: true, hashrate: ${hashrate} }`,
  );
  const finds = blocks.map(
    ({ solveMs, author }) => `    - [${solveMs / 1_000}, "${ids.get(author) ?? ""}"]`,
  );
  const yaml = `# The live chain, replayed: ${JSON.stringify(title)}, ${stretch}
# story ${story}
# Each find is real: the time since the paragraph before, in seconds, and its author.
# ${promiseOf(first, exact !== -1, maxTarget)}
# With another rule under retarget the same finds show what that rule would have asked.
# The hash rates are estimated from the stretch and find nothing; they say what was to be expected of whom.
lab:
  name: "Trace of ${stretch}"
  description: "Real solve times and authors of a stretch of the live chain."
  engine: autonomous
  pace: ${paceMs}ms
  total_hashrate: ${scenario.totalHashesPerSecond}
${targets.join("\n")}
  retarget: relief
  latency: { min: 0, max: 0, verify: 0 }
  trace:
${finds.join("\n")}
agents:
  user_agents:
${agents.join("\n")}
`;
  return { yaml, ids, blocks };
}

/**
 * A stretch of the live chain as a scenario: its authors become miners with the hash rates that their blocks
 * speak for, so that a simulation can be set beside what really happened.
 *
 * @module
 */
import { CodedError } from "../../kernel/errors.ts";
import { type RatedAuthor, type RateInput, rateAuthors } from "./author-rates.ts";
import { LEAST_BLOCKS } from "./my-share.ts";

/** What is replayed. */
export interface ReplayInput extends RateInput {
  readonly title: string;
  /** Story id, hex. */
  readonly story: string;
}

/** The scenario, and which miner stands for which author. */
export interface Replay {
  readonly yaml: string;
  /** Ids of the miners by address, in the order of their blocks, most first. */
  readonly ids: ReadonlyMap<string, string>;
}

/** One line, so that a title can never become a key of the scenario. */
function oneLine(text: string): string {
  return text
    .replace(/\s+/gu, " ")
    .replace(/["\\\p{Cc}]/gu, "")
    .trim();
}

function minerEntry({ id, blocks, hashrate }: RatedAuthor): string {
  return `    # ${blocks} ${blocks === 1 ? "block" : "blocks"} of the stretch
    - id: "${id}"
      is_miner: true
      attributes:
        hashrate: "${hashrate.toFixed(2)}"`;
}

/**
 * Makes the scenario. Throws `nothing-to-replay` for an empty stretch, and `too-few-to-replay` {blocks, least}
 * for one whose blocks say more about luck than about rates.
 */
export function replayScenario(input: ReplayInput): Replay {
  const { blocks, paceMs, story } = input;
  const [first, last] = [blocks[0], blocks.at(-1)];
  if (first === undefined || last === undefined) throw new CodedError("nothing-to-replay");
  if (blocks.length < LEAST_BLOCKS) {
    throw new CodedError("too-few-to-replay", { blocks: blocks.length, least: LEAST_BLOCKS });
  }
  const { authors, ids, totalHashesPerSecond } = rateAuthors(input);
  const title = oneLine(input.title);
  const stretch = `paragraphs ${first.height} to ${last.height}`;
  const yaml = `# The live chain, replayed: “${title}”, ${stretch}
# story ${story}
# Each hash rate is the work of an author's blocks ÷ the time in which it could look for them:
# without its rests, and without the time in which nobody may publish yet.
lab:
  name: "Replay of ${stretch}"
  description: "The authors of a stretch of the live chain, with the hash rates that their blocks speak for."
  engine: autonomous
  pace: ${paceMs}ms
  blocks: ${blocks.length}
  total_hashrate: ${totalHashesPerSecond}
agents:
  user_agents:
${authors.map(minerEntry).join("\n")}
`;
  return { yaml, ids };
}

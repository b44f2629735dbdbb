/**
 * A stretch of the live chain as a scenario: its authors become miners with the hash rates that their blocks
 * speak for, so that a simulation can be set beside what really happened.
 *
 * @module
 */
import { CodedError } from "../../kernel/errors.ts";
import { ID_MAX_LENGTH, TOTAL_HASHRATE_MAX } from "../scenario/limits.ts";
import { type LiveBlock, searchMs } from "./live-block.ts";

/** What is replayed. */
export interface ReplayInput {
  readonly title: string;
  /** Story id, hex. */
  readonly story: string;
  readonly paceMs: number;
  /** Oldest first. */
  readonly blocks: readonly LiveBlock[];
  /** What an author is called. */
  readonly nameOf: (author: string) => string;
}

/** The scenario, and which miner stands for which author. */
export interface Replay {
  readonly yaml: string;
  /** Ids of the miners by address, in the order of their blocks, most first. */
  readonly ids: ReadonlyMap<string, string>;
}

/** Hash rates are written in hundredths of a per cent. */
const UNITS = 10_000;

interface Author {
  readonly address: string;
  readonly id: string;
  readonly blocks: number;
  /** Hashes a second. */
  readonly rate: number;
}

/** Names as ids of a scenario, each once. */
function idsOf(addresses: readonly string[], nameOf: (address: string) => string): string[] {
  const taken = new Set<string>();
  return addresses.map((address) => {
    const plain = nameOf(address).replace(/[^A-Za-z0-9_-]/g, "");
    const base = (plain === "" ? address : plain).slice(0, ID_MAX_LENGTH - 4);
    let id = base;
    for (let number = 2; taken.has(id); number += 1) id = `${base}-${number}`;
    taken.add(id);
    return id;
  });
}

/** Expected hashes of its blocks ÷ the time in which it could look for them. */
function rateOf(address: string, { blocks, paceMs }: ReplayInput): number {
  const work = blocks
    .filter(({ author }) => author === address)
    .reduce((sum, block) => sum + block.work, 0);
  const searched = blocks.reduce((sum, block) => sum + searchMs(block, address, paceMs), 0);
  // Who found a block looked for it, if only for a moment.
  return work / (Math.max(1, searched) / 1_000);
}

function authorsOf(input: ReplayInput): readonly Author[] {
  const counts = new Map<string, number>();
  for (const { author } of input.blocks) counts.set(author, (counts.get(author) ?? 0) + 1);
  const sorted = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const ids = idsOf(
    sorted.map(([address]) => address),
    input.nameOf,
  );
  return sorted.map(([address, blocks], index) => ({
    address,
    id: ids[index] ?? address,
    blocks,
    rate: rateOf(address, input),
  }));
}

/** Rates as hundredths of a per cent that sum to 100 %: the largest remainders get what rounding left. */
function hundredthsOf(rates: readonly number[]): readonly number[] {
  const total = rates.reduce((sum, rate) => sum + rate, 0);
  const exact = rates.map((rate) => (rate / total) * UNITS);
  // Nobody who found a block may come to nothing.
  const shares = exact.map((units) => Math.max(1, Math.floor(units)));
  let rest = UNITS - shares.reduce((sum, units) => sum + units, 0);
  const order = exact
    .map((units, index) => ({ index, rest: units - Math.floor(units) }))
    .sort((a, b) => b.rest - a.rest || a.index - b.index);
  for (let turn = 0; rest > 0; turn += 1, rest -= 1) {
    const { index = 0 } = order[turn % order.length] ?? {};
    shares[index] = (shares[index] ?? 0) + 1;
  }
  if (rest < 0) shares[0] = (shares[0] ?? 0) + rest;
  return shares;
}

/** One line, so that a title can never become a key of the scenario. */
function oneLine(text: string): string {
  return text
    .replace(/\s+/gu, " ")
    .replace(/["\\\p{Cc}]/gu, "")
    .trim();
}

function minerEntry({ id, blocks }: Author, hundredths: number): string {
  return `    # ${blocks} ${blocks === 1 ? "block" : "blocks"} of the stretch
    - id: "${id}"
      is_miner: true
      attributes:
        hashrate: "${(hundredths / 100).toFixed(2)}"`;
}

/** Makes the scenario; throws `nothing-to-replay` for an empty stretch. */
export function replayScenario(input: ReplayInput): Replay {
  const { blocks, paceMs, story } = input;
  const [first, last] = [blocks[0], blocks.at(-1)];
  if (first === undefined || last === undefined) throw new CodedError("nothing-to-replay");
  const authors = authorsOf(input);
  const total = authors.reduce((sum, { rate }) => sum + rate, 0);
  const hundredths = hundredthsOf(authors.map(({ rate }) => rate));
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
  total_hashrate: ${Math.min(TOTAL_HASHRATE_MAX, Math.max(1, Math.round(total)))}
agents:
  user_agents:
${authors.map((author, index) => minerEntry(author, hundredths[index] ?? 1)).join("\n")}
`;
  return { yaml, ids: new Map(authors.map(({ address, id }) => [address, id])) };
}

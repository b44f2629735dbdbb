/**
 * Agents out of their configuration: ids, weights, who pays, who is a solo miner.
 *
 * @module
 */
import { BLOCK_CONTROLLER_ID } from "../discovery/agent-discovery.ts";
import type { AgentEntry, AgentsSection } from "./agent-schema.ts";
import { formatDecimal } from "./decimal.ts";
import { AGENTS_MAX } from "./limits.ts";
import type { Problems } from "./problems.ts";
import { type Located, quoted, type Section } from "./reader.ts";
import type { Exact } from "./scalar-readers.ts";
import type { Agent, UserBehaviour } from "./scenario.ts";

/** How an agent pays that says nothing about it, as in the published example. */
const DEFAULT_USER: UserBehaviour = {
  transactionIntervalMs: 60_000,
  minAmount: 500_000,
  maxAmount: 2_000_000,
};

/** Names that stand for many agents in `lab.phases[].online`. */
export const GROUP_NAMES: readonly string[] = ["all", "miners"];

const HUNDRED = 100_000_000_000n;
const HASHRATE_PLACES = 9;
const ONE = 1_000_000_000n;
/** Half a per cent: more is a mistake, however many miners there are. */
const ROUNDING_MAX = ONE / 2n;
/** A millionth of a per cent. */
const NOTHING = 1_000n;

/** An entry after its two places for attributes were joined. */
interface Draft {
  readonly id: string;
  readonly at: number;
  readonly path: string;
  readonly entry: Section<AgentEntry>;
  readonly isMiner: boolean;
  readonly hashrate: Located<Exact> | undefined;
}

/** All agents in their order, or `null` when some cannot be known. */
export function readAgents(
  section: AgentsSection,
  soloMinerThreshold: number,
  problems: Problems,
): readonly Agent[] | null {
  const drafts = draftAgents(section, problems);
  if (drafts === null) return null;
  const miners = drafts.filter(({ isMiner }) => isMiner);
  const sum = miners.reduce((units, { hashrate }) => units + (hashrate?.value.units ?? 0n), 0n);
  checkSum(miners, sum, section, problems);
  return drafts.map((draft) => toAgent(draft, sum, soloMinerThreshold, problems));
}

function draftAgents(section: AgentsSection, problems: Problems): readonly Draft[] | null {
  const taken = new Set<string>();
  const drafts: Draft[] = [];
  for (const agent of section.agents) {
    const { entry, path, at } = agent;
    if (agent.name !== null && isToolScript(entry)) {
      const message = `${quoted(agent.name)} is a script of the source's tool, not a peer, and is ignored.`;
      problems.warn("ignored-key", at, path, message);
      continue;
    }
    if (drafts.length + entry.count.value > AGENTS_MAX) {
      problems.error(
        "too-many",
        entry.count.at,
        path,
        `At most ${String(AGENTS_MAX)} agents are allowed.`,
      );
      return null;
    }
    const draft = draftOf(agent, problems);
    for (const id of idsOf(agent, drafts.length)) {
      // What every object has would be found in a record by agent that does not name it.
      if (GROUP_NAMES.includes(id) || id === BLOCK_CONTROLLER_ID || id in {}) {
        const message = `${quoted(id)} has a meaning of its own; choose another id.`;
        problems.error("reserved-id", entry.id?.at ?? at, path, message);
      }
      if (taken.has(id)) {
        const message = `Two agents have the id ${quoted(id)}.`;
        problems.error("duplicate-id", entry.id?.at ?? at, path, message);
      }
      taken.add(id);
      drafts.push({ ...draft, id });
    }
  }
  return drafts;
}

/** Monitors and distributors are processes without a node. */
function isToolScript({ script, daemon, wallet, hashrate }: Section<AgentEntry>): boolean {
  const hasNode = daemon.value !== "" || wallet.value !== "" || hashrate !== undefined;
  return script.value !== "" && !hasNode;
}

function idsOf({ name, entry }: AgentsSection["agents"][number], first: number): string[] {
  const base = entry.id?.value ?? name;
  const count = entry.count.value;
  return Array.from({ length: count }, (_, index) => {
    if (base === null) return `user${String(first + index).padStart(3, "0")}`;
    return count === 1 ? base : `${base}-${String(index + 1)}`;
  });
}

function draftOf(agent: AgentsSection["agents"][number], problems: Problems): Omit<Draft, "id"> {
  const { entry, path, at } = agent;
  const known = entry.attributes?.value.known;
  const hashrate = entry.hashrate ?? known?.hashrate;
  const said = entry.is_miner ?? known?.is_miner;
  const isMiner = said?.value ?? (agent.name !== null && hashrate !== undefined);
  const places = [`${path}.attributes`, `${path}.attributes.hashrate`, `${path}.hashrate`];
  if (isMiner && hashrate === undefined && !places.some((place) => problems.has(place))) {
    const message = `This miner has no hashrate; write one in per cent, such as hashrate: "25", under attributes.`;
    problems.error("missing-hashrate", at, places[1] ?? path, message);
  }
  if (!isMiner && hashrate !== undefined) {
    const message = "This agent has a hashrate, and does not mine: is_miner is not true.";
    problems.warn("not-mining", hashrate.at, path, message);
  }
  return { at, path, entry, isMiner, hashrate };
}

function checkSum(
  miners: readonly Draft[],
  sum: bigint,
  section: AgentsSection,
  problems: Problems,
): void {
  const [first] = miners;
  if (first === undefined) {
    const at = section.agents[0]?.at ?? 0;
    const message = "Nobody mines; at least one agent needs is_miner: true and a hashrate.";
    problems.error("no-miners", at, "agents", message);
    return;
  }
  // Of miners whose hash rate or number could not be read, the sum says nothing.
  const isUnread = ({ hashrate, path }: Draft): boolean =>
    hashrate === undefined || problems.has(`${path}.count`);
  if (miners.some(isUnread) || isHundred(sum, miners)) return;
  const message = `The hash rates sum to ${formatDecimal(sum, HASHRATE_PLACES)}, not 100; each is divided by the sum.`;
  problems.warn("hashrate-sum", first.hashrate?.at ?? first.at, "agents", message);
}

/**
 * Whether a sum is 100 but for the rounding of its parts: half a unit of the last decimal place that any of them is
 * written with, for each. Whole numbers are not taken for rounded ones.
 */
function isHundred(sum: bigint, miners: readonly Draft[]): boolean {
  const off = sum > HUNDRED ? sum - HUNDRED : HUNDRED - sum;
  let unit = ONE;
  for (const { hashrate } of miners) {
    while (hashrate !== undefined && hashrate.value.units % unit !== 0n) unit /= 10n;
  }
  const rounding = unit === ONE ? 0n : (BigInt(miners.length) * unit) / 2n;
  return off <= (rounding > ROUNDING_MAX ? ROUNDING_MAX : rounding) || off <= NOTHING;
}

function toAgent(draft: Draft, sum: bigint, soloMinerThreshold: number, problems: Problems): Agent {
  const { id, entry, isMiner, hashrate } = draft;
  const share = isMiner ? hashrate?.value : undefined;
  const isSolo = share !== undefined && share.value < soloMinerThreshold;
  return {
    id,
    isMiner,
    hashrate: share?.value ?? 0,
    weight: share === undefined ? 0 : Number(share.units) / Number(sum),
    isSolo,
    user: readUser(draft, isSolo, problems),
    attack: null,
    daemon: entry.daemon.value,
    wallet: entry.wallet.value,
    userScript: entry.user_script.value,
    attributes: entry.attributes?.value.written ?? {},
  };
}

function readUser(draft: Draft, isSolo: boolean, problems: Problems): UserBehaviour | null {
  const { entry, path } = draft;
  const known = entry.attributes?.value.known;
  const interval = entry.transaction_interval ?? known?.transaction_interval;
  const min = entry.min_transaction_amount ?? known?.min_transaction_amount;
  const max = entry.max_transaction_amount ?? known?.max_transaction_amount;
  if (min !== undefined && max !== undefined && min.value > max.value) {
    const message = "The least amount is greater than the greatest one.";
    problems.error("amounts-reversed", min.at, path, message);
  }
  const isUser = entry.user_script.value !== "" || entry.script.value.includes("regular_user");
  const hasBehaviour = interval !== undefined || min !== undefined || max !== undefined;
  if (!isUser && !hasBehaviour && !isSolo) return null;
  return {
    transactionIntervalMs: interval?.value ?? DEFAULT_USER.transactionIntervalMs,
    minAmount: min?.value ?? Math.min(DEFAULT_USER.minAmount, max?.value ?? Infinity),
    maxAmount: max?.value ?? Math.max(DEFAULT_USER.maxAmount, min?.value ?? 0),
  };
}

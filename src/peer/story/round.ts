/**
 * The running round and the state of the network, read from the chain itself.
 *
 * @module
 */
import type { Chain } from "../../chain/create-chain.ts";
import type { HeaderEntry } from "../../chain/header-entry.ts";
import { workOfTarget } from "../../kernel/target.ts";
import type { ResultOf } from "../rpc/schema.ts";
import type { MiningView, RoundView } from "../rpc/shapes.ts";
import { canonEntries, reliefAt } from "./chain-facts.ts";

/** Rounds that an estimate of the rate looks back on: enough to smooth luck, few enough to follow people. */
const RATE_WINDOW = 20;
/** Rounds that `get_network` lists. */
const LISTED_ROUNDS = 120;

function recent(chain: Chain, count: number): readonly HeaderEntry[] {
  const { height } = chain.tip();
  return canonEntries(chain, height - count + 1, count);
}

/** Hashes a second of everybody together over the last rounds; null before two blocks. */
export function estimatedRate(chain: Chain): number | null {
  const entries = recent(chain, RATE_WINDOW + 1);
  const first = entries[0];
  const last = entries.at(-1);
  if (first === undefined || last === undefined || first === last) return null;
  const seconds = (last.timestampMs - first.timestampMs) / 1_000;
  if (seconds <= 0) return null;
  const work = entries.slice(1).reduce((sum, entry) => sum + entry.work, 0n);
  return Number(work) / seconds;
}

/** When a block is due at `hashesPerSecond`; null when that is beyond any calendar. */
function expectedAt(nowMs: number, difficulty: number, hashesPerSecond: number): number | null {
  const atMs = Math.round(nowMs + (difficulty / hashesPerSecond) * 1_000);
  return Number.isSafeInteger(atMs) ? atMs : null;
}

/** `get_round`. */
export function roundView(
  chain: Chain,
  nowMs: number,
  self: string | null,
  mining: MiningView,
  trackerPeer: string | null,
): RoundView {
  const tip = chain.tip();
  const required = chain.requiredTargetAt(nowMs);
  const rate = estimatedRate(chain);
  const network = Math.max(rate ?? 0, mining.hashesPerSecond);
  const difficulty = Number(workOfTarget(required));
  return {
    height: tip.height + 1,
    tracker: tip.author,
    trackerIsMe: self !== null && tip.author === self,
    trackerPeer,
    startedMs: tip.timestampMs,
    paceMs: chain.genesis.paceMs,
    expectedMs: expectedAt(nowMs, difficulty, network),
    chance: mining.active && network > 0 ? Math.min(1, mining.hashesPerSecond / network) : null,
    restUntilMs: mining.restUntilMs,
    relief: reliefAt(chain, nowMs),
  };
}

/** `get_network`. */
export function networkView(chain: Chain, nowMs: number): ResultOf<"get_network"> {
  const tip = chain.tip();
  const entries = recent(chain, LISTED_ROUNDS);
  return {
    height: tip.height,
    totalWork: tip.totalWork.toString(),
    difficulty: workOfTarget(chain.requiredTargetAt(nowMs)).toString(),
    estimatedRate: estimatedRate(chain),
    paceMs: chain.genesis.paceMs,
    rounds: entries.map((entry) => ({
      height: entry.height,
      solveMs: entry.timestampMs - (entry.keyParent?.timestampMs ?? entry.timestampMs),
      work: entry.work.toString(),
      author: entry.author ?? "0".repeat(64),
    })),
    forks: chain.apocrypha().length,
    authors: new Set(entries.map((entry) => entry.author)).size,
    headerCount: tip.height + chain.apocrypha().length,
  };
}

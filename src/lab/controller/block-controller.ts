/**
 * The source's block controller: each interval it asks agent discovery who mines, chooses one by hash rate
 * and tells it over the RPC table to generate a block. A refusal is counted, and the interval passes
 * without a block.
 *
 * @module
 */
import { isCoded } from "../../kernel/errors.ts";
import type { AgentDiscovery, DiscoveredAgent } from "../discovery/agent-discovery.ts";
import { type EventLog, LogKind } from "../event-log.ts";
import { createRandom } from "../random/random.ts";
import type { FoundBlock, FoundBlocks } from "./found-blocks.ts";
import type { Resident } from "./residents.ts";
import { chooseByHashrate } from "./weighted-choice.ts";

/** What each agent had reason to expect of the lots that were drawn. */
export interface Expectation {
  /** Σ p over all blocks, and Σ p(1 − p). */
  expected: number;
  variance: number;
}

/** The controller of a run. */
export interface BlockController {
  /** One interval; resolves to the block that came of it, if any. */
  turn(): Promise<FoundBlock | null>;
  /** By agent. */
  readonly expectations: readonly Readonly<Expectation>[];
  /** Key blocks that each agent made. */
  readonly found: readonly number[];
}

interface ControllerParts {
  readonly seed: number;
  readonly residents: readonly Resident[];
  readonly blocks: FoundBlocks;
  readonly log: EventLog;
  readonly elapsedMs: () => number;
  readonly discovery: AgentDiscovery;
  readonly onRefused: (code: string) => void;
}

/** Creates the controller. */
export function createBlockController(parts: ControllerParts): BlockController {
  const { seed, residents, discovery, blocks, log, elapsedMs, onRefused } = parts;
  const random = createRandom(seed, "controller");
  const byId = new Map(residents.map((resident) => [resident.id, resident]));
  const expectations = residents.map((): Expectation => ({ expected: 0, variance: 0 }));
  const found = residents.map(() => 0);

  const expect = (miners: readonly DiscoveredAgent[], probabilities: readonly number[]): void => {
    for (const [at, { id }] of miners.entries()) {
      const entry = expectations[byId.get(id)?.index ?? -1];
      const p = probabilities[at] ?? 0;
      if (entry === undefined) continue;
      entry.expected += p;
      entry.variance += p * (1 - p);
    }
  };

  const activeMiners = (): readonly DiscoveredAgent[] | null => {
    try {
      return discovery.getMinerAgents();
    } catch (reason) {
      if (!isCoded(reason, "no-miners")) throw reason;
      onRefused(reason.code);
      return null;
    }
  };

  const generate = async (maker: Resident): Promise<FoundBlock | null> => {
    const client = maker.peer?.client;
    if (client === undefined) return null;
    try {
      const made = await client.request({ method: "generate_block" });
      const foundMs = elapsedMs();
      found[maker.index] = (found[maker.index] ?? 0) + 1;
      return await blocks.add(client, {
        id: made.hash,
        height: made.height,
        miner: maker.index,
        foundMs,
      });
    } catch (reason) {
      if (!isCoded(reason) || reason.code.startsWith("lab-")) throw reason;
      onRefused(reason.code);
      log.add(LogKind.refused, elapsedMs(), maker.index, blocks.count());
      return null;
    }
  };

  return {
    expectations,
    found,
    async turn() {
      const miners = activeMiners();
      if (miners === null) return null;
      const hashrates = miners.map(({ hashrate }) => hashrate);
      const { index, probabilities } = chooseByHashrate(hashrates, random);
      const maker = byId.get(miners[index]?.id ?? "");
      const block = maker === undefined ? null : await generate(maker);
      if (block !== null) expect(miners, probabilities);
      return block;
    },
  };
}

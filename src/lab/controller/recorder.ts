/**
 * The record of a run: what the parts have counted, put in the shape that every engine hands over.
 *
 * @module
 */
import type { Clock } from "../../peer/ports.ts";
import type { AgentDiscovery } from "../discovery/agent-discovery.ts";
import type { Links } from "../engine/links.ts";
import { createSeriesRows } from "../engine/samples.ts";
import type { EventLog } from "../event-log.ts";
import type { AgentRecord, CanonRecord, RunRecord, SeriesRecord } from "../run.ts";
import type { Scenario } from "../scenario/scenario.ts";
import type { BlockController } from "./block-controller.ts";
import { type Carried, chainTo, type FoundBlock, type FoundBlocks } from "./found-blocks.ts";
import type { Measurements } from "./measurements.ts";
import type { UserPayments } from "./payments.ts";
import type { Resident } from "./residents.ts";

/** Charts need no more points; a longer run is sampled less often. */
const SAMPLES = 400;
const MIN_SAMPLE_MS = 1_000;

const COLUMNS = [
  "atMs",
  "height",
  "work",
  "hashrate",
  "online",
  "stale",
  "spread",
  "pool",
] as const satisfies readonly (keyof SeriesRecord)[];

/** Makes records. */
export interface Recorder {
  /** Begins to sample. */
  start(): void;
  /** One sample now. */
  sample(): void;
  record(): RunRecord;
}

interface RecorderParts {
  readonly scenario: Scenario;
  readonly seed: number;
  readonly clock: Clock;
  readonly elapsedMs: () => number;
  readonly residents: readonly Resident[];
  readonly links: Links;
  readonly log: EventLog;
  readonly blocks: FoundBlocks;
  readonly measurements: Measurements;
  readonly controller: BlockController;
  readonly payments: UserPayments;
  readonly discovery: AgentDiscovery;
  readonly refusals: ReadonlyMap<string, number>;
  /** What is sealed on the last block, known at the end of the run. */
  readonly openRound: () => readonly Carried[];
}

/** Creates the recorder. */
export function createRecorder(parts: RecorderParts): Recorder {
  const { scenario, seed, clock, elapsedMs, residents, links, log, blocks } = parts;
  const { measurements, controller, payments, discovery, refusals } = parts;
  const rows = createSeriesRows(COLUMNS.length, 2 * SAMPLES);
  const expectedMs = Math.min(scenario.stop.durationMs, scenario.stop.blocks * scenario.paceMs);
  const sampleMs = Math.max(MIN_SAMPLE_MS, Math.ceil(expectedMs / SAMPLES));
  const startHashrate = scenario.agents.reduce((sum, { hashrate }) => sum + hashrate, 0);

  const online = (): readonly Resident[] => residents.filter(({ peer }) => peer !== null);
  const spread = (): number => {
    const heights = online().map(({ tip }) => tip.height);
    return heights.length === 0 ? 0 : Math.max(...heights) - Math.min(...heights);
  };
  const pool = (): number => Math.max(0, ...online().map((resident) => resident.pool));
  const hashesPerSecond = (): number => {
    if (startHashrate === 0) return 0;
    const { miners } = discovery.getAgentRegistry();
    const mining = miners.reduce((sum, miner) => sum + (miner.isOnline ? miner.hashrate : 0), 0);
    return (mining / startHashrate) * scenario.totalHashesPerSecond;
  };
  /** Share of peers online that have the block below the best one, which all had time to hear of. */
  const synced = (): number => {
    const { parent } = blocks.best();
    const present = online();
    const having = present.filter(({ index }) => parent === null || parent.taken[index] === 1);
    return present.length === 0 ? 0 : having.length / present.length;
  };
  const staleOn = (chainLength: number): number => blocks.count() - chainLength;

  const sample = (): void => {
    const { height, work } = blocks.best();
    const row: Record<keyof SeriesRecord, number> = {
      atMs: elapsedMs(),
      height,
      // At the easiest target there is, every block costs the same.
      work: Math.max(1, Number(work)),
      hashrate: hashesPerSecond(),
      online: online().length,
      stale: staleOn(height),
      spread: spread(),
      pool: pool(),
    };
    rows.add(COLUMNS.map((column) => row[column]));
  };
  const loop = (): void => {
    sample();
    clock.after(sampleMs, loop);
  };

  const agentRecords = (chain: readonly FoundBlock[]): readonly AgentRecord[] => {
    const earned = residents.map(() => ({ blocks: 0, consumer: 0n, industrial: 0n }));
    const included = includedBy(chain);
    for (const { miner, parent, paid } of chain) {
      const [author, tracker] = [earned[miner], earned[parent?.miner ?? -1]];
      if (author !== undefined) {
        author.blocks++;
        author.consumer += paid.author.consumer;
        author.industrial += paid.author.industrial;
      }
      if (tracker !== undefined) {
        tracker.consumer += paid.tracker.consumer;
        tracker.industrial += paid.tracker.industrial;
      }
    }
    return scenario.agents.map((_, agent) => ({
      found: controller.found[agent] ?? 0,
      blocks: earned[agent]?.blocks ?? 0,
      expected: controller.expectations[agent]?.expected ?? 0,
      variance: controller.expectations[agent]?.variance ?? 0,
      consumer: Number(earned[agent]?.consumer ?? 0n),
      industrial: Number(earned[agent]?.industrial ?? 0n),
      created: measurements.createdBy(agent),
      included: included[agent] ?? 0,
    }));
  };
  /** Payments of each agent that stand on the best chain. */
  const includedBy = (chain: readonly FoundBlock[]): readonly number[] => {
    const included = residents.map(() => 0);
    for (const { txid } of [...chain.flatMap(({ carries }) => carries), ...parts.openRound()]) {
      const payer = measurements.payerOf(txid);
      if (payer !== undefined) included[payer] = (included[payer] ?? 0) + 1;
    }
    return included;
  };

  return {
    start: loop,
    sample,
    record() {
      const chain = chainTo(blocks.best());
      const agents = agentRecords(chain);
      return {
        scenario,
        seed,
        endMs: elapsedMs(),
        agents,
        canon: canonRecord(chain, clock.now() - elapsedMs()),
        series: seriesRecord((column) => rows.column(column)),
        stale: staleOn(chain.length),
        reorgDepths: measurements.reorgDepths(),
        forks: blocks.forks(),
        propagationMs: measurements.propagationMs(),
        degrees: Int32Array.from(
          residents,
          ({ index }) => (links.first[index + 1] ?? 0) - (links.first[index] ?? 0),
        ),
        transactions: {
          created: measurements.created,
          broadcast: measurements.broadcast,
          included: agents.reduce((sum, { included }) => sum + included, 0),
          unfunded: payments.unfunded,
        },
        refusals: Object.fromEntries([...refusals].toSorted(([a], [b]) => (a < b ? -1 : 1))),
        synced: synced(),
        heightSpread: spread(),
        poolSize: pool(),
        logHash: log.digest(),
        logEvents: log.count(),
      };
    },
  };
}

function canonRecord(chain: readonly FoundBlock[], startMs: number): CanonRecord {
  return {
    miner: Int32Array.from(chain, ({ miner }) => miner),
    foundMs: Float64Array.from(chain, ({ foundMs }) => foundMs),
    timestampMs: Float64Array.from(chain, ({ timestampMs }) => timestampMs - startMs),
    work: Float64Array.from(chain, ({ work }) => Number(work)),
  };
}

function seriesRecord(column: (index: number) => Float64Array): SeriesRecord {
  const of = (name: keyof SeriesRecord): Float64Array => column(COLUMNS.indexOf(name));
  return {
    atMs: of("atMs"),
    height: of("height"),
    work: of("work"),
    hashrate: of("hashrate"),
    online: of("online"),
    stale: of("stale"),
    spread: of("spread"),
    pool: of("pool"),
  };
}

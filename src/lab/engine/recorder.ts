/**
 * The record of an autonomous run: samples on the way, sums at the end.
 *
 * @module
 */
import type { RunRecord, SeriesRecord } from "../run.ts";
import type { MinerClocks } from "./miner-clocks.ts";
import type { Payments } from "./payments.ts";
import { EventKind, type RunContext } from "./run-context.ts";
import { createSeriesRows } from "./samples.ts";

/** Takes samples and makes the record. */
export interface Recorder {
  begin(): void;
  /** Takes a row of the series and plans the next one. */
  sample(): void;
  record(): RunRecord;
}

/** Rows aimed at; when a run lasts longer than thought, the series is thinned. */
const SERIES_ROWS = 400;
const MAX_SERIES_ROWS = 2 * SERIES_ROWS;
const COLUMNS = 8;

/** Creates the recorder of a run. */
export function createRecorder(
  context: RunContext,
  { clocks, payments }: { readonly clocks: MinerClocks; readonly payments: Payments },
): Recorder {
  const { scenario, measure, book, peers, queue, log } = context;
  const { canon } = measure;
  const degrees = Int32Array.from(
    peers,
    ({ index }) => context.neighbourhood.of(index).peers.length,
  );
  const rows = createSeriesRows(COLUMNS, MAX_SERIES_ROWS);
  const expectedMs = Math.min(scenario.stop.durationMs, scenario.stop.blocks * scenario.paceMs);
  const everyMs = Math.max(1, Math.round(expectedMs / SERIES_ROWS));

  const heightOf = (peer: { readonly head: number }): number => book.block(peer.head).entry.height;

  const online = (): { count: number; spread: number } => {
    let count = 0;
    let [least, most] = [Number.POSITIVE_INFINITY, 0];
    for (const peer of peers) {
      if (!peer.online) continue;
      const height = heightOf(peer);
      count++;
      if (height < least) least = height;
      if (height > most) most = height;
    }
    return { count, spread: count === 0 ? 0 : most - least };
  };

  const stale = (): number => measure.valid() - canon.height;

  const row = (): readonly number[] => {
    const { count, spread } = online();
    return [
      context.nowMs,
      canon.height,
      clocks.workOn(canon.best),
      clocks.totalRate(),
      count,
      stale(),
      spread,
      payments.poolSize(),
    ];
  };

  const series = (): SeriesRecord => ({
    atMs: rows.column(0),
    height: rows.column(1),
    work: rows.column(2),
    hashrate: rows.column(3),
    online: rows.column(4),
    stale: rows.column(5),
    spread: rows.column(6),
    pool: rows.column(7),
  });

  /** Share of peers online that have the block below the best one, which all had time to hear of. */
  const synced = (): number => {
    const common = book.block(canon.best).parent;
    const there = peers.filter((peer) => peer.online);
    if (there.length === 0) return 0;
    return there.filter((peer) => peer.knows(common)).length / there.length;
  };

  return {
    begin() {
      rows.add(row());
      queue.add(everyMs, EventKind.sample, 0, 0);
    },
    sample() {
      rows.add(row());
      // A run may last a million times longer than its blocks should take.
      queue.add(context.nowMs + rows.skipToKept() * everyMs, EventKind.sample, 0, 0);
    },
    record() {
      return {
        scenario,
        seed: context.seed,
        endMs: context.nowMs,
        agents: scenario.agents.map((_, agent) => ({
          found: measure.found[agent] ?? 0,
          ...canon.earned(agent),
          expected: measure.expected[agent] ?? 0,
          variance: measure.variance[agent] ?? 0,
          created: payments.counts.created[agent] ?? 0,
        })),
        canon: canon.record(),
        series: series(),
        stale: stale(),
        reorgDepths: measure.reorgDepths(),
        forks: measure.forks(),
        propagationMs: measure.propagation.values(),
        degrees,
        transactions: {
          created: payments.counts.created.reduce((sum, count) => sum + count, 0),
          broadcast: payments.counts.broadcast,
          included: scenario.agents.reduce(
            (sum, _, agent) => sum + canon.earned(agent).included,
            0,
          ),
          unfunded: payments.counts.unfunded,
        },
        refusals: measure.refusals(),
        synced: synced(),
        heightSpread: online().spread,
        poolSize: payments.poolSize(),
        logHash: log.digest(),
        logEvents: log.count(),
      };
    },
  };
}

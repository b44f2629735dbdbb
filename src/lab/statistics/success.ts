/**
 * Did the run do what it should, and did anything look wrong meanwhile? The source's monitor.
 *
 * @module
 */
import type { RunRecord } from "../run.ts";
import type { Alert, AlertName, Criterion } from "./summary.ts";

/** The scenario's conditions of success, met or not. */
export function criteriaOf(record: RunRecord): readonly Criterion[] {
  const { success } = record.scenario;
  const { broadcast, included } = record.transactions;
  const blocks = record.canon.miner.length;
  const payments = success.minTransactionsIncluded;
  const checks = [
    { name: "blocks_created", value: blocks, wanted: success.minBlocks },
    { name: "blocks_propagated", value: record.synced, wanted: success.minSynced },
    { name: "transactions_created_broadcast", value: broadcast, wanted: payments },
    { name: "transactions_in_blocks", value: included, wanted: payments },
  ] as const;
  return checks.map((check) => ({ ...check, pass: check.value >= check.wanted }));
}

/** Where a sampled figure first passes its bound, with the worst of all samples; `null` when it never does. */
function passes(
  name: AlertName,
  { atMs }: { readonly atMs: Float64Array },
  values: Float64Array,
  bound: number,
): Alert | null {
  const first = values.findIndex((value) => value > bound);
  if (first === -1) return null;
  const worst = values.reduce((most, value) => Math.max(most, value), bound);
  return { name, atMs: atMs[first] ?? 0, value: worst, bound };
}

/** What should not go unnoticed, by time. */
export function alertsOf(record: RunRecord): readonly Alert[] {
  const { series, endMs, scenario, refusals } = record;
  const { success } = scenario;
  const idle = series.hashrate.findIndex((hashrate) => hashrate <= 0);
  const idleMs = scenario.agents.some(({ isMiner }) => isMiner) ? series.atMs[idle] : 0;
  const refused = Object.values(refusals).reduce((sum, count) => sum + count, 0);
  const alerts: readonly (Alert | null)[] = [
    record.synced < success.minSynced
      ? { name: "low-sync", atMs: endMs, value: record.synced, bound: success.minSynced }
      : null,
    passes("height-spread", series, series.spread, success.maxHeightSpread),
    idleMs === undefined ? null : { name: "no-miners", atMs: idleMs, value: 0, bound: 0 },
    passes("full-pool", series, series.pool, success.maxPool),
    refused > 0 ? { name: "refused-blocks", atMs: endMs, value: refused, bound: 0 } : null,
  ];
  return alerts.filter((alert) => alert !== null).toSorted((a, b) => a.atMs - b.atMs);
}

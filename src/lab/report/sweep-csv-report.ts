/**
 * A sweep as CSV (RFC 4180), one line for each run.
 *
 * @module
 */
import type { AxisName } from "../sweep/sweep-axes.ts";
import type { SweepResult, SweepRun } from "../sweep/sweep-result.ts";

const AXIS_COLUMNS: Readonly<Record<AxisName, string>> = {
  latency: "latency_ms",
  pace: "pace_ms",
  attacker: "attacker_percent",
  peers: "peers",
  degree: "degree",
};

type Cell = string | number | null | undefined;

const FIGURES: readonly (readonly [column: string, of: (run: SweepRun) => Cell])[] = [
  ["seed", ({ seed }) => seed],
  ["blocks", ({ blocks }) => blocks],
  ["found", ({ found }) => found],
  ["stale", ({ stale }) => stale],
  ["stale_rate", ({ staleRate }) => staleRate],
  ["stale_low", ({ staleBand }) => staleBand.low],
  ["stale_high", ({ staleBand }) => staleBand.high],
  ["stale_theory", ({ theory }) => theory?.staleRate],
  ["fork_rate", ({ forkRate }) => forkRate],
  ["fork_theory", ({ theory }) => theory?.forkRate],
  ["deepest", ({ deepest }) => deepest],
  ["mean_depth", ({ meanDepth }) => meanDepth],
  ["propagation_p50_ms", ({ propagationP50Ms }) => propagationP50Ms],
  ["propagation_p95_ms", ({ propagationP95Ms }) => propagationP95Ms],
  ["mean_block_time_ms", ({ meanBlockTimeMs }) => meanBlockTimeMs],
  ["attacker_weight", ({ attacker }) => attacker?.alpha],
  ["attacker_share", ({ attacker }) => attacker?.share],
  ["attacker_theory", ({ attacker }) => attacker?.theory],
  ["attacker_standard_error", ({ attacker }) => attacker?.standardError],
  ["log_hash", ({ logHash }) => logHash],
];

/** All runs, by point and then by seed; an empty field where there is nothing to tell. */
export function sweepCsvReport({ axes, runs }: SweepResult): string {
  const names = axes.map(({ name }) => name);
  const head = [...names.map((name) => AXIS_COLUMNS[name]), ...FIGURES.map(([column]) => column)];
  const lines = runs.map((run) =>
    [...names.map((name) => run.values[name]), ...FIGURES.map(([, of]) => of(run))]
      .map((cell) => cell ?? "")
      .join(","),
  );
  return `${[head.join(","), ...lines].join("\r\n")}\r\n`;
}

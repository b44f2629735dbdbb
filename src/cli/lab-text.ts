/**
 * Runs and comparisons as text for a terminal.
 *
 * @module
 */
import {
  bandText,
  chanceText,
  countText,
  durationText,
  figureText,
  percentText,
  plural,
  rangeText,
  tokensText,
} from "../lab/report/format.ts";
import type { RunReport } from "../lab/report/json-report.ts";
import {
  alertText,
  blockTimesVerdict,
  criterionText,
  forksVerdict,
  giniVerdict,
  propagationVerdict,
  selfishVerdict,
  sharesVerdict,
  stabilityVerdict,
  staleOverSeedsText,
  transactionsVerdict,
} from "../lab/report/verdicts.ts";
import type { Comparison } from "../lab/statistics/compare-runs.ts";
import type { RunSummary } from "../lab/statistics/summary.ts";

/** Miners of a table; the others stand in the JSON. */
const MINERS_SHOWN = 24;

/** Columns side by side: the first to the left, the others to the right. */
export function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    rows.reduce((width, row) => Math.max(width, (row[column] ?? "").length), 0),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join("  "),
    )
    .join("\n");
}

function minersTable({ miners }: RunSummary): string {
  if (miners.length === 0) return "";
  const rows = miners
    .slice(0, MINERS_SHOWN)
    .map((miner) => [
      miner.attack === null ? miner.id : `${miner.id} (${miner.attack})`,
      percentText(miner.weight),
      percentText(miner.expectedShare),
      `${percentText(miner.share)}${miner.inBand === false ? " !" : ""}`,
      bandText(miner),
      countText(miner.blocks),
      tokensText(miner.reward),
    ]);
  const more = miners.length - rows.length;
  const table = aligned([
    ["miner", "hash rate", "expected", "share", "95 % band", "blocks", "both tokens"],
    ...rows,
  ]);
  return more > 0 ? `${table}\n… and ${plural(more, "more miner")}; --json has all` : table;
}

function checks({ criteria, alerts }: RunSummary): string {
  const lines = [
    ...criteria.map((criterion) => [criterion.pass ? "met" : "not met", criterionText(criterion)]),
    ...alerts.map((alert) => ["alert", alertText(alert)]),
  ];
  return lines.map(([mark = "", text = ""]) => `${mark.padEnd(9)}${text}`).join("\n");
}

function seedsTable({ runs = [], sharesOverSeeds = [], forks: { overSeeds } }: RunReport): string {
  if (overSeeds === undefined) return "";
  const bySeed = aligned([
    ["seed", "blocks", "mean block time", "stale", "hash of the log"],
    ...runs.map(({ seed, blocks, blockTimes, forks, logHash }) => [
      String(seed),
      countText(blocks),
      blockTimes.sample === null ? "–" : durationText(blockTimes.sample.mean),
      percentText(forks.staleRate),
      logHash,
    ]),
  ]);
  const shares = aligned([
    ["miner", "mean share", "95 % interval", "deviation"],
    ...sharesOverSeeds
      .slice(0, MINERS_SHOWN)
      .map(({ id, mean, interval, deviation }) => [
        id,
        percentText(mean),
        rangeText(interval),
        percentText(deviation),
      ]),
  ]);
  return `All seeds (above: the first)\n${bySeed}\n\n${shares}\n\n${staleOverSeedsText(overSeeds)}`;
}

/** What `lab run` prints. */
export function runText(report: RunReport): string {
  const { scenario, engine, seed, blocks, endMs, logHash, logEvents } = report;
  const head = `${scenario.name}: ${engine} engine, seed ${seed}, ${plural(blocks, "block")} in ${durationText(endMs)}`;
  const verdicts = [
    sharesVerdict(report),
    blockTimesVerdict(report),
    stabilityVerdict(report),
    forksVerdict(report),
    propagationVerdict(report),
    giniVerdict(report),
    transactionsVerdict(report),
    ...report.selfish.map(selfishVerdict),
  ];
  const parts = [
    head,
    minersTable(report),
    verdicts.join("\n"),
    checks(report),
    seedsTable(report),
    `log ${logHash} (${plural(logEvents, "event")})`,
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

/** Below this chance a difference is named. */
const SIGNIFICANT = 0.05;

/** Names the shares that differ; of many miners a few do by chance. */
function shareVerdicts({ shares }: Comparison): readonly string[] {
  const differ = shares.filter(({ pValue }) => pValue !== null && pValue < SIGNIFICANT);
  if (shares.length === 0) return ["The shares: no miner is in both."];
  if (differ.length === 0) return ["The shares: no difference that these runs could show."];
  const chance = `${plural(differ.length, "share")} of ${countText(shares.length)} ${differ.length === 1 ? "differs" : "differ"}; by chance 1 in 20 would.`;
  return [...differ.slice(0, MINERS_SHOWN).map(({ verdict }) => verdict), chance];
}

/** What `lab compare` prints; `names` are what was compared. */
export function comparisonText(comparison: Comparison, names: readonly [string, string]): string {
  const { a, b, blockTimes, work, propagation, staleRate, shares } = comparison;
  const sides = [a, b].map(
    ({ name, seeds, blocks }, index) =>
      `${index === 0 ? "A" : "B"}: ${names[index]} (${name}), ${seeds.length === 1 ? "seed" : "seeds"} ${seeds.join(", ")}, ${plural(blocks, "block")}`,
  );
  const duration = (ms: number | null): string => (ms === null ? "–" : durationText(ms));
  const hashes = (count: number | null): string => (count === null ? "–" : countText(count));
  const chance = (p: number | null | undefined): string => (p == null ? "–" : chanceText(p));
  const table = aligned([
    ["", "A", "B", ""],
    [
      "mean block time",
      duration(blockTimes.a),
      duration(blockTimes.b),
      chance(blockTimes.test?.pValue),
    ],
    ["expected hashes", hashes(work.a), hashes(work.b), "–"],
    [
      "finding to acceptance",
      duration(propagation.a),
      duration(propagation.b),
      chance(propagation.test?.pValue),
    ],
    ["stale rate", percentText(staleRate.a), percentText(staleRate.b), chance(staleRate.pValue)],
    ...shares
      .slice(0, MINERS_SHOWN)
      .map((share) => [
        `share of ${share.id}`,
        percentText(share.a),
        percentText(share.b),
        chance(share.pValue),
      ]),
  ]);
  const { test } = blockTimes;
  const welch =
    test === null || test.t === null
      ? ""
      : `Block times: Welch's t = ${figureText(test.t)}, ${figureText(test.df ?? 0)} degrees of freedom, ${chanceText(test.pValue)}, effect ${figureText(test.effect ?? 0)} standard deviations.`;
  const verdicts = [blockTimes, work, propagation, staleRate].map(({ verdict }) => verdict);
  return [sides.join("\n"), table, welch, [...verdicts, ...shareVerdicts(comparison)].join("\n")]
    .filter((part) => part !== "")
    .join("\n\n");
}

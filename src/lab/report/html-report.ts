/**
 * A run as one HTML page that stands on its own: no script, no other file, the same bytes for the same run.
 *
 * @module
 */
import type { RunRecord } from "../run.ts";
import { overSeeds } from "../statistics/over-seeds.ts";
import type { RunSummary } from "../statistics/summary.ts";
import { blockTimeSection, courseSection } from "./block-time-section.ts";
import { countText, durationText, percentText, plural, rangeText } from "./format.ts";
import { html, type Markup } from "./markup.ts";
import { forkSection, presenceSection, propagationSection } from "./network-section.ts";
import { page, pageHeader, yamlSection } from "./page.ts";
import { selfishSection } from "./selfish-section.ts";
import { rewardSection, shareSection } from "./share-section.ts";
import { table } from "./table.ts";
import { alertText, criterionText, staleOverSeedsText } from "./verdicts.ts";

/** A run with its figures. */
export interface ReportedRun {
  readonly record: RunRecord;
  readonly summary: RunSummary;
}

const ENGINES = {
  autonomous: "autonomous miners",
  controller: "block controller",
} as const;

function header(summary: RunSummary, runs: number): Markup {
  const { scenario, engine, seed, logHash, logEvents, endMs, blocks, miners } = summary;
  const rows: readonly (readonly [string, string | Markup])[] = [
    ["Engine", ENGINES[engine]],
    ["Blocks", countText(blocks)],
    ["Time of the run", durationText(endMs)],
    ["Pace", durationText(scenario.paceMs)],
    ["Difficulty rule", scenario.retarget],
    ["Miners", countText(miners.length)],
    ["Peers", countText(scenario.peers)],
    ["Seed", runs > 1 ? `${seed}, the first of ${runs}` : String(seed)],
    [`Hash of the log (${plural(logEvents, "event")})`, html`<span class="hash">${logHash}</span>`],
  ];
  return pageHeader(scenario.name, scenario.description, rows);
}

function outcome({ criteria, success, alerts }: RunSummary): Markup {
  return html`<section><h2>${success ? "The run did what it should" : "The run did not do what it should"}</h2>
<ul class="checks">${criteria.map((criterion) =>
    criterion.pass
      ? html`<li><b class="pass">met</b><span>${criterionText(criterion)}</span></li>`
      : html`<li><b class="fail">not met</b><span>${criterionText(criterion)}</span></li>`,
  )}${alerts.map(
    (alert) => html`<li><b class="alert">alert</b><span>${alertText(alert)}</span></li>`,
  )}</ul>${alerts.length === 0 ? html`<p class="note">No alerts.</p>` : null}</section>`;
}

function seedsSection(summaries: readonly [RunSummary, ...RunSummary[]]): Markup | null {
  if (summaries.length < 2) return null;
  const { shares, stale } = overSeeds(summaries);
  return html`<section><h2>All seeds</h2><p class="verdict">The sections above are about the first seed. ${staleOverSeedsText(stale)}</p>${table(
    [
      { name: "Seed", isText: true },
      { name: "Blocks" },
      { name: "Mean block time" },
      { name: "Stale rate" },
      { name: "Hash of the log", isText: true },
    ],
    summaries.map(({ seed, blocks, blockTimes, forks, logHash }) => [
      String(seed),
      countText(blocks),
      blockTimes.sample === null ? "–" : durationText(blockTimes.sample.mean),
      percentText(forks.staleRate),
      html`<span class="hash">${logHash.slice(0, 16)}…</span>`,
    ]),
  )}</section><section><h2>Shares over all seeds</h2>${table(
    [
      { name: "Miner", isText: true },
      { name: "Mean share" },
      { name: "95 % interval of the mean" },
      { name: "Standard deviation" },
    ],
    shares.map(({ id, mean, interval, deviation }) => [
      id,
      percentText(mean),
      rangeText(interval),
      percentText(deviation),
    ]),
  )}</section>`;
}

/**
 * The report of one run, or of a scenario's runs in the order of their seeds: the plots show the first.
 *
 * @param yaml - the scenario as it was written, which the report repeats
 */
export function htmlReport(yaml: string, runs: readonly [ReportedRun, ...ReportedRun[]]): string {
  const [{ record, summary }, ...others] = runs;
  return page(summary.scenario.name, [
    header(summary, runs.length),
    outcome(summary),
    shareSection(summary),
    selfishSection(summary),
    blockTimeSection(summary),
    courseSection(summary, record),
    forkSection(summary),
    propagationSection(summary, record),
    rewardSection(summary, record),
    presenceSection(summary, record),
    seedsSection([summary, ...others.map((run) => run.summary)]),
    yamlSection(yaml),
  ]);
}

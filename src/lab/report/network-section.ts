/**
 * What the network did to blocks and payments: forks, spreading, who was there, what waited.
 *
 * @module
 */
import type { RunRecord } from "../run.ts";
import { binWidth, histogramOf } from "../statistics/histogram.ts";
import type { RunSummary } from "../statistics/summary.ts";
import { countText, durationText, figureText, percentFigure, percentText } from "./format.ts";
import { bar, line, moments } from "./marks.ts";
import { html, type Markup } from "./markup.ts";
import { figure, plot } from "./plot-frame.ts";
import { timeAxis } from "./scale.ts";
import { facts, table } from "./table.ts";
import {
  FORK_THEORY_TEXT,
  forksVerdict,
  propagationVerdict,
  transactionsVerdict,
} from "./verdicts.ts";

/** Lost blocks, and how deep peers had to turn back. */
export function forkSection(summary: RunSummary): Markup {
  const { forks, found } = summary;
  const list = facts([
    ["Blocks found", countText(found)],
    ["Lost blocks (stale)", countText(forks.stale)],
    ["Stale rate", percentText(forks.staleRate)],
    ["95 % interval", `${percentFigure(forks.staleBand.low)}–${percentText(forks.staleBand.high)}`],
    ["Stale rate in theory", forks.theory === null ? "–" : percentText(forks.theory.staleRate)],
    ["Heights with two blocks", countText(forks.heights)],
    ["Deepest reorganisation", countText(forks.deepest)],
  ]);
  const head = html`<h2>Forks</h2><p class="verdict">${forksVerdict(summary)}</p>`;
  const note = forks.theory === null ? null : html`<p class="note">${FORK_THEORY_TEXT}</p>`;
  if (forks.reorgs.length === 0) return html`<section>${head}${list}${note}</section>`;
  const most = forks.reorgs.reduce((highest, { count }) => Math.max(highest, count), 1);
  const drawing = plot({
    title: "Reorganisations by depth",
    x: { label: "blocks given up at once", min: 0, max: forks.deepest + 1, text: figureText },
    y: { label: "times", max: most, text: countText },
    draw: (x, y) =>
      forks.reorgs.map(({ depth, count }) =>
        bar({ from: depth - 0.4, to: depth + 0.4, value: count }, x, y),
      ),
  });
  return html`<section>${head}<div class="pair">${figure(
    drawing,
    "How often one peer gave up that many blocks of its best chain for a heavier one.",
  )}<div>${list}${table(
    [{ name: "Depth", isText: true }, { name: "Times" }],
    forks.reorgs.map(({ depth, count }) => [countText(depth), countText(count)]),
  )}${note}</div></div></section>`;
}

/** How long blocks took to reach peers. */
export function propagationSection(summary: RunSummary, record: RunRecord): Markup | null {
  const { propagation } = summary;
  if (propagation === null) return null;
  const bins = histogramOf(record.propagationMs, binWidth(propagation.mean));
  const closed = bins.filter(({ toMs }) => toMs !== null);
  const tallest = closed.reduce((most, { count }) => Math.max(most, count), 1);
  const longer = bins.at(-1)?.count ?? 0;
  const drawing = plot({
    title: "Histogram of the times from finding to acceptance",
    x: timeAxis("time since it was found", closed.at(-1)?.toMs ?? 1),
    y: { label: "acceptances", max: tallest, text: countText },
    draw: (x, y) =>
      closed.map(({ fromMs, toMs, count }) =>
        bar({ from: fromMs, to: toMs ?? fromMs, value: count }, x, y),
      ),
  });
  const beyond = longer > 0 ? ` ${countText(longer)} took longer than the axis shows.` : "";
  return html`<section><h2>Spreading</h2><p class="verdict">${propagationVerdict(summary)}</p>
<div class="pair">${figure(
    drawing,
    `When other peers accepted a block: an even sample of those that were online.${beyond}`,
  )}<div>${facts([
    ["Sample", countText(propagation.count)],
    ["Mean", durationText(propagation.mean)],
    ["Median", durationText(propagation.median)],
    ["95 % within", durationText(propagation.p95)],
    ["Longest", durationText(propagation.max)],
  ])}</div></div></section>`;
}

/** Who was online and what waited, where either changed. */
export function presenceSection(summary: RunSummary, record: RunRecord): Markup | null {
  const { series, scenario, endMs } = record;
  const { transactions } = summary;
  const pays = transactions.created + transactions.unfunded > 0;
  const moves = series.online.some((count) => count !== series.online[0]);
  if (!pays && !moves) return null;
  const time = timeAxis("time of the run", endMs);
  const phases = scenario.phases.map(({ atMs }) => atMs);
  const curve = (title: string, label: string, values: Float64Array): Markup =>
    plot({
      title,
      x: time,
      y: { label, max: values.reduce((most, value) => Math.max(most, value), 1), text: countText },
      draw: (x, y) => [...moments(phases, x, y), line("line", series.atMs, values, x, y)],
    });
  return html`<section><h2>Peers and payments</h2><p class="verdict">${transactionsVerdict(summary)}</p>
<div class="pair even">${
    moves ? figure(curve("Peers online", "peers", series.online), "Peers that were online.") : null
  }${
    pays
      ? figure(
          curve("Payments waiting", "payments", series.pool),
          "Payments that waited for a block.",
        )
      : null
  }</div>${
    pays
      ? facts([
          ["Created", countText(transactions.created)],
          ["Reached everybody", countText(transactions.broadcast)],
          ["In a block", countText(transactions.included)],
          ["Waiting at the end", countText(transactions.waiting)],
          ["Not made for want of balance", countText(transactions.unfunded)],
        ])
      : null
  }</section>`;
}

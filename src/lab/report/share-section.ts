/**
 * Who found the blocks, and who earned what.
 *
 * @module
 */
import type { RunRecord } from "../run.ts";
import type { MinerSummary, RunSummary } from "../statistics/summary.ts";
import { bandText, countText, figureText, percentText, tokensText } from "./format.ts";
import { line } from "./marks.ts";
import { html, type Markup } from "./markup.ts";
import { at, figure, plot } from "./plot-frame.ts";
import { type Scale, scaleOf } from "./scale.ts";
import { facts, table } from "./table.ts";
import { giniVerdict, sharesVerdict } from "./verdicts.ts";

const MINERS_DRAWN = 24;
const ROW = 20;
const WIDTH = 360;
const LEFT = 92;
const RIGHT = 20;
const NAME_LENGTH = 13;

function shortName(id: string): string {
  const letters = Array.from(id);
  return letters.length <= NAME_LENGTH ? id : `${letters.slice(0, NAME_LENGTH - 1).join("")}…`;
}

function shareRow(miner: MinerSummary, index: number, x: Scale): Markup {
  const y = 8 + ROW * (index + 0.5);
  const { low, high } = miner.band;
  const width = Math.max(2, x.at(high) - x.at(low));
  const band =
    miner.inBand === null
      ? null
      : html`<rect class="band" x="${at(x.at(low))}" y="${y - 5}" width="${at(width)}" height="10" rx="2"/>`;
  return html`<g><title>${miner.id}: ${percentText(miner.share)} of the blocks, ${percentText(miner.expectedShare)} expected</title>
<text class="name" x="${LEFT - 8}" y="${y + 4}" text-anchor="end">${shortName(miner.id)}</text>
${band}
<line class="expected" x1="${at(x.at(miner.expectedShare))}" x2="${at(x.at(miner.expectedShare))}" y1="${y - 7}" y2="${y + 7}"/>
<circle class="${miner.inBand === false ? "dot out" : "dot"}" cx="${at(x.at(miner.share))}" cy="${y}" r="4"/></g>`;
}

function sharePlot(miners: readonly MinerSummary[]): Markup {
  const drawn = miners.slice(0, MINERS_DRAWN);
  const bottom = 8 + ROW * drawn.length + 4;
  const max = drawn.reduce((most, { share, band }) => Math.max(most, share, band.high), 0);
  const x = scaleOf(
    { label: "", max: max * 100, text: figureText },
    { from: LEFT, to: WIDTH - RIGHT, ticks: 4 },
  );
  const inShares = { ...x, at: (share: number) => x.at(share * 100) };
  return html`<svg viewBox="0 0 ${WIDTH} ${bottom + 38}" role="img" aria-label="Share of the best chain of each miner">
<g class="grid">${x.ticks.map(
    (tick) =>
      html`<line x1="${at(x.at(tick.value))}" x2="${at(x.at(tick.value))}" y1="4" y2="${bottom}"/>`,
  )}</g>
<g class="tick">${x.ticks.map(
    (tick) =>
      html`<text x="${at(x.at(tick.value))}" y="${bottom + 15}" text-anchor="middle">${tick.text}</text>`,
  )}</g>
<text class="axis" x="${WIDTH - RIGHT}" y="${bottom + 33}" text-anchor="end">share of the best chain, %</text>
${drawn.map((miner, index) => shareRow(miner, index, inShares))}</svg>`;
}

/** Shares beside their bands. */
export function shareSection(summary: RunSummary): Markup {
  const { miners, shareTest } = summary;
  if (miners.length === 0)
    return html`<section><h2>Shares</h2><p>${sharesVerdict(summary)}</p></section>`;
  const omitted =
    miners.length > MINERS_DRAWN
      ? ` The first ${MINERS_DRAWN} of ${countText(miners.length)} miners.`
      : "";
  const isByChance = miners.every(({ inBand }) => inBand !== null);
  const bandNote = isByChance
    ? " Chance and hash rate alone leave it inside the band in 95 of 100 runs."
    : " There is no band, for more than chance decides here.";
  return html`<section><h2>Shares</h2><p class="verdict">${sharesVerdict(summary)}</p>
<div class="pair">${figure(
    sharePlot(miners),
    `Share of the best chain of each miner.${bandNote} Expected is the share of the hash rate among those that were online and not resting, each by the difficulty of the chain that it mined on.${omitted}`,
    [
      { mark: "dot", text: "measured" },
      ...(miners.some(({ inBand }) => inBand === false)
        ? [{ mark: "ring", text: "outside the band" } as const]
        : []),
      { mark: "dash", text: "expected" },
      ...(isByChance ? [{ mark: "band", text: "95 % band" } as const] : []),
    ],
  )}<div>${table(
    [
      { name: "Miner", isText: true },
      { name: "Hash rate" },
      { name: "Expected" },
      { name: "Share" },
      { name: "95 % band" },
      { name: "Blocks" },
      { name: "Found" },
    ],
    miners.map((miner) => [
      miner.attack === null ? miner.id : `${miner.id} (${miner.attack})`,
      percentText(miner.weight),
      percentText(miner.expectedShare),
      miner.inBand === false ? html`<b>${percentText(miner.share)}</b>` : percentText(miner.share),
      bandText(miner),
      countText(miner.blocks),
      countText(miner.found),
    ]),
  )}${
    shareTest === null
      ? null
      : html`<p class="note">χ² = ${figureText(shareTest.statistic)}, ${shareTest.df} degrees of freedom, p = ${figureText(shareTest.pValue)}${
          shareTest.pooled === 0 ? "" : `; ${countText(shareTest.pooled)} small miners put together`
        }.</p>`
  }</div></div></section>`;
}

/** Lorenz curve: share of all that the poorest share has. */
function lorenz(values: ArrayLike<number>): {
  readonly xs: Float64Array;
  readonly ys: Float64Array;
} {
  const sorted = Float64Array.from(values).sort();
  const total = sorted.reduce((sum, value) => sum + value, 0);
  const xs = new Float64Array(sorted.length + 1);
  const ys = new Float64Array(sorted.length + 1);
  let sum = 0;
  sorted.forEach((value, index) => {
    sum += value;
    xs[index + 1] = ((index + 1) / sorted.length) * 100;
    ys[index + 1] = total === 0 ? 0 : (sum / total) * 100;
  });
  return { xs, ys };
}

/** Rewards by miner, and how evenly they and the links are spread. */
export function rewardSection(summary: RunSummary, { degrees }: RunRecord): Markup | null {
  const { miners, gini } = summary;
  if (gini.rewards === null) return null;
  const percent = { max: 100, text: figureText };
  const rewards = lorenz(miners.map(({ reward }) => reward));
  const links = lorenz(degrees);
  const even = Float64Array.of(0, 100);
  const drawing = plot({
    title: "How evenly rewards and links are spread",
    x: { ...percent, label: "poorest … % of them" },
    y: { ...percent, label: "have … % of all" },
    draw: (x, y) => [
      line("dash", even, even, x, y),
      gini.connections === null ? html`` : line("line-b", links.xs, links.ys, x, y),
      line("line", rewards.xs, rewards.ys, x, y),
    ],
  });
  return html`<section><h2>Rewards</h2><p class="verdict">${giniVerdict(summary)}</p>
<div class="pair">${figure(
    drawing,
    "Lorenz curves: the further a curve hangs below the even line, the more uneven the spread.",
    [
      { mark: "line", text: "rewards of the miners" },
      { mark: "line-b", text: "links of the peers" },
      { mark: "dash", text: "even" },
    ],
  )}<div>${facts([
    ["Gini, rewards", figureText(gini.rewards)],
    ...(gini.byChance === null
      ? []
      : [
          [
            "by chance, 95 %",
            `${figureText(gini.byChance.low)}–${figureText(gini.byChance.high)}`,
          ] as const,
        ]),
    ["Gini, hash rates", gini.hashrates === null ? "–" : figureText(gini.hashrates)],
    ["Gini, links", gini.connections === null ? "–" : figureText(gini.connections)],
  ])}${table(
    [
      { name: "Miner", isText: true },
      { name: "Blocks" },
      { name: "Consumer" },
      { name: "Industrial" },
      { name: "A block" },
    ],
    miners.map(({ id, blocks, reward, rewardConsumer, rewardIndustrial }) => [
      id,
      countText(blocks),
      tokensText(rewardConsumer),
      tokensText(rewardIndustrial),
      blocks === 0 ? "–" : tokensText(reward / blocks),
    ]),
  )}<p class="note">Tokens. “A block” is both tokens together.</p></div></div></section>`;
}

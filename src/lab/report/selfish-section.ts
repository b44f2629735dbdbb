/**
 * Selfish mining beside its theory.
 *
 * @module
 */
import { selfishShare } from "../statistics/selfish-mining.ts";
import type { RunSummary } from "../statistics/summary.ts";
import { figureText, percentText } from "./format.ts";
import { line } from "./marks.ts";
import { html, type Markup } from "./markup.ts";
import { at, figure, plot } from "./plot-frame.ts";
import { table } from "./table.ts";
import { selfishVerdict } from "./verdicts.ts";

const ALPHAS: readonly number[] = Array.from({ length: 51 }, (_, index) => index);

/** The curve of Eyal and Sirer with what the run's attackers got. */
export function selfishSection({ selfish }: RunSummary): Markup | null {
  if (selfish.length === 0) return null;
  const drawing = plot({
    title: "Share of the blocks of a selfish miner against its share of the hash rate",
    x: { label: "share of the hash rate, %", max: 50, text: figureText },
    y: { label: "share of the blocks, %", max: 100, text: figureText },
    draw: (x, y) => [
      line("dash", [0, 50], [0, 50], x, y),
      line(
        "line-b",
        ALPHAS,
        ALPHAS.map((alpha) => selfishShare(alpha / 100) * 100),
        x,
        y,
      ),
      ...selfish.map(
        ({ id, alpha, share }) =>
          html`<circle class="dot" cx="${at(x.at(alpha * 100))}" cy="${at(y.at(share * 100))}" r="4.5"><title>${id}</title></circle>`,
      ),
    ],
  });
  return html`<section><h2>Selfish mining</h2>${selfish.map(
    (entry) => html`<p class="verdict">${selfishVerdict(entry)}</p>`,
  )}
<div class="pair">${figure(
    drawing,
    "What withholding blocks gains. Above the dashed line it pays; theory says from one quarter on, when ties go by hash.",
    [
      { mark: "dot", text: "this run" },
      { mark: "line-b", text: "Eyal and Sirer, γ = 1/2" },
      { mark: "dash", text: "honest mining" },
    ],
  )}<div>${table(
    [
      { name: "Attacker", isText: true },
      { name: "Hash rate" },
      { name: "Blocks" },
      { name: "Theory" },
      { name: "Standard error" },
    ],
    selfish.map(({ id, alpha, share, theory, standardError }) => [
      id,
      percentText(alpha),
      percentText(share),
      percentText(theory),
      standardError === null ? "–" : percentText(standardError),
    ]),
  )}</div></div></section>`;
}

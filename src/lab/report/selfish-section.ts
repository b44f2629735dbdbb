/**
 * Selfish mining beside its theory.
 *
 * @module
 */
import type { RunSummary } from "../statistics/summary.ts";
import { percentText } from "./format.ts";
import { html, type Markup } from "./markup.ts";
import { figure } from "./plot-frame.ts";
import { SELFISH_LEGEND, selfishPlot, sharePoint } from "./selfish-plot.ts";
import { seriesKey, seriesPoints } from "./series-marks.ts";
import { table } from "./table.ts";
import { selfishVerdict } from "./verdicts.ts";

/** The curve of Eyal and Sirer with what the run's attackers got. */
export function selfishSection({ selfish }: RunSummary): Markup | null {
  if (selfish.length === 0) return null;
  const most = selfish.reduce((highest, { alpha }) => Math.max(highest, alpha), 0);
  const drawing = selfishPlot(Math.ceil(most * 100), (x, y) =>
    selfish.map((entry) =>
      seriesPoints(
        0,
        [{ ...sharePoint(entry), title: `${entry.id}: ${percentText(entry.share)} of the blocks` }],
        x,
        y,
      ),
    ),
  );
  return html`<section><h2>Selfish mining</h2>${selfish.map(
    (entry) => html`<p class="verdict">${selfishVerdict(entry)}</p>`,
  )}
<div class="pair">${figure(
    drawing,
    "What withholding blocks gains. Above the dashed line it pays; theory says from one quarter on, when ties go by hash. Whiskers: two standard errors.",
    [{ mark: seriesKey(0), text: "this run" }, ...SELFISH_LEGEND],
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

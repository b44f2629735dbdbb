/**
 * What happened on the live chain beside what the simulation made of it.
 *
 * @module
 */
import { type ReactNode, useMemo } from "react";
import { compareReplay, type ReplayComparison } from "../../../lab/live/replay-comparison.ts";
import { countText, durationText, percentText } from "../../../lab/report/format.ts";
import type { RunSummary } from "../../../lab/statistics/summary.ts";
import controls from "../../components/controls.module.css";
import panel from "../../components/panel.module.css";
import { ScrollRegion } from "../../components/scroll-region.tsx";
import styles from "./lab.module.css";
import type { LiveStretch } from "./lab-store.ts";
import { Plot } from "./plots/plot.tsx";
import type { PlotContent } from "./plots/plot-options.ts";

function contentOf({ bins }: ReplayComparison): PlotContent {
  const shown = bins.filter(({ toMs }) => toMs !== null);
  return {
    x: {
      name: "time since the paragraph before",
      text: durationText,
      isTime: true,
      values: shown.map(({ fromMs, toMs }) => (fromMs + (toMs ?? fromMs)) / 2),
    },
    y: { name: "share of all paragraphs", text: percentText },
    series: [
      { name: "live", look: "bars", values: shown.map(({ real }) => real) },
      { name: "simulated", look: "second", values: shown.map(({ simulated }) => simulated) },
    ],
  };
}

/** The section. */
export function ReplayComparisonSection(props: {
  readonly stretch: LiveStretch;
  readonly summary: RunSummary;
}): ReactNode {
  const { stretch, summary } = props;
  const comparison = useMemo(
    () => compareReplay(stretch.blocks, stretch.ids, summary),
    [stretch, summary],
  );
  const content = useMemo(() => contentOf(comparison), [comparison]);
  const { real, simulated, authors } = comparison;
  if (real === null || simulated === null) return null;
  const [first, last] = [stretch.blocks[0], stretch.blocks.at(-1)];
  return (
    <section className={styles["part"]} aria-labelledby="lab-replay" data-part="replay">
      <div className={styles["part-head"]}>
        <h3 id="lab-replay">Live and simulated, side by side</h3>
        <span className={styles["live-badge"]}>Live</span>
        <span className={styles["badge"]}>Simulated</span>
      </div>
      <p className={styles["verdict"]}>
        Paragraphs {countText(first?.height ?? 0)} to {countText(last?.height ?? 0)} took{" "}
        {durationText(real.mean)} on average; the simulation of their authors took{" "}
        {durationText(simulated.mean)}.
      </p>
      <Plot
        title="Block times, live and simulated"
        words={`Half of the live paragraphs took under ${durationText(real.median)}, of the simulated ones under ${durationText(simulated.median)}.`}
        content={content}
      />
      <ScrollRegion label="Shares, live and simulated">
        <table className={panel["table"]}>
          <thead>
            <tr>
              <th scope="col">Author</th>
              <th scope="col" className={panel["right"]}>
                Live
              </th>
              <th scope="col" className={panel["right"]}>
                Simulated
              </th>
              <th scope="col" className={panel["right"]}>
                Live blocks
              </th>
              <th scope="col" className={panel["right"]}>
                Simulated blocks
              </th>
            </tr>
          </thead>
          <tbody>
            {authors.map((author) => (
              <tr key={author.id}>
                <th scope="row">{author.id}</th>
                <td className={panel["right"]}>{percentText(author.realShare)}</td>
                <td className={panel["right"]}>{percentText(author.simulatedShare)}</td>
                <td className={panel["right"]}>{countText(author.real)}</td>
                <td className={panel["right"]}>{countText(author.simulated)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <p className={controls["hint"]}>
        The simulation begins at the difficulty that suits these hash rates; the live stretch may
        have begun at another. And another seed is another run of luck: the live chain is only one
        of the many that could have been.
      </p>
    </section>
  );
}

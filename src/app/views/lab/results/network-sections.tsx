/**
 * What the network does to blocks: forks, and how fast they spread.
 *
 * @module
 */
import { type ReactNode, useMemo } from "react";
import { countText, durationText, percentText } from "../../../../lab/report/format.ts";
import { forksVerdict, propagationVerdict } from "../../../../lab/report/verdicts.ts";
import controls from "../../../components/controls.module.css";
import panel from "../../../components/panel.module.css";
import { plural } from "../../../format/numbers.ts";
import styles from "../lab.module.css";
import { Plot } from "../plots/plot.tsx";
import type { PlotContent } from "../plots/plot-options.ts";
import { momentsOf, timeAxis } from "./axes.ts";
import { type PartProps, ResultSection } from "./result-section.tsx";

/** Forks, the stale rate and how deep reorganisations went. */
export function ForkSection({ view, isAnswer }: PartProps): ReactNode {
  const { summary, series } = view;
  const { forks } = summary;
  const content = useMemo((): PlotContent => {
    const rate = series.stale.map((stale, index) => {
      const found = stale + (series.height[index] ?? 0);
      return found === 0 ? 0 : stale / found;
    });
    return {
      x: timeAxis(series.atMs),
      y: { name: "share of all blocks found until then", text: percentText },
      series: [{ name: "stale", look: "main", values: rate }],
      moments: momentsOf(view),
    };
  }, [series, view]);
  return (
    <ResultSection part="forks" isAnswer={isAnswer} verdict={forksVerdict(summary)}>
      {forks.stale === 0 ? null : (
        <div className={styles["pair"]}>
          <Plot
            title="Stale rate"
            words={`${plural(forks.stale, "block was", "blocks were")} found and lost their place; at ${plural(forks.heights, "height")} there were two or more.`}
            content={content}
          />
          {forks.reorgs.length === 0 ? null : (
            <table className={panel["table"]}>
              <caption>How often one peer gave up that many blocks at once</caption>
              <thead>
                <tr>
                  <th scope="col">Blocks given up</th>
                  <th scope="col" className={panel["right"]}>
                    Times
                  </th>
                </tr>
              </thead>
              <tbody>
                {forks.reorgs.slice(0, 12).map(({ depth, count }) => (
                  <tr key={depth}>
                    <td>{countText(depth)}</td>
                    <td className={panel["right"]}>{countText(count)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </div>
      )}
      <Refusals refusals={summary.refusals} />
    </ResultSection>
  );
}

function Refusals(props: { readonly refusals: Readonly<Record<string, number>> }): ReactNode {
  const all = Object.entries(props.refusals);
  if (all.length === 0) return null;
  return (
    <p className={controls["hint"]}>
      Refused by everybody:{" "}
      {all.map(([code, count]) => `${plural(count, "block")} (${code})`).join(", ")}.
    </p>
  );
}

/** How long a block takes to reach the others. */
export function PropagationSection({ view, isAnswer }: PartProps): ReactNode {
  const { summary, propagationMs } = view;
  const { propagation } = summary;
  const content = useMemo(
    (): PlotContent => ({
      x: {
        name: "time since it was shown",
        text: durationText,
        isTime: true,
        values: propagationMs,
      },
      y: { name: "share of the peers that have it", text: percentText },
      series: [
        {
          name: "have the block",
          look: "main",
          values: propagationMs.map((_, index) => index / (propagationMs.length - 1)),
        },
      ],
    }),
    [propagationMs],
  );
  return (
    <ResultSection part="propagation" isAnswer={isAnswer} verdict={propagationVerdict(summary)}>
      {propagation === null ? null : (
        <Plot
          title="How fast a block spreads"
          words={`Half of the deliveries took under ${durationText(propagation.median)}, 95 % under ${durationText(propagation.p95)}, the longest ${durationText(propagation.max)}.`}
          content={content}
        />
      )}
    </ResultSection>
  );
}

/**
 * Block times as a histogram, beside what chance alone would make.
 *
 * @module
 */
import { type ReactNode, useMemo } from "react";
import { countText, durationText, figureText } from "../../../../lab/report/format.ts";
import { blockTimesVerdict } from "../../../../lab/report/verdicts.ts";
import type { RunSummary } from "../../../../lab/statistics/summary.ts";
import { StatList } from "../../../components/stat-list.tsx";
import { plural } from "../../../format/numbers.ts";
import styles from "../lab.module.css";
import { Plot } from "../plots/plot.tsx";
import type { PlotContent } from "../plots/plot-options.ts";
import { type PartProps, ResultSection } from "./result-section.tsx";

function contentOf({ blockTimes }: RunSummary): PlotContent {
  const bins = blockTimes.histogram.filter(({ toMs }) => toMs !== null);
  const hasCurve = bins.some(({ expected }) => expected !== null);
  return {
    x: {
      name: "time since the block before",
      text: durationText,
      isTime: true,
      values: bins.map(({ fromMs, toMs }) => (fromMs + (toMs ?? fromMs)) / 2),
    },
    y: { name: "blocks", text: countText, isWhole: true },
    series: [
      { name: "measured", look: "bars", values: bins.map(({ count }) => count) },
      ...(hasCurve
        ? [
            {
              name: "by chance alone",
              look: "second" as const,
              values: bins.map(({ expected }) => expected),
            },
          ]
        : []),
    ],
  };
}

/** The section. */
export function TimesSection({ view, isAnswer }: PartProps): ReactNode {
  const { summary } = view;
  const { sample, histogram, deadTimeMs, fit } = summary.blockTimes;
  const content = useMemo(() => contentOf(summary), [summary]);
  if (sample === null) {
    return <ResultSection part="times" isAnswer={isAnswer} verdict={blockTimesVerdict(summary)} />;
  }
  const longer = histogram.at(-1)?.count ?? 0;
  const dead =
    deadTimeMs > 0
      ? ` No block is valid sooner than ${durationText(deadTimeMs)} after the one before.`
      : "";
  const words = `Half of the blocks took under ${durationText(sample.median)}.${longer > 0 ? ` ${plural(longer, "block")} took longer than the axis.` : ""}${dead}`;
  const facts: readonly (readonly [string, string])[] = [
    ["Mean", durationText(sample.mean)],
    ["Median", durationText(sample.median)],
    ["Standard deviation", durationText(sample.deviation)],
    ["5 % to 95 %", `${durationText(sample.p5)} to ${durationText(sample.p95)}`],
    ["Longest", durationText(sample.max)],
    ...(fit === null
      ? []
      : [["Against the exponential", `p = ${figureText(fit.pValue)}`] as const]),
  ];
  return (
    <ResultSection part="times" isAnswer={isAnswer} verdict={blockTimesVerdict(summary)}>
      <div className={styles["pair"]}>
        <Plot title="How long blocks took" words={words} content={content} />
        <StatList stats={facts} />
      </div>
    </ResultSection>
  );
}

/**
 * The course of pace, difficulty and hash rate.
 *
 * @module
 */
import { type ReactNode, useMemo } from "react";
import type { RunView } from "../../../../lab/host/protocol.ts";
import { durationText, figureText, percentText } from "../../../../lab/report/format.ts";
import { stabilityVerdict } from "../../../../lab/report/verdicts.ts";
import styles from "../lab.module.css";
import { Plot } from "../plots/plot.tsx";
import type { PlotContent } from "../plots/plot-options.ts";
import { momentsOf, timeAxis } from "./axes.ts";
import { type PartProps, ResultSection } from "./result-section.tsx";

function timesContent(view: RunView): PlotContent {
  const { meanTimes, summary } = view;
  const { paceMs } = summary.scenario;
  return {
    x: timeAxis(meanTimes.atMs),
    y: { name: "mean of the last 20 blocks", text: durationText, isTime: true, atLeast: paceMs },
    series: [
      { name: "block time", look: "main", values: meanTimes.value },
      { name: "pace", look: "dashed", values: meanTimes.value.map(() => paceMs) },
    ],
    moments: momentsOf(view),
  };
}

function timesTheStart(values: Float64Array): Float64Array {
  const first = values.find((value) => value > 0) ?? 1;
  return values.map((value) => value / first);
}

function difficultyContent(view: RunView): PlotContent {
  const { series } = view;
  return {
    x: timeAxis(series.atMs),
    y: { name: "times the start", text: figureText, atLeast: 1 },
    series: [
      { name: "hash rate", look: "second", values: timesTheStart(series.hashrate) },
      { name: "difficulty", look: "main", values: timesTheStart(series.work) },
    ],
    moments: momentsOf(view),
  };
}

/** The section. */
export function CourseSection({ view, isAnswer }: PartProps): ReactNode {
  const { summary } = view;
  const times = useMemo(() => timesContent(view), [view]);
  const difficulty = useMemo(() => difficultyContent(view), [view]);
  if (summary.blocks === 0) return null;
  const { meanToPace, worstGapMs, silentShare } = summary.stability;
  const work = difficulty.series[1]?.values ?? [];
  const last = work[work.length - 1] ?? 1;
  return (
    <ResultSection part="course" isAnswer={isAnswer} verdict={stabilityVerdict(summary)}>
      <div className={styles["pair"]}>
        <Plot
          title="Mean block time in the course of the run"
          words={`On average ${meanToPace === null ? "–" : figureText(meanToPace)} times the pace; the longest wait was ${durationText(worstGapMs)}, and ${percentText(silentShare)} of the run passed in waits beyond four paces.`}
          content={times}
        />
        <Plot
          title="Difficulty and hash rate"
          words={`How hard a block is and how much is hashed, as multiples of the start. At the end a block is ${figureText(last)} times as hard as at the start.`}
          content={difficulty}
        />
      </div>
    </ResultSection>
  );
}

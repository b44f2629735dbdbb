/**
 * Round times as thin bars against the pace, with the same facts as a sentence.
 *
 * @module
 */
import type { ReactNode } from "react";
import { plural } from "../format/numbers.ts";
import { roundSummary } from "../format/rounds.ts";
import { formatDuration } from "../format/times.ts";
import styles from "./round-sparkline.module.css";

const WIDTH = 600;
const HEIGHT = 72;

/** The chart and its summary; bars above four times the pace are cut off. */
export function RoundSparkline(props: {
  readonly rounds: readonly { readonly height: number; readonly solveMs: number }[];
  readonly paceMs: number;
}): ReactNode {
  const { rounds, paceMs } = props;
  const summary = roundSummary(rounds.map((round) => round.solveMs));
  if (summary === null) {
    return (
      <p className={styles["summary"]}>Round times can be shown after the first paragraphs.</p>
    );
  }
  const topMs = Math.min(4 * paceMs, Math.max(paceMs * 1.5, summary.longestMs));
  const step = WIDTH / rounds.length;
  const y = (solveMs: number): number => HEIGHT - (Math.min(solveMs, topMs) / topMs) * HEIGHT;
  const words = `Last ${plural(rounds.length, "round")}: half took under ${formatDuration(summary.medianMs)}, the longest ${formatDuration(summary.longestMs)}; the pace is ${formatDuration(paceMs)}.`;
  return (
    <figure>
      <svg
        className={styles["chart"]}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={words}
      >
        {rounds.map((round, index) => (
          <rect
            key={round.height}
            className={styles["bar"]}
            x={index * step}
            width={Math.max(1, step - 1.5)}
            y={y(round.solveMs)}
            height={HEIGHT - y(round.solveMs)}
          />
        ))}
        <line className={styles["pace"]} x1={0} x2={WIDTH} y1={y(paceMs)} y2={y(paceMs)} />
      </svg>
      <figcaption className={styles["summary"]}>{words} The dashed line is the pace.</figcaption>
    </figure>
  );
}

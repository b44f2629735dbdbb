/**
 * How hard a paragraph is now, and how that will change when the running round ends.
 *
 * @module
 */
import type { ReactNode } from "react";
import type { NetworkView, StatusView } from "../../api-types.ts";
import panel from "../../components/panel.module.css";
import { RoundSparkline } from "../../components/round-sparkline.tsx";
import { StatList } from "../../components/stat-list.tsx";
import { formatRate, formatWork } from "../../format/numbers.ts";
import { formatDuration } from "../../format/times.ts";
import { changeAfter, changeWords, easiestWork, reliefAt, reliefWords } from "./next-difficulty.ts";

/** The section. */
export function DifficultyPanel(props: {
  readonly network: NetworkView;
  readonly status: StatusView;
  /** Compact, from the genesis. */
  readonly maxTarget: number;
  readonly nowMs: number;
}): ReactNode {
  const { network, status, maxTarget, nowMs } = props;
  const { round } = status;
  const running = round.tracker !== null;
  const ageMs = running ? Math.max(0, nowMs - round.startedMs) : 0;
  const change = changeAfter(ageMs, network.paceMs);
  const easiest = BigInt(network.difficulty) <= easiestWork(maxTarget);
  const [wait, after] = reliefWords(reliefAt(ageMs, network.paceMs), easiest);
  const facts: readonly (readonly [string, string, string])[] = [
    ["Difficulty", formatWork(network.difficulty), "expected for the next paragraph"],
    [
      "If the round ended now",
      running ? changeWords(change) : "–",
      running
        ? `it has lasted ${formatDuration(ageMs)}; at ${formatDuration(network.paceMs)} nothing changes`
        : "the first round changes nothing",
    ],
    ["If nobody comes", running ? wait : "–", after],
    [
      "Rate of all",
      network.estimatedRate === null ? "not known yet" : formatRate(network.estimatedRate),
      "estimated from the last rounds",
    ],
  ];
  return (
    <section className={panel["section"]}>
      <h2>Difficulty</h2>
      <StatList stats={facts} />
      <RoundSparkline rounds={network.rounds} paceMs={network.paceMs} />
    </section>
  );
}

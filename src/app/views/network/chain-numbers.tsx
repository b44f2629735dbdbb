/**
 * Height, work, difficulty and rate as the chain itself shows them, and how long rounds took.
 *
 * @module
 */
import type { ReactNode } from "react";
import type { NetworkView } from "../../api-types.ts";
import panel from "../../components/panel.module.css";
import { RoundSparkline } from "../../components/round-sparkline.tsx";
import { StatList } from "../../components/stat-list.tsx";
import { formatCount, formatRate, formatWork, plural } from "../../format/numbers.ts";
import { formatDuration } from "../../format/times.ts";

/** The section. */
export function ChainNumbers(props: { readonly network: NetworkView }): ReactNode {
  const { network } = props;
  const facts: readonly (readonly [string, string, string])[] = [
    ["Paragraphs", formatCount(network.height), `by ${plural(network.authors, "author")}`],
    ["Work behind them", formatWork(network.totalWork), "expected, all together"],
    ["Difficulty", formatWork(network.difficulty), "expected for the next paragraph"],
    [
      "Estimated rate of all",
      network.estimatedRate === null ? "not known yet" : formatRate(network.estimatedRate),
      "from the last rounds",
    ],
    ["Pace", formatDuration(network.paceMs), "wanted between paragraphs"],
    [
      "Forks",
      formatCount(network.forks),
      network.forks === 0 ? "no branch lost its place" : "branches that lost their place",
    ],
  ];
  return (
    <section className={panel["section"]}>
      <h2>The chain</h2>
      <StatList stats={facts} />
      <RoundSparkline rounds={network.rounds} paceMs={network.paceMs} />
    </section>
  );
}

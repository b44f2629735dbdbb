/**
 * One scenario under every difficulty rule: what each made of the same comings, goings and luck.
 *
 * @module
 */
import { type ReactNode, useMemo } from "react";
import type { RuleStudy } from "../../../../lab/host/protocol.ts";
import { countText, durationText, figureText, percentText } from "../../../../lab/report/format.ts";
import type { RuleRow } from "../../../../lab/retarget/compare-rules.ts";
import controls from "../../../components/controls.module.css";
import panel from "../../../components/panel.module.css";
import { ScrollRegion } from "../../../components/scroll-region.tsx";
import { cls } from "../../../css.ts";
import { formatMetric } from "../../../format/numbers.ts";
import styles from "../lab.module.css";
import { blockRates } from "../plots/courses.ts";
import { LINE_ORDER } from "../plots/looks.ts";
import { Plot } from "../plots/plot.tsx";
import type { PlotContent } from "../plots/plot-options.ts";
import { LAB, RULES } from "../strings.ts";
import { timeAxis } from "./axes.ts";

interface Column {
  readonly name: string;
  readonly of: (row: RuleRow) => number | null;
  readonly text: (value: number) => string;
}

const COLUMNS: readonly Column[] = [
  { name: "Blocks", of: ({ blocks }) => blocks, text: countText },
  { name: "Mean ÷ pace", of: ({ meanToPace }) => meanToPace, text: figureText },
  { name: "Longest wait", of: ({ worstGapMs }) => worstGapMs, text: durationText },
  { name: "Silent", of: ({ silentShare }) => silentShare, text: percentText },
  { name: "Rush", of: ({ burst }) => burst, text: figureText },
  { name: "Lost", of: ({ staleRate }) => staleRate, text: percentText },
  { name: "Deepest", of: ({ deepest }) => deepest, text: figureText },
  { name: "Tries", of: ({ meanWork }) => meanWork, text: formatMetric },
];
const ATTACKERS: Column = {
  name: "Attackers",
  of: ({ attackerShare }) => attackerShare,
  text: percentText,
};

/** The rule that is nearest to `ideal` in a figure, with the figure. */
function nearest({ of, text }: Column, rows: readonly RuleRow[], ideal: number): string | null {
  const known = rows.flatMap((row) => {
    const value = of(row);
    return value === null ? [] : [{ rule: row.rule, value }];
  });
  const far = (value: number): number => Math.abs(value - ideal);
  const [best] = known.toSorted((a, b) => far(a.value) - far(b.value));
  if (best === undefined || new Set(known.map(({ value }) => value)).size === 1) return null;
  return `${RULES[best.rule]} (${text(best.value)})`;
}

function verdictOf(rows: readonly RuleRow[]): string {
  const [, mean, wait, , rush] = COLUMNS;
  if (mean === undefined || wait === undefined || rush === undefined) return "";
  const parts = [
    ["Nearest to the pace on average", nearest(mean, rows, 1)],
    ["shortest longest wait", nearest(wait, rows, 0)],
    ["least rush", nearest(rush, rows, 1)],
  ].flatMap(([name, best]) => (best == null ? [] : [`${name}: ${best}`]));
  return parts.length === 0
    ? "Times and blocks are the same under all of them; what differs is what a block cost."
    : `${parts.join("; ")}.`;
}

function contentOf({ courses, comparison, phases }: RuleStudy): {
  readonly rate: PlotContent;
  readonly work: PlotContent;
} {
  const x = timeAxis(courses[0]?.atMs ?? []);
  const moments = phases
    .filter(({ atMs }) => atMs <= comparison.durationMs)
    .map(({ atMs, label }) => ({ at: atMs, label }));
  const series = (of: (course: RuleStudy["courses"][number]) => ArrayLike<number | null>) =>
    courses.map((course, index) => ({
      name: RULES[course.rule],
      look: LINE_ORDER[index] ?? "main",
      values: of(course),
    }));
  const pace = { name: "the pace", look: "dashed" as const };
  return {
    rate: {
      x,
      y: { name: "blocks a pace, over the last 30 paces", text: figureText, atLeast: 1.2 },
      series: [
        ...series((course) => blockRates(course, comparison.paceMs)),
        { ...pace, values: Array.from(x.values, () => 1) },
      ],
      moments,
    },
    work: {
      x,
      y: {
        name: "tries that a block costs on the average (logarithmic)",
        text: formatMetric,
        isLogarithmic: true,
      },
      series: series(({ work }) => work),
      moments,
    },
  };
}

/** The article. */
export function RuleStudyResults(props: { readonly study: RuleStudy }): ReactNode {
  const { study } = props;
  const { scenario, durationMs, paceMs, seeds, attackerWeight, rows } = study.comparison;
  const { rate, work } = useMemo(() => contentOf(study), [study]);
  const columns = attackerWeight > 0 ? [...COLUMNS, ATTACKERS] : COLUMNS;
  const facts = [
    durationText(durationMs),
    `a pace of ${durationText(paceMs)}`,
    seeds.length === 1 ? `seed ${seeds[0]}` : `means over ${countText(seeds.length)} seeds`,
  ];
  return (
    <article
      className={styles["run"]}
      aria-label="Results under every difficulty rule"
      data-study="rules"
    >
      <header className={styles["run-head"]}>
        <p>
          <span className={styles["badge"]}>{LAB.simulated}</span> {LAB.simulatedHint}
        </p>
        <h2>{scenario}, under every difficulty rule</h2>
        <p className={controls["hint"]}>{facts.join(" · ")}</p>
        {study.engine === "controller" ? (
          <p className={controls["hint"]}>
            The block controller decides by the clock, which no difficulty changes: autonomous
            miners ran in its place.
          </p>
        ) : null}
        <p className={styles["verdict"]}>{verdictOf(rows)}</p>
      </header>
      <ScrollRegion label="Difficulty rules side by side">
        <table className={cls(panel["table"], styles["tight"])}>
          <thead>
            <tr>
              <th scope="col">Rule</th>
              {columns.map(({ name }) => (
                <th key={name} scope="col" className={panel["right"]}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.rule}>
                <th scope="row">{RULES[row.rule]}</th>
                {columns.map(({ name, of, text }) => {
                  const value = of(row);
                  return (
                    <td key={name} className={panel["right"]}>
                      {value === null ? "–" : text(value)}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <p className={controls["hint"]}>
        Silent: share of the time in which the newest block was older than four paces. Rush: blocks
        in the busiest 60 paces ÷ 60. Lost: share of all blocks found. Deepest: most blocks that a
        peer gave up at once. Tries: what a block cost on the average.
        {attackerWeight > 0
          ? ` Attackers: their share of the best chain, with ${percentText(attackerWeight)} of the hash rate.`
          : ""}
      </p>
      <Plot
        title="How fast blocks came"
        words="The same people come and go under each rule, with the same luck; what differs is the rule’s doing. At the dotted line blocks come at the pace."
        content={rate}
      />
      <Plot
        title="What a block cost"
        words={`How many tries each rule asked for in the course of the run${seeds.length === 1 ? "" : ", of the first seed"}.`}
        content={work}
      />
    </article>
  );
}

/**
 * What a sweep came to: lost blocks and deep reorganisations by latency and pace, what attackers of many sizes get.
 *
 * @module
 */
import { type ReactNode, useMemo } from "react";
import type { ReportFormat } from "../../../../lab/host/protocol.ts";
import {
  countText,
  durationText,
  figureText,
  percentText,
  plural,
} from "../../../../lab/report/format.ts";
import { selfishSweepVerdict, staleSweepVerdict } from "../../../../lab/report/sweep-verdicts.ts";
import { FORK_THEORY_TEXT } from "../../../../lab/report/verdicts.ts";
import type { SweepResult, SweepRow } from "../../../../lab/sweep/sweep-result.ts";
import { axisTitle, axisValueText, valuesText } from "../../../../lab/sweep/sweep-text.ts";
import controls from "../../../components/controls.module.css";
import panel from "../../../components/panel.module.css";
import { saveFile } from "../../../components/save-file.ts";
import { ScrollRegion } from "../../../components/scroll-region.tsx";
import { cls } from "../../../css.ts";
import { failureText } from "../failures.ts";
import styles from "../lab.module.css";
import type { LabSession } from "../lab-session.ts";
import { useLab } from "../lab-store.ts";
import { LINE_ORDER } from "../plots/looks.ts";
import { Plot } from "../plots/plot.tsx";
import { LAB } from "../strings.ts";
import { attackerContent, deepestContent, staleContent } from "./sweep-content.ts";

type Cell = readonly [name: string, text: (row: SweepRow) => string];

function orDash(value: number | null | undefined, text: (value: number) => string): string {
  return value == null ? "–" : text(value);
}

const LOST: readonly Cell[] = [
  ["Lost", ({ staleRate }) => percentText(staleRate)],
  ["95 % band", ({ staleBand: { low, high } }) => `${figureText(low * 100)}–${percentText(high)}`],
];
const THEORY: readonly Cell[] = [
  ["Theory", ({ theory }) => orDash(theory?.staleRate, percentText)],
];
const CELLS: readonly Cell[] = [
  ["Deepest", ({ deepest }) => countText(deepest)],
  ["Spread, half", ({ propagationP50Ms }) => orDash(propagationP50Ms, durationText)],
  ["95 %", ({ propagationP95Ms }) => orDash(propagationP95Ms, durationText)],
  ["Mean time", ({ meanBlockTimeMs }) => orDash(meanBlockTimeMs, durationText)],
];
// Of forks there is no theory where anybody attacks.
const ATTACKER_CELLS: readonly Cell[] = [
  ["Attacker", ({ attacker }) => orDash(attacker?.share, percentText)],
  ["Theory", ({ attacker }) => orDash(attacker?.theory, percentText)],
];

/** The article. */
export function SweepResults(props: {
  readonly yaml: string;
  readonly result: SweepResult;
  readonly session: LabSession;
}): ReactNode {
  const { yaml, result, session } = props;
  const { scenario, seeds, axes, rows } = result;
  const [axis, other] = axes;
  const contents = useMemo(
    () =>
      axis === undefined
        ? null
        : { stale: staleContent(result, axis), deepest: deepestContent(result, axis) },
    [result, axis],
  );
  const attacker = useMemo(() => attackerContent(result), [result]);
  const hidden =
    (other?.values.length ?? 0) > LINE_ORDER.length
      ? ` The first ${LINE_ORDER.length} lines of ${countText(other?.values.length ?? 0)}; the table has all.`
      : "";
  const facts = [
    plural(rows.length, "point"),
    seeds.length === 1 ? `seed ${seeds[0]}` : `each with ${plural(seeds.length, "seed")}`,
    `${countText(rows.reduce((sum, { found }) => sum + found, 0))} blocks found`,
  ];
  return (
    <article className={styles["run"]} aria-label="Results of the sweep" data-study="sweep">
      <header className={styles["run-head"]}>
        <p>
          <span className={styles["badge"]}>{LAB.simulated}</span> {LAB.simulatedHint}
        </p>
        <h2>
          {scenario.name}, by {axes.map(({ name }) => axisTitle(name)).join(" and ")}
        </h2>
        <p className={controls["hint"]}>{facts.join(" · ")}</p>
        <p className={styles["verdict"]}>{staleSweepVerdict(result)}</p>
        {attacker === null ? null : (
          <p className={styles["verdict"]}>{selfishSweepVerdict(result)}</p>
        )}
        <Downloads yaml={yaml} result={result} session={session} />
      </header>
      {attacker === null ? null : (
        <Plot
          title="What withholding blocks gains"
          words="Above the dotted diagonal it pays. Whiskers: two standard errors."
          content={attacker}
        />
      )}
      {contents === null ? null : (
        <>
          <Plot
            title="Lost blocks"
            words={`Share of all blocks found that lost their place; whiskers: 95 % intervals.${hidden}`}
            content={contents.stale}
          />
          <Plot
            title="Deepest reorganisation"
            words={`Most blocks of its best chain that one peer gave up at once.${hidden}`}
            content={contents.deepest}
          />
        </>
      )}
      <Points result={result} />
      {rows.some(({ theory }) => theory !== null) ? (
        <p className={controls["hint"]}>{FORK_THEORY_TEXT}</p>
      ) : null}
    </article>
  );
}

function Points(props: { readonly result: SweepResult }): ReactNode {
  const { axes, rows } = props.result;
  const cells = [
    ...LOST,
    ...(rows.some(({ theory }) => theory !== null) ? THEORY : []),
    ...CELLS,
    ...(rows.some(({ attacker }) => attacker !== null) ? ATTACKER_CELLS : []),
  ];
  return (
    <ScrollRegion label="The points of the sweep">
      <table className={cls(panel["table"], styles["tight"])}>
        <thead>
          <tr>
            {axes.map(({ name }) => (
              <th key={name} scope="col">
                {axisTitle(name)}
              </th>
            ))}
            {cells.map(([name]) => (
              <th key={name} scope="col" className={panel["right"]}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={valuesText(row.values)}>
              {axes.map(({ name }) => (
                <th key={name} scope="row">
                  {axisValueText(name, row.values[name] ?? 0)}
                </th>
              ))}
              {cells.map(([name, text]) => (
                <td key={name} className={panel["right"]}>
                  {text(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

const FORMATS: readonly (readonly [format: ReportFormat, label: string, type: string])[] = [
  ["html", "Report (HTML)", "text/html"],
  ["csv", "Runs (CSV)", "text/csv"],
  ["json", "Figures (JSON)", "application/json"],
];

function Downloads(props: {
  readonly yaml: string;
  readonly result: SweepResult;
  readonly session: LabSession;
}): ReactNode {
  const { yaml, result, session } = props;
  return (
    <div className={controls["row"]}>
      {FORMATS.map(([format, label, type]) => (
        <button
          key={format}
          type="button"
          className={controls["button"]}
          onClick={() => {
            session.sweepReport(yaml, result, format).then(
              (text) => {
                saveFile(`fabula-lab-sweep.${format}`, type, text);
              },
              (error: unknown) => {
                useLab.setState({ failure: failureText(error) });
              },
            );
          }}
        >
          {label}
        </button>
      ))}
    </div>
  );
}

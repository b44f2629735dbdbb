/**
 * This run beside the one before it, or the one that was kept: would chance alone do as much?
 *
 * @module
 */
import { type ReactNode, useEffect, useState } from "react";
import { chanceText, durationText, percentText } from "../../../../lab/report/format.ts";
import type { Comparison } from "../../../../lab/statistics/compare-runs.ts";
import controls from "../../../components/controls.module.css";
import panel from "../../../components/panel.module.css";
import { ScrollRegion } from "../../../components/scroll-region.tsx";
import { cls } from "../../../css.ts";
import { plural } from "../../../format/numbers.ts";
import { failureText } from "../failures.ts";
import styles from "../lab.module.css";
import type { LabSession } from "../lab-session.ts";
import { type ShownRun, useLab } from "../lab-store.ts";
import { LAB } from "../strings.ts";

const SHARES_SHOWN = 12;

/** Whether two runs are about the same: nobody asks how one experiment's miners fare beside another's. */
function isAlike(before: ShownRun, run: ShownRun): boolean {
  const miners = (one: ShownRun): string =>
    JSON.stringify(one.summaries[0]?.miners.map(({ id }) => id));
  return before.experiment?.id === run.experiment?.id && miners(before) === miners(run);
}

/** The section; nothing while there is no other run that is about the same, or was kept to compare with. */
export function ComparisonSection(props: {
  readonly run: ShownRun;
  readonly session: LabSession;
}): ReactNode {
  const { run, session } = props;
  const before = useLab((state) => state.before);
  const isChosen = useLab((state) => state.isBeforeChosen);
  const [answer, setAnswer] = useState<Comparison | null>(null);
  const [failure, setFailure] = useState("");
  const isReady =
    before !== null &&
    before.number !== run.number &&
    run.state === "done" &&
    (isChosen || isAlike(before, run));
  useEffect(() => {
    if (!isReady) return undefined;
    let over = false;
    session.compare(before, run).then(
      (comparison) => {
        if (!over) setAnswer(comparison);
      },
      (error: unknown) => {
        if (!over) setFailure(failureText(error));
      },
    );
    return () => {
      over = true;
    };
  }, [session, before, run, isReady]);
  if (!isReady) return null;
  return (
    <section className={styles["part"]} data-part="comparison">
      <div className={styles["part-head"]}>
        <h3>{isChosen ? "Compared with the run you kept" : "Compared with the run before"}</h3>
        <span className={styles["badge"]}>{LAB.simulated}</span>
        <button
          type="button"
          className={cls(controls["button"], controls["quiet"])}
          onClick={() => {
            useLab.setState({ before: null, isBeforeChosen: false });
          }}
        >
          Put A away
        </button>
      </div>
      {failure === "" ? null : <p className={controls["error"]}>{failure}</p>}
      {answer === null ? null : <Sides comparison={answer} />}
    </section>
  );
}

function meanText(value: number | null): string {
  return value === null ? "–" : durationText(value);
}

interface Row {
  readonly name: string;
  readonly a: string;
  readonly b: string;
  /** How often chance does as much; null where that cannot be told. */
  readonly pValue: number | null;
}

/** Below this chance a difference is called one, as in the verdicts. */
const SIGNIFICANT = 0.05;

function rowsOf({ blockTimes, propagation, staleRate, shares }: Comparison): readonly Row[] {
  const means = [
    { name: "Mean block time", of: blockTimes },
    { name: "Mean time to reach a peer", of: propagation },
  ].map(({ name, of }) => ({
    name,
    a: meanText(of.a),
    b: meanText(of.b),
    pValue: of.test?.pValue ?? null,
  }));
  const parts = [
    { name: "Stale rate", of: staleRate },
    ...shares.slice(0, SHARES_SHOWN).map((one) => ({ name: `Share of ${one.id}`, of: one })),
  ].map(({ name, of }) => ({
    name,
    a: percentText(of.a),
    b: percentText(of.b),
    pValue: of.pValue,
  }));
  return [...means, ...parts];
}

function sideText({ name, seeds, blocks }: Comparison["a"]): string {
  const of = seeds.length === 1 ? `seed ${seeds[0]}` : plural(seeds.length, "seed");
  return `${name}, ${of}, ${plural(blocks, "block")}`;
}

function Sides(props: { readonly comparison: Comparison }): ReactNode {
  const { a, b, blockTimes, propagation, staleRate, shares } = props.comparison;
  const moved = shares.filter(({ pValue }) => pValue !== null && pValue < SIGNIFICANT);
  return (
    <>
      <p className={controls["hint"]}>
        A: {sideText(a)} · B: {sideText(b)}
      </p>
      <ul className={styles["verdicts"]}>
        {[blockTimes, staleRate, propagation, ...moved].map(({ verdict }) => (
          <li key={verdict}>{verdict}</li>
        ))}
      </ul>
      <ScrollRegion label="The two runs side by side">
        <table className={panel["table"]}>
          <thead>
            <tr>
              <th scope="col">Figure</th>
              <th scope="col" className={panel["right"]}>
                A
              </th>
              <th scope="col" className={panel["right"]}>
                B
              </th>
              <th scope="col" className={panel["right"]}>
                By chance
              </th>
            </tr>
          </thead>
          <tbody>
            {rowsOf(props.comparison).map(({ name, a: before, b: after, pValue }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td className={panel["right"]}>{before}</td>
                <td className={panel["right"]}>{after}</td>
                <td className={panel["right"]}>
                  {pValue === null ? "–" : chanceText(pValue)}
                  {pValue !== null && pValue < SIGNIFICANT ? <b> differs</b> : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <p className={controls["hint"]}>
        Means by Welch’s t-test, shares by the z-test. Of twenty figures that do not differ, one
        seems to, by chance.
      </p>
    </>
  );
}

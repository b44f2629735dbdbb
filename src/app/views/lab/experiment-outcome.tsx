/**
 * What an experiment came to: its cases side by side, which one to look at, and the answer when it is asked for.
 *
 * @module
 */
import { type ReactNode, useMemo, useState } from "react";
import type { CaseChart, Experiment } from "../../../lab/experiments/experiment.ts";
import type { RunView } from "../../../lab/host/protocol.ts";
import { countText, durationText, percentText } from "../../../lab/report/format.ts";
import controls from "../../components/controls.module.css";
import panel from "../../components/panel.module.css";
import { ScrollRegion } from "../../components/scroll-region.tsx";
import { cls } from "../../css.ts";
import { type Case, caseContent } from "./case-content.ts";
import styles from "./lab.module.css";
import { type ShownRun, useLab } from "./lab-store.ts";
import { Plot } from "./plots/plot.tsx";
import { LAB } from "./strings.ts";

/** Runs of one experiment, as far as they have come. */
export function ExperimentOutcome(props: {
  readonly experiment: Experiment;
  readonly runs: readonly ShownRun[];
  readonly shown: ShownRun | null;
}): ReactNode {
  const { experiment, runs, shown } = props;
  const views = runs.flatMap(({ state, view }) =>
    state === "done" && view !== null ? [view] : [],
  );
  return (
    <section className={styles["outcome"]} aria-label={`Outcome: ${experiment.title}`}>
      <div className={styles["part-head"]}>
        <h2>{experiment.title}</h2>
        <span className={styles["badge"]}>{LAB.simulated}</span>
      </div>
      {experiment.variants.length > 1 ? (
        <>
          <Cases experiment={experiment} runs={runs} shown={shown} />
          {experiment.chart === null ? null : (
            <CasePlot experiment={experiment} chart={experiment.chart} runs={runs} />
          )}
        </>
      ) : null}
      {views.length === experiment.variants.length ? (
        <Answer experiment={experiment} views={views} />
      ) : null}
    </section>
  );
}

function CasePlot(props: {
  readonly experiment: Experiment;
  readonly chart: CaseChart;
  readonly runs: readonly ShownRun[];
}): ReactNode {
  const { experiment, chart, runs } = props;
  const content = useMemo(
    () => caseContent(chart.kind, casesOf(experiment, runs)),
    [chart, experiment, runs],
  );
  if (content === null) return null;
  return (
    <Plot
      title={chart.title}
      words="A line for each case; the figures of the chosen one stand below."
      content={content}
    />
  );
}

/** Cases that have figures. */
function casesOf({ variants }: Experiment, runs: readonly ShownRun[]): readonly Case[] {
  return runs.flatMap(({ view, experiment }) => {
    const label = variants.find(({ id }) => id === experiment?.variant)?.label;
    return view === null || view.summary.blocks === 0 || label === undefined
      ? []
      : [{ label, view }];
  });
}

function Answer(props: {
  readonly experiment: Experiment;
  readonly views: readonly RunView[];
}): ReactNode {
  const { experiment, views } = props;
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <p className={styles["question"]}>{experiment.question}</p>
      <div className={controls["row"]}>
        <button
          type="button"
          className={cls(controls["button"], !isOpen && controls["primary"])}
          aria-expanded={isOpen}
          onClick={() => {
            setOpen(!isOpen);
          }}
        >
          {isOpen ? "Hide the answer" : "Show the answer"}
        </button>
        {isOpen ? null : (
          <span className={controls["hint"]}>Or look for it in the figures below first.</span>
        )}
      </div>
      {isOpen ? (
        <div className={styles["answer"]}>
          {experiment.answer(views).map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
      ) : null}
    </>
  );
}

/** One row for each case; the radio chooses whose figures stand below. */
function Cases(props: {
  readonly experiment: Experiment;
  readonly runs: readonly ShownRun[];
  readonly shown: ShownRun | null;
}): ReactNode {
  const { experiment, runs, shown } = props;
  return (
    <ScrollRegion label="The cases side by side">
      <table className={cls(panel["table"], styles["cases"])}>
        <thead>
          <tr>
            <th scope="col">Case to look at</th>
            <th scope="col" className={panel["right"]}>
              Blocks
            </th>
            <th scope="col" className={panel["right"]}>
              Mean time
            </th>
            <th scope="col" className={panel["right"]}>
              Longest wait
            </th>
            <th scope="col" className={panel["right"]}>
              Lost blocks
            </th>
            <th scope="col" className={panel["right"]}>
              Largest share
            </th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.number}>
              <th scope="row">
                <label className={styles["case"]}>
                  <input
                    type="radio"
                    name="lab-case"
                    checked={run.number === shown?.number}
                    onChange={() => {
                      useLab.setState({ shown: run.number });
                    }}
                  />
                  {experiment.variants.find(({ id }) => id === run.experiment?.variant)?.label}
                </label>
              </th>
              {figuresOf(run.view).map(([name, value]) => (
                <td key={name} className={panel["right"]}>
                  {value}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function figuresOf(view: RunView | null): readonly (readonly [string, string])[] {
  if (view === null) {
    return ["blocks", "mean", "wait", "lost", "largest"].map((name) => [name, "…"] as const);
  }
  const { blocks, blockTimes, stability, forks, miners } = view.summary;
  const largest = miners.reduce((most, { share }) => Math.max(most, share), 0);
  return [
    ["blocks", countText(blocks)],
    ["mean", blockTimes.sample === null ? "–" : durationText(blockTimes.sample.mean)],
    ["wait", durationText(stability.worstGapMs)],
    ["lost", percentText(forks.staleRate)],
    ["largest", percentText(largest)],
  ];
}

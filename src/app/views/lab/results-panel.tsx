/**
 * The right half of the lab: the run under way, and the figures of the run that is looked at.
 *
 * @module
 */
import { type ReactNode, useEffect, useRef } from "react";
import type { Experiment } from "../../../lab/experiments/experiment.ts";
import controls from "../../components/controls.module.css";
import styles from "./lab.module.css";
import type { LabSession } from "./lab-session.ts";
import { type ShownRun, shownRun, useLab } from "./lab-store.ts";
import { Results } from "./results/results.tsx";
import { RunProgress } from "./run-progress.tsx";
import { LAB } from "./strings.ts";

/** The panel. */
export function ResultsPanel(props: {
  readonly session: LabSession;
  readonly experiment: Experiment | null;
}): ReactNode {
  const { session, experiment } = props;
  const isRunning = useLab((state) => state.running !== null);
  const failure = useLab((state) => state.failure);
  const runs = useLab((state) => state.runs);
  const run = useLab(shownRun);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = box.current;
    // On a phone the results begin below the fold: bring them up when a run begins.
    if (!isRunning || place === null) return;
    if (place.getBoundingClientRect().top > innerHeight * 0.6) place.scrollIntoView();
  }, [isRunning]);
  return (
    <div ref={box} className={styles["results"]}>
      <RunProgress
        onCancel={() => {
          session.cancel();
        }}
      />
      <p role="alert" className={controls["error"]} hidden={failure === null}>
        {failure}
      </p>
      {runs.length > 1 && experiment !== null ? (
        <Cases experiment={experiment} runs={runs} shown={run} />
      ) : null}
      {run?.view ? (
        <Results
          key={run.number}
          run={run}
          view={run.view}
          experiment={experiment}
          session={session}
        />
      ) : isRunning ? null : (
        <div className={styles["empty"]}>
          <h2>{LAB.nothingYet}</h2>
          <p>{LAB.nothingYetText}</p>
        </div>
      )}
    </div>
  );
}

/** The runs of an experiment, to choose which one is looked at. */
function Cases(props: {
  readonly experiment: Experiment;
  readonly runs: readonly ShownRun[];
  readonly shown: ShownRun | null;
}): ReactNode {
  const { experiment, runs, shown } = props;
  return (
    <fieldset className={controls["field"]}>
      <legend className={controls["label"]}>Which case to look at</legend>
      <div className={controls["choices"]}>
        {runs.map((run) => (
          <label key={run.number} className={controls["choice"]}>
            <input
              type="radio"
              name="lab-case"
              checked={run.number === shown?.number}
              onChange={() => {
                useLab.setState({ shown: run.number });
              }}
            />
            {experiment.variants.find(({ id }) => id === run.experiment?.variant)?.label ?? ""}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

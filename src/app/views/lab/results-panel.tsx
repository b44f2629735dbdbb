/**
 * The right half of the lab: the run under way, and the figures of the run that is looked at.
 *
 * @module
 */
import { type ReactNode, useEffect, useRef } from "react";
import type { Experiment } from "../../../lab/experiments/experiment.ts";
import controls from "../../components/controls.module.css";
import { ExperimentOutcome } from "./experiment-outcome.tsx";
import styles from "./lab.module.css";
import type { LabSession } from "./lab-session.ts";
import { shownRun, useLab } from "./lab-store.ts";
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
      {experiment !== null && runs[0]?.experiment?.id === experiment.id ? (
        <ExperimentOutcome key={runs[0].number} experiment={experiment} runs={runs} shown={run} />
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

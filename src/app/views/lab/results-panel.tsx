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
import { RuleStudyResults } from "./results/rule-study.tsx";
import { SweepResults } from "./results/sweep-results.tsx";
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
  const study = useLab((state) => state.study);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = box.current;
    if (!isRunning || place === null) return;
    // On a phone the results begin below the fold, and elsewhere they may have been scrolled past: bring them into sight.
    const { top, bottom } = place.getBoundingClientRect();
    if (top > innerHeight * 0.6 || bottom < innerHeight * 0.4) place.scrollIntoView();
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
        <ExperimentOutcome
          key={`outcome-${runs[0].number}`}
          experiment={experiment}
          runs={runs}
          shown={run}
        />
      ) : null}
      {study?.kind === "rules" ? (
        <RuleStudyResults study={study.result} />
      ) : study?.kind === "sweep" ? (
        <SweepResults yaml={study.yaml} result={study.result} session={session} />
      ) : run?.view ? (
        <Results
          key={`run-${run.number}`}
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

/**
 * The figures of one run; those that answer an experiment's question come first.
 *
 * @module
 */
import type { ReactNode } from "react";
import type { Experiment, ResultPart } from "../../../../lab/experiments/experiment.ts";
import type { RunView } from "../../../../lab/host/protocol.ts";
import { countText, durationText } from "../../../../lab/report/format.ts";
import { alertText, criterionText } from "../../../../lab/report/verdicts.ts";
import type { Criterion } from "../../../../lab/statistics/summary.ts";
import controls from "../../../components/controls.module.css";
import { CopyButton } from "../../../components/copy-button.tsx";
import { plural } from "../../../format/numbers.ts";
import styles from "../lab.module.css";
import type { LabSession } from "../lab-session.ts";
import type { ShownRun } from "../lab-store.ts";
import { ReplayComparisonSection } from "../replay-comparison.tsx";
import { LAB } from "../strings.ts";
import { TracedReplaySection } from "../traced-replay.tsx";
import { ComparisonSection } from "./comparison.tsx";
import { CourseSection } from "./course-section.tsx";
import { ForkSection, PropagationSection } from "./network-sections.tsx";
import { PaymentsSection, PresenceSection } from "./presence-section.tsx";
import { ReportActions } from "./report-actions.tsx";
import { RewardSection } from "./reward-section.tsx";
import { SeedsSection } from "./seeds-section.tsx";
import { SelfishSection } from "./selfish-section.tsx";
import { ShareSection } from "./share-section.tsx";
import { TimesSection } from "./times-section.tsx";

const ORDER: readonly ResultPart[] = [
  "shares",
  "selfish",
  "times",
  "course",
  "forks",
  "propagation",
  "rewards",
  "payments",
  "presence",
];

const SECTIONS: Readonly<
  Record<ResultPart, (props: { readonly view: RunView; readonly isAnswer: boolean }) => ReactNode>
> = {
  shares: ShareSection,
  selfish: SelfishSection,
  times: TimesSection,
  course: CourseSection,
  forks: ForkSection,
  propagation: PropagationSection,
  presence: PresenceSection,
  payments: PaymentsSection,
  rewards: RewardSection,
};

/** Everything about `run`. */
export function Results(props: {
  readonly run: ShownRun;
  readonly view: RunView;
  readonly experiment: Experiment | null;
  readonly session: LabSession;
}): ReactNode {
  const { run, view, session } = props;
  const experiment = run.experiment?.id === props.experiment?.id ? props.experiment : null;
  const first = experiment?.parts ?? [];
  const order = [...first, ...ORDER.filter((part) => !first.includes(part))];
  return (
    <article className={styles["run"]} aria-label="Results of the run">
      <RunHead run={run} view={view} session={session} />
      {run.stretch === null ? null : run.stretch.isTrace ? (
        <TracedReplaySection stretch={run.stretch} session={session} />
      ) : (
        <ReplayComparisonSection stretch={run.stretch} summary={view.summary} />
      )}
      {order.map((part) => {
        const Section = SECTIONS[part];
        return <Section key={part} view={view} isAnswer={first.includes(part)} />;
      })}
      <SeedsSection summaries={run.summaries} />
      <ComparisonSection run={run} session={session} />
    </article>
  );
}

/** What asks for nothing and holds says nothing. */
function isTelling({ wanted, pass }: Criterion): boolean {
  return wanted > 0 || !pass;
}

function RunHead(props: {
  readonly run: ShownRun;
  readonly view: RunView;
  readonly session: LabSession;
}): ReactNode {
  const { run, view, session } = props;
  const { scenario, engine, seed, blocks, endMs, logHash, logEvents, criteria, alerts } =
    view.summary;
  const facts = [
    plural(blocks, "block"),
    `${durationText(endMs)} of the story’s time`,
    `a pace of ${durationText(scenario.paceMs)}`,
    `${scenario.retarget} difficulty`,
    scenario.rest ? "trackers rest" : "no rest",
    plural(scenario.peers, "peer"),
    engine === "controller" ? "block controller" : "autonomous miners",
    `seed ${seed}`,
  ];
  const isDone = run.state === "done";
  return (
    <header className={styles["run-head"]}>
      <p>
        <span className={styles["badge"]}>{LAB.simulated}</span>{" "}
        {isDone
          ? LAB.simulatedHint
          : run.state === "running"
            ? "The run is under way."
            : LAB.partial}
      </p>
      <h2>{scenario.name}</h2>
      <p className={controls["hint"]}>{facts.join(" · ")}</p>
      {isDone ? (
        <>
          <ul className={styles["checks"]}>
            {criteria.filter(isTelling).map((criterion) => (
              <li key={criterion.name} data-pass={criterion.pass}>
                <b>{criterion.pass ? "✓ met" : "× not met"}</b>
                <span>{criterionText(criterion)}</span>
              </li>
            ))}
            {alerts.map((alert) => (
              <li key={alert.name} data-alert>
                <b>! alert</b>
                <span>{alertText(alert)}</span>
              </li>
            ))}
          </ul>
          <div className={styles["log"]}>
            <p>
              Hash of the log, the same on every machine for this scenario and seed:{" "}
              <span className={controls["mono"]} data-log-hash>
                {logHash}
              </span>{" "}
              <span className={controls["hint"]}>({countText(logEvents)} events)</span>
            </p>
            <CopyButton text={logHash} label="Copy the hash" />
          </div>
          <ReportActions run={run} session={session} />
        </>
      ) : null}
    </header>
  );
}

/**
 * How far the run is, how long it will take, and how to end it. Start and end are announced, not every step.
 *
 * @module
 */
import type { ReactNode } from "react";
import { durationText } from "../../../lab/report/format.ts";
import controls from "../../components/controls.module.css";
import { formatCount, plural } from "../../format/numbers.ts";
import styles from "./lab.module.css";
import { type Running, shownRun, useLab } from "./lab-store.ts";
import { LAB } from "./strings.ts";

const SECOND = 1_000;

/** `about 3 s left`; nothing while it would be a guess. */
function leftText(etaMs: number | null): string {
  if (etaMs === null) return "";
  if (etaMs < SECOND) return "nearly done";
  return `about ${durationText(Math.round(etaMs / SECOND) * SECOND)} left`;
}

function stepText({ step, steps, progress }: Running): string {
  if (steps > 1) return `case ${step} of ${steps}`;
  return progress !== null && progress.runs > 1
    ? `run ${formatCount(progress.run)} of ${formatCount(progress.runs)} (${progress.label})`
    : "";
}

/** The bar; nothing but its live region when nothing runs. */
export function RunProgress(props: { readonly onCancel: () => void }): ReactNode {
  const running = useLab((state) => state.running);
  const isDone = useLab((lab) => lab.study !== null || shownRun(lab)?.state === "done");
  const said = running !== null ? "The run has begun." : isDone ? "The run has ended." : "";
  return (
    <>
      <p className={controls["visually-hidden"]} aria-live="polite">
        {said}
      </p>
      {running === null ? null : <Bar running={running} onCancel={props.onCancel} />}
    </>
  );
}

function Bar(props: { readonly running: Running; readonly onCancel: () => void }): ReactNode {
  const { running, onCancel } = props;
  const { progress } = running;
  const parts =
    progress === null
      ? ["starting", stepText(running)]
      : [
          `${Math.floor(progress.done * 100)} %`,
          stepText(running),
          plural(progress.height, "block"),
          `${durationText(progress.simulatedMs)} simulated`,
          leftText(progress.etaMs),
        ];
  return (
    <section className={styles["progress"]} aria-label="Run under way">
      <progress
        aria-label="How much of the run is done"
        {...(progress === null ? {} : { value: progress.done })}
        max={1}
      />
      <p>{parts.filter((part) => part !== "").join(" · ")}</p>
      <button type="button" className={controls["button"]} onClick={onCancel}>
        Cancel
      </button>
      <p className={controls["hint"]}>{LAB.goesOn}</p>
    </section>
  );
}

/**
 * One guided experiment: what it is about, its question, and its runs.
 *
 * @module
 */
import type { ReactNode } from "react";
import type { Experiment } from "../../../lab/experiments/experiment.ts";
import controls from "../../components/controls.module.css";
import { cls } from "../../css.ts";
import { plural } from "../../format/numbers.ts";
import styles from "./lab.module.css";
import type { LabSession } from "./lab-session.ts";
import { useLab } from "./lab-store.ts";

/** The panel. */
export function ExperimentPanel(props: {
  readonly experiment: Experiment;
  readonly session: LabSession;
}): ReactNode {
  const { experiment, session } = props;
  const isRunning = useLab((state) => state.running !== null);
  const { title, text, question, variants } = experiment;
  return (
    <section className={styles["experiment"]} aria-label={`Experiment: ${title}`}>
      <h2>{title}</h2>
      <p>{text}</p>
      <p className={styles["question"]}>{question}</p>
      <div className={controls["row"]}>
        <button
          type="button"
          className={cls(controls["button"], controls["primary"])}
          // Not disabled: it would lose the focus that it has just been pressed with.
          aria-disabled={isRunning}
          onClick={() => {
            void session.runExperiment(experiment);
          }}
        >
          {variants.length === 1
            ? "Run the experiment"
            : `Run all ${plural(variants.length, "case")}`}
        </button>
        <span className={controls["hint"]}>Make a guess before you run it.</span>
      </div>
    </section>
  );
}

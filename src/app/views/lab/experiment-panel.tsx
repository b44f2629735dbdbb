/**
 * One guided experiment: what it is about, its question, its runs, and the answer when it is asked for.
 *
 * @module
 */
import { type ReactNode, useState } from "react";
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
  const running = useLab((state) => state.running);
  const runs = useLab((state) => state.runs);
  const [isOpen, setOpen] = useState(false);
  const { id, title, text, question, variants } = experiment;
  const views = runs.flatMap(({ experiment: of, state, view }) =>
    of?.id === id && state === "done" && view !== null ? [view] : [],
  );
  const hasAnswer = running === null && views.length === variants.length;
  return (
    <section className={styles["experiment"]} aria-label={`Experiment: ${title}`}>
      <h2>{title}</h2>
      <p>{text}</p>
      <p className={styles["question"]}>{question}</p>
      <div className={controls["row"]}>
        <button
          type="button"
          className={cls(controls["button"], !hasAnswer && controls["primary"])}
          disabled={running !== null}
          onClick={() => {
            setOpen(false);
            void session.runExperiment(experiment);
          }}
        >
          {variants.length === 1
            ? "Run the experiment"
            : `Run all ${plural(variants.length, "case")}`}
        </button>
        {hasAnswer ? (
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
        ) : null}
      </div>
      {hasAnswer ? null : (
        <p className={controls["hint"]}>
          {running === null
            ? "Make a guess before you run it."
            : "Look at the figures while they grow."}
        </p>
      )}
      {hasAnswer && isOpen ? (
        <div className={styles["answer"]}>
          {experiment.answer(views).map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
      ) : null}
    </section>
  );
}

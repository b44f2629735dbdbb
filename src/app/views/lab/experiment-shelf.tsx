/**
 * The guided experiments, as a row to choose from.
 *
 * @module
 */
import type { ReactNode } from "react";
import type { Experiment } from "../../../lab/experiments/experiment.ts";
import { EXPERIMENTS } from "../../../lab/experiments/experiments.ts";
import panel from "../../components/panel.module.css";
import styles from "./lab.module.css";
import { openScenario } from "./lab-session.ts";
import { LAB } from "./strings.ts";

/** The row. */
export function ExperimentShelf(props: { readonly chosen: Experiment | null }): ReactNode {
  return (
    <section className={styles["shelf"]} aria-label={LAB.shelf}>
      <div className={panel["head"]}>
        <h2>{LAB.shelf}</h2>
        <span>{LAB.shelfLead}</span>
      </div>
      <ol className={styles["cards"]}>
        {EXPERIMENTS.map((experiment, index) => (
          <li key={experiment.id}>
            <button
              type="button"
              className={styles["card"]}
              aria-pressed={props.chosen?.id === experiment.id}
              onClick={() => {
                openScenario(experiment.variants[0].yaml, { experiment: experiment.id });
              }}
            >
              <span className={styles["number"]} aria-hidden>
                {index + 1}
              </span>
              {experiment.title}
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

/**
 * A part of the results: its heading, the label that it is simulated, its verdict, its figures.
 *
 * @module
 */
import { type ReactNode, useId } from "react";
import type { ResultPart } from "../../../../lab/experiments/experiment.ts";
import type { RunView } from "../../../../lab/host/protocol.ts";
import styles from "../lab.module.css";
import { LAB, PARTS } from "../strings.ts";

/** What every part is given. */
export interface PartProps {
  readonly view: RunView;
  /** It answers the question of the experiment. */
  readonly isAnswer: boolean;
}

/** The section. */
export function ResultSection(props: {
  readonly part: ResultPart;
  readonly isAnswer: boolean;
  readonly verdict: string;
  readonly children?: ReactNode;
}): ReactNode {
  const { part, isAnswer, verdict, children } = props;
  const id = useId();
  return (
    <section className={styles["part"]} aria-labelledby={id} data-part={part}>
      <div className={styles["part-head"]}>
        <h3 id={id}>{PARTS[part]}</h3>
        <span className={styles["badge"]}>{LAB.simulated}</span>
        {isAnswer ? <span className={styles["answers"]}>answers the question</span> : null}
      </div>
      <p className={styles["verdict"]}>{verdict}</p>
      {children}
    </section>
  );
}

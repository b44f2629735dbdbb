/**
 * How far a payment got: waiting, sealed, settled, final; as a line, and in a sentence.
 *
 * @module
 */
import type { ReactNode } from "react";
import type { TransactionView } from "../../peer/rpc/shapes.ts";
import { StateNotice } from "../components/state-notice.tsx";
import { cls } from "../css.ts";
import { refusalOf } from "../refusals.ts";
import styles from "./receipts.module.css";
import { STATES, STEPS } from "./words.ts";

/** Line and sentence; a state outside of the line, or an operation that lost, as a notice. */
export function StateLine(props: { readonly view: TransactionView }): ReactNode {
  const { view } = props;
  const reached = STEPS.findIndex((step) => step === view.state);
  const [word, sentence] = STATES[view.state];
  const lost = view.code !== null && view.code !== 0;
  return (
    <div className={styles["state"]} data-payment={view.state} aria-live="polite">
      {reached < 0 ? null : (
        <ol className={styles["steps"]} aria-hidden>
          {STEPS.map((step, index) => (
            <li
              key={step}
              className={cls(
                styles["step"],
                index <= reached && styles["done"],
                index === reached && styles["here"],
              )}
            >
              {STATES[step][0]}
            </li>
          ))}
        </ol>
      )}
      <p>
        <b>{word.charAt(0).toUpperCase() + word.slice(1)}.</b> {sentence}
      </p>
      {lost ? (
        <StateNotice
          id="operation-lost"
          tone="warn"
          place="inline"
          title={`It was sealed and lost: ${refusalOf(view.code ?? 0).short}`}
          text={`${refusalOf(view.code ?? 0).text} Its fee was paid, its price was not.`}
        />
      ) : null}
    </div>
  );
}

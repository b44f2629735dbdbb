/**
 * Shows why an action failed, beside the button that failed, with at most one thing to do.
 *
 * @module
 */
import type { ReactNode } from "react";
import type { ErrorActionKind, ErrorMessage } from "../messages.ts";
import styles from "./controls.module.css";

const PLACES: Readonly<Partial<Record<ErrorActionKind, string>>> = {
  settings: "#/settings",
  network: "#/network",
  wallet: "#/wallet",
  home: "#/",
};

/** The sentence and its action; `onRetry` serves the action `retry`. */
export function ProblemText(props: {
  readonly problem: ErrorMessage | null;
  readonly onRetry?: () => void;
}): ReactNode {
  const { problem, onRetry } = props;
  const place = problem?.action ? PLACES[problem.action.kind] : undefined;
  return (
    <div role="alert" className={styles["problem"]}>
      {problem === null ? null : (
        <p className={styles["error"]} data-code={problem.code}>
          <span>{problem.text}</span>
          {problem.action !== null && place !== undefined ? (
            <a href={place}>{problem.action.label}</a>
          ) : null}
          {problem.action?.kind === "retry" && onRetry !== undefined ? (
            <button type="button" className={styles["button"]} onClick={onRetry}>
              {problem.action.label}
            </button>
          ) : null}
          {problem.action?.kind === "reload" ? (
            <button
              type="button"
              className={styles["button"]}
              onClick={() => {
                location.reload();
              }}
            >
              {problem.action.label}
            </button>
          ) : null}
        </p>
      )}
    </div>
  );
}
